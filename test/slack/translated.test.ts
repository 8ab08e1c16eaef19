import { describe, expect, test } from 'vitest';
import type { Segment } from '../../src/core/ports.ts';
import { say, type Reply } from '../../src/core/reply.ts';
import type { Translation, Trouble } from '../../src/core/translation.ts';
import { presenter } from '../../src/slack/present.ts';
import type { Card } from '../../src/slack/render.ts';
import { keptLog } from './edge.ts';
import { ourWords as words } from './words.ts';

type Change = (text: readonly Segment[]) => readonly Segment[] | undefined;
const upper: Change = (text) => text.map((part) => (typeof part === 'string' ? part.toUpperCase() : part));
const live: Change = () => ['<!channel> & <https://x|click> *b* _i_ :large_green_circle: \u0060c\u0060'];
const losing: Change = (said) => (plain(said).includes('task') ? undefined : upper(said));
const nothing: Change = () => undefined;

/** The card somebody gets, with what was sent to be translated. */
async function drawn(reply: Reply, locale: string, options: { change?: Change; trouble?: Trouble; off?: true } = {}) {
  const sent: { texts: string[]; to: string }[] = [];
  const translation: Translation = {
    async translate(texts, _, to) {
      sent.push({ texts: texts.map(plain), to });
      const made = texts.map(options.change ?? upper);
      const trouble = options.trouble ?? (made.includes(undefined) ? { kind: 'lost' as const } : undefined);
      return trouble ? { texts: made, trouble } : { texts: made };
    },
  };
  const present = presenter({ words, translation: options.off ? undefined : translation, log: keptLog().log });
  const cards: Card[] = [];
  await present(reply, locale, async (card) => {
    cards.push(card);
    return { kind: 'ok', data: {} };
  });
  return { ...cards[0]!, json: JSON.stringify(cards[0]!.blocks), sent };
}

function plain(text: readonly Segment[]): string {
  return text.map((part) => (typeof part === 'string' ? part : `[${part.keep}]`)).join('');
}

const card = (...parts: ReturnType<typeof say>[]): Reply => ({ parts: [{ kind: 'lines', lines: [{ parts }] }] });
const event = (text: string) => say('plain', { text: { aws: text } });
const steady = '(service api-prod) has reached a steady state.';

describe('a card in a language without words', () => {
  test('is translated from English, its buttons too, and says so', async () => {
    const reply: Reply = {
      ...card(say('capacity.range', { min: 2, running: 3, max: 6 })),
      actions: [{ kind: 'button', label: say('button.status'), click: { command: { intent: 'Fleet', slots: {} } } }],
    };

    const { json, text, sent } = await drawn(reply, 'th');

    expect(json).toContain('MIN\u00A02\u00A0≤\u00A0*3*\u00A0≤\u00A0MAX\u00A06');
    expect(json).toContain('"text":"STATUS"');
    expect(text).toContain('TRANSLATED BY Amazon Translate');
    expect(sent).toHaveLength(1);
    expect(sent[0]!.to).toBe('th');
  });

  test('sends names, numbers, people, times and code as what is kept', async () => {
    const reply = card(
      say('suggest.unknown', { name: { code: 'a<b>`c' } }),
      say('late.not-yours', { person: { person: 'U0ALICE' } }),
      say('plan.waiting', { person: { person: 'U0ALICE' }, until: { time: 0, style: 'time' } }),
    );

    const { json, sent } = await drawn(reply, 'vi');

    expect(sent[0]!.texts.join('\n')).not.toContain('U0ALICE');
    expect(sent[0]!.texts.join('\n')).toContain('[a<b>`c]');
    expect(json).toContain('`a&lt;b&gt;ˋc`');
    expect(json).toContain('<@U0ALICE>');
  });

  test('leaves commands to type, examples, product names and what has no words as they are', async () => {
    const reply: Reply = {
      parts: [
        { kind: 'lines', lines: [{ parts: [say('language.auto'), say('before-after', { before: 2, after: 4 })] }] },
        { kind: 'lines', lines: [{ parts: [say('language.set', { language: 'ไทย' }), say('platform.ecs')] }] },
        {
          kind: 'example',
          label: say('help.status'),
          text: say('example.status', { target: 'api-prod' }),
          button: { label: say('button.status'), click: { command: { intent: 'Fleet', slots: {} } } },
        },
      ],
    };

    const { json, sent } = await drawn(reply, 'th');

    expect(json).toContain('“language auto”');
    expect(json).toContain('2\u00A0→\u00A0*4*');
    expect(json).toMatch(/status.of.api-prod/u);
    expect(sent[0]!.texts).not.toContain('[ECS]');
  });

  test('cannot become anything but text, whatever the translation holds', async () => {
    const { json, text } = await drawn(card(say('events.none')), 'th', { change: live });

    expect(json).toContain('&lt;!channel&gt; &amp; &lt;https://x|click&gt;');
    for (const written of [json, text]) expect(written).not.toMatch(/<!channel>|<https|\*b\*|:large_green_circle:/u);
  });

  test('keeps a phrase in English that lost something, whole, and says so once', async () => {
    const reply = card(say('cause.no-room', { count: 2 }), say('cause.no-room', { count: 3 }), say('events.none'));

    const { text } = await drawn(reply, 'th', { change: losing });

    expect(text).toContain('There is no capacity to place 2 tasks');
    expect(text).toContain('REPORTS NO EVENT');
    expect(text.match(/left in english where/giu)).toHaveLength(1);
  });

  test.each([
    [{ kind: 'down' } as const, 'Left in English: Amazon Translate does not answer'],
    [
      { kind: 'spent', until: Date.UTC(2026, 10, 24) } as const,
      'the translation budget is used up until <!date^1795478400^',
    ],
  ])('goes out in English with one note when translation is %o', async (trouble, note) => {
    const reply = card(say('events.none'), say('versions.none'), say('language.auto'));

    const { text } = await drawn(reply, 'th', { change: nothing, trouble });

    expect(text).toContain('AWS reports no event');
    expect(text).toContain(note);
    expect(text.split('Left in English')).toHaveLength(2);
    expect(text).not.toContain('Translated by');
  });

  test('shows names from left to right in a language written from right to left', async () => {
    const { json } = await drawn(
      card(say('capacity.fixed', { running: 3, desired: 4 }), say('before-after', { before: 2, after: 4 })),
      'he',
    );

    expect(json).toContain('\u2066*3*\u2069');
    expect(json).toContain('\u20662\u00A0→\u00A0*4*\u2069');
  });

  test('is in English and asks nobody where nothing translates', async () => {
    const { text, sent } = await drawn(card(say('events.none')), 'th', { off: true });

    expect(text).toBe('AWS reports no event in this time.');
    expect(sent).toEqual([]);
  });
});

