// Whatever a Reply holds, Slack takes the card: judged by the simulator's own list of limits.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  say,
  type Action,
  type Line,
  type Part,
  type Phrase,
  type Reply,
  type Sign,
  signs,
} from '../../src/core/reply.ts';
import { validateBlocks } from '../../src/sim/slack/limits.ts';
import { cutMrkdwn, cutPlain } from '../../src/slack/cut.ts';
import { everything, render } from '../../src/slack/render.ts';
import { speller } from '../../src/slack/spell.ts';
import { text } from './edge.ts';
import { ourWords as words } from './words.ts';

const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<!here|x>',
    '<@U123>',
    '<!subteam^S1>',
    '&',
    '&amp;lt;',
    '`',
    '*_~',
    '',
    ' ',
    '\n\n',
    '\u202Eabc',
    '👩‍👩‍👧‍👦',
    ':x:',
    '\uE0000\uE001',
    '\uD83D',
    '이름_서비스',
    '<https://evil|x>',
  ),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc
    .tuple(fc.constantFrom('<', '&', '👩‍👩‍👧', 'ㄱ', '`', 'a b '), fc.integer({ min: 1, max: 4000 }))
    .map(([unit, times]) => unit.repeat(times)),
);
const hostile = fc.array(nasty, { maxLength: 4 }).map((parts) => parts.join(''));

const phrase: fc.Arbitrary<Phrase> = fc.oneof(
  { weight: 4, arbitrary: hostile.map(text) },
  hostile.map((code) => say('plain', { text: { code } })),
  hostile.map((person) => say('plain', { text: { person } })),
  fc.oneof(fc.integer(), fc.double()).map((time) => say('at', { at: { time, style: 'day' } })),
  fc.integer({ min: 0, max: 1e9 }).map((count) => say('more.items', { count })),
);
const sign = fc.constantFrom(...(Object.keys(signs) as Sign[]));
const some = <T>(one: fc.Arbitrary<T>, most: number) =>
  fc.oneof(fc.array(one, { maxLength: 3 }), fc.array(one, { maxLength: most }));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });
const click = hostile.map((target) => ({ command: { intent: 'Status' as const, slots: { target } } }));
const line: fc.Arbitrary<Line> = fc
  .record({ sign: maybe(sign), label: maybe(phrase), parts: some(phrase, 8), strong: fc.boolean() })
  .map((given) => JSON.parse(JSON.stringify(given)) as Line);
const state = fc.constantFrom('waiting' as const, 'running' as const, 'done' as const, 'failed' as const);
const button = fc.record({
  label: phrase,
  click,
  style: fc.constantFrom('primary' as const, 'danger' as const),
  hint: phrase,
  confirm: fc.record({ title: phrase, text: phrase, yes: phrase, no: phrase }),
});
const part: fc.Arbitrary<Part> = fc.oneof(
  fc.record({ kind: fc.constant('lines' as const), lines: some(line, 30) }),
  fc.record({ kind: fc.constant('note' as const), sign, parts: some(phrase, 8) }),
  fc.record({
    kind: fc.constant('table' as const),
    columns: some(fc.record({ label: phrase, right: fc.boolean() }), 25),
    rows: some(
      fc.array(fc.oneof(fc.record({ text: phrase }), fc.record({ text: phrase, sign })), { maxLength: 5 }),
      120,
    ),
  }),
  fc.record({
    kind: fc.constant('progress' as const),
    title: phrase,
    steps: some(fc.record({ title: phrase, state, detail: phrase }), 60),
  }),
  fc.nat({ max: 40 }).chain((points) =>
    fc.record({
      kind: fc.constant('chart' as const),
      title: phrase,
      unit: hostile,
      labels: fc.constant(Array.from({ length: points }, (_, index) => index * 300_000)),
      series: some(
        fc.record({ name: phrase, values: fc.array(fc.double(), { minLength: points, maxLength: points }) }),
        9,
      ),
    }),
  ),
  fc.record({ kind: fc.constant('example' as const), label: phrase, text: phrase, button }),
);
const action: fc.Arbitrary<Action> = fc.oneof(
  button.map((given) => ({ kind: 'button' as const, ...given })),
  fc.record({ kind: fc.constant('link' as const), label: phrase, url: fc.oneof(fc.webUrl(), hostile) }),
  fc.record({
    kind: fc.constant('menu' as const),
    placeholder: phrase,
    options: some(fc.record({ label: phrase, note: phrase, click }), 120),
  }),
);
const reply: fc.Arbitrary<Reply> = fc.record({
  header: fc.record({ sign, text: phrase }),
  place: some(phrase, 5),
  parts: some(part, 60),
  actions: some(action, 40),
  foot: some(phrase, 5),
});

