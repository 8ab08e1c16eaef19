import { describe, expect, test } from 'vitest';
import { catalog, type Intent } from '../../intents/catalog.ts';
import { loadWording } from '../../intents/index.ts';
import { sameness, utterances } from '../../src/nlu/lex-utterances.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { placeholders } from '../../intents/slots.ts';

const none = Object.fromEntries(Object.keys(catalog).map((intent) => [intent, []])) as unknown as Record<
  Intent,
  string[]
>;

const room = { perIntent: 1500, characters: 200_000 };

function made(intents: Partial<Record<Intent, string[]>>, rules: Record<string, string> = {}) {
  return utterances({ intents: { ...none, ...intents }, rules }, room);
}

/** What the bot sends to a recognizer where the utterance has a slot. */
function neutral(_: string, slot: string): string {
  return slot === 'day' ? placeholders.time : placeholders[slot as keyof typeof placeholders];
}

describe('utterances for Lex', () => {
  test('give every option of a template its turn, in as few sentences as that takes', () => {
    const { Status } = made({ Status: ['(a|b|c) <it> [now]'] }, { it: '({target}|the {target})' });

    expect(Status).toHaveLength(3);
    for (const option of ['a ', 'b ', 'c ', ' the {target}', ' now']) {
      expect(Status.some((text) => text.includes(option))).toBe(true);
    }
  });

  test('give options within options their turn too', () => {
    const { Help } = made({ Help: ['(a (b|c|d)|e) [f (g|h)]'] });

    for (const word of 'abcdefgh') expect(Help.join(' ')).toContain(word);
    expect(Help).toHaveLength(4);
  });

  test('leave options out evenly where Lex has no room, and no template whole', () => {
    const options = Array.from({ length: 300 }, (_, at) => `word${at}`);
    const { Help } = utterances(
      { intents: { ...none, Help: [`(${options.join('|')})`, 'help me', 'what now'] }, rules: {} },
      { perIntent: 100, characters: 10_000 },
    );

    expect(Help.length).toBeLessThanOrEqual(100);
    expect(Help.length).toBeGreaterThan(60);
    expect(Help).toEqual(expect.arrayContaining(['help me', 'what now', options[0]]));
    expect(Help.some((text) => options.slice(-20).includes(text))).toBe(true);
  });

  test('are the same for the same words', () => {
    const { sentences } = loadWording();

    expect(utterances(sentences['ko-KR']!, room)).toEqual(utterances(sentences['ko-KR']!, room));
  });

  test('name slots the intent takes, and have the neutral word for others', () => {
    const { Versions } = made({ Versions: ['does {version} exist for {target}'] });

    expect(Versions).toEqual(['does version exist for {target}']);
  });

  test('have a time as a time, as a day and as the neutral word', () => {
    const { Deploy, Events } = made({ Deploy: ['deploy {version} {time}'], Events: ['events of {duration}'] });

    expect(Deploy.toSorted()).toEqual([
      'deploy {version} sometime',
      'deploy {version} {day}',
      'deploy {version} {time}',
    ]);
    expect(Events.toSorted()).toEqual(['events of duration', 'events of {duration}']);
  });

  test('lose what Lex may not take, and sentences whose slots touch', () => {
    const { Scale } = made({ Scale: ['{target} +{count}/now * ok', '{target}{count}', 'Set “max” to {max}%'] });

    expect(Scale).toEqual(['{target} {count} now ok', 'Set max to {max}']);
  });

  test('are said for one intent: the first in the catalog, whatever the case and punctuation', () => {
    const { Status, Undo } = made({ Undo: ['Is it OK', 'take it back'], Status: ['is it ok?'] });

    expect(Status).toEqual(['is it ok?']);
    expect(Undo).toEqual(['take it back']);
  });

  test('mean the same to the embedded recognizer, in every locale', async () => {
    const intents = loadWording();
    const engine = embedded({ intents });
    for (const locale of intents.locales) {
      const all = Object.entries(utterances(intents.sentences[locale]!, room)).flatMap(([intent, texts]) =>
        texts.map((text) => ({ intent, said: text.replaceAll(/\{(\w+)\}/g, neutral) })),
      );
      const some = all.filter((_, at) => at % 20 === 0);
      const heard = await Promise.all(some.map(async ({ said }) => (await engine.recognize(said, locale))[0]?.intent));
      const astray = some.filter(({ intent }, at) => heard[at] !== intent);
      expect(astray.slice(Math.floor(some.length * 0.03))).toEqual([]);
    }
  });
});

test('sameness is blind to case, width and punctuation, not to slots', () => {
  expect(sameness('What’s Up, {target}?')).toBe(sameness("what's  up {target}"));
  expect(sameness('ＡＢＣ')).toBe(sameness('abc'));
  expect(sameness('{target} {count}')).not.toBe(sameness('{target} {version}'));
});