describe("AWS's own sentences", () => {
  test('are translated for a reader whose language has words, with the original below', async () => {
    const { text, sent } = await drawn(card(event(steady)), 'ko-KR');

    expect(sent).toEqual([{ texts: ['[(service api-prod)] has reached a steady state.'], to: 'ko' }]);
    expect(text).toContain('(service api-prod) HAS REACHED A STEADY STATE.');
    expect(text).toContain(`AWS 원문: ${steady}`);
  });

  test('have their originals a click away where there are many', async () => {
    const reply: Reply = {
      ...card(event('a task stopped'), event('a task started'), event('a task is new')),
      actions: [
        {
          kind: 'button',
          label: say('button.original'),
          click: { command: { intent: 'Events', slots: { target: 'x' } }, original: true },
          shown: 'translated',
        },
      ],
    };

    const korean = await drawn(reply, 'ko-KR');
    expect(korean.text).toContain('Amazon Translate 번역');
    expect(korean.text).not.toContain('원문:');
    expect(korean.json).toContain('AWS 원문 보기');

    expect((await drawn(reply, 'en-US')).json).not.toContain('"type":"button"');
    expect((await drawn(reply, 'ko-KR', { change: nothing })).json).not.toContain('"type":"button"');
    expect((await drawn(reply, 'ko-KR', { off: true })).json).not.toContain('"type":"button"');
  });

  test('are shown as they are, with why, when they cannot be translated', async () => {
    const { text } = await drawn(card(event(steady)), 'ko-KR', { change: nothing });

    expect(text).toContain(steady);
    expect(text).toContain('원문 그대로');
    expect(text).not.toContain('AWS 원문:');
  });

  test('are text and nothing else, before and after', async () => {
    const bad = 'task <!here> & <b> stopped';

    for (const change of [upper, nothing]) {
      const { text } = await drawn(card(event(bad)), 'ko-KR', { change });
      expect(text).not.toMatch(/<!|<b>/iu);
      expect(text).toMatch(/&lt;!here&gt; &amp; &lt;b&gt;/iu);
    }
  });

  test('come with their original in a language without words too', async () => {
    const { text } = await drawn(card(event(steady)), 'th');

    expect(text).toContain('HAS REACHED A STEADY STATE');
    expect(text).toContain(`AWS'S WORDS: ${steady}`);
  });

  test('are not sent for an English reader, nor when there are no words in them', async () => {
    expect((await drawn(card(event(steady)), 'en-US')).sent).toEqual([]);
    expect((await drawn(card(event('i-0abc/12')), 'ko-KR')).sent).toEqual([]);
  });
});