describe('any reply', () => {
  it('becomes a card within Slack’s limits', () => {
    fc.assert(
      fc.property(reply, fc.boolean(), fc.constantFrom('en-US', 'ko-KR', 'xx-XX'), (given, newer, locale) => {
        const can = newer ? everything : { plan: false, chart: false, table: false };
        const card = render(given, { spell: speller(words, locale), can });

        expect(validateBlocks(card.blocks, 'message')).toEqual([]);
        expect(card.text.length).toBeGreaterThan(0);
        expect(card.text.length).toBeLessThanOrEqual(4000);
      }),
      { numRuns: 150 },
    );
  });

  it('mentions nobody whom the core did not name, and leaves no half token', () => {
    fc.assert(
      fc.property(reply, (given) => {
        const card = render(given, { spell: speller(words, 'en-US') });

        for (const said of [card.text, ...marked(card.blocks)]) {
          const bare = said.replaceAll(/<@[UW][A-Z0-9]+>|<!date\^\d+\^[^<>|]+\|[^<>|]+>/gu, '');
          expect(bare).not.toMatch(/[<>]/u);
          expect(bare.replaceAll(/&(?:amp|lt|gt);/gu, '')).not.toContain('&');
          expect(said.isWellFormed()).toBe(true);
        }
      }),
      { numRuns: 150 },
    );
  });

  it('keeps its header, its buttons and its foot, however much stands between', () => {
    const parts = Array.from({ length: 200 }, (_, index): Part => ({ kind: 'note', parts: [text(`n${index}`)] }));
    const actions: Action[] = [{ kind: 'link', label: text('Console'), url: 'https://x.example' }];
    const card = render(
      { header: { sign: 'done', text: text('h') }, parts, actions, foot: [text('foot')] },
      { spell: speller(words, 'en-US') },
    );

    expect(card.blocks).toHaveLength(50);
    expect(card.blocks[0]?.type).toBe('header');
    expect(card.blocks.slice(-3)).toMatchObject([
      { elements: [{ text: 'and 154 more' }] },
      { type: 'actions' },
      { elements: [{ text: 'foot' }] },
    ]);
  });
});

describe('cutting', () => {
  it('ends in … and never inside an emoji', () => {
    expect(cutPlain('ab👩‍👩‍👧‍👦cd', 5)).toBe('ab…');
    expect(cutPlain('abc', 3)).toBe('abc');
  });

  it('never splits an escape, a token or a code span', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('a', ' ', '&amp;', '&lt;', '<@U1>', '`code x`', ':x:', '<!date^1^{time}|x y>', '👩‍👩‍👧'), {
          maxLength: 40,
        }),
        fc.integer({ min: 1, max: 80 }),
        (pieces, max) => {
          const cut = cutMrkdwn(pieces.join(''), max);

          expect(cut.length).toBeLessThanOrEqual(max);
          const left = cut.replaceAll(/&(?:amp|lt|gt);|<@U1>|<!date\^1\^\{time\}\|x y>|`code x`/gu, '');
          expect(left).not.toMatch(/[<>&`]/u);
        },
      ),
    );
  });
});

function marked(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(marked);
  if (typeof value !== 'object' || value === null) return [];
  if ('type' in value && value.type === 'mrkdwn' && 'text' in value) return [String(value.text)];
  return Object.values(value).flatMap(marked);
}
