import { describe, expect, test } from 'vitest';
import { catalog } from '../../intents/catalog.ts';
import { loadIntents } from '../../intents/index.ts';
import { placeholders } from '../../intents/slots.ts';
import { lexBot } from '../../src/nlu/lex-bot.ts';
import { lexFaults } from '../../src/nlu/lex-limits.ts';
import { assistedNluIn, lexLocaleOf } from '../../src/nlu/lex-locales.ts';
import { mentioned } from '../../src/nlu/lex-model.ts';

const intents = loadIntents();
const bot = lexBot(intents);
const english = bot.locales.find((it) => it.id === 'en_US')!;
const intentOf = (name: string) => english.intents.find((it) => it.name === name)!;

describe('the Lex bot', () => {
  test('is one that Lex can take, in every locale with words of its own', () => {
    expect(lexFaults(bot)).toEqual([]);
    expect(bot.locales.map((it) => it.id)).toEqual(intents.locales.map((it) => it.replace('-', '_')));
  });

  test('has every intent of the catalog and a fallback, in each locale', () => {
    for (const locale of bot.locales) {
      expect(locale.intents.map((it) => it.name)).toEqual([...Object.keys(catalog), 'FallbackIntent'].toSorted());
      expect(locale.threshold).toBe(0.4);
    }
    expect(intentOf('FallbackIntent')).toMatchObject({ parent: 'AMAZON.FallbackIntent', utterances: [], slots: [] });
  });

  test('asks for slots in the order of the catalog, a time as a day and a time of day, none required', () => {
    const { slots } = intentOf('Scale');

    expect(slots.map((it) => `${it.name} ${it.type}`)).toEqual([
      'target Target',
      'min AMAZON.Number',
      'max AMAZON.Number',
      'count AMAZON.Number',
      'duration AMAZON.Duration',
      'day AMAZON.Date',
      'time AMAZON.Time',
    ]);
    expect(
      bot.locales.flatMap((it) => it.intents.flatMap((intent) => intent.slots)).filter((it) => it.required),
    ).toEqual([]);
  });

  test('has an utterance for each slot it has', () => {
    for (const locale of bot.locales) {
      for (const { name, slots, utterances } of locale.intents) {
        const said = new Set(utterances.flatMap(mentioned));
        expect([locale.id, name, slots.map((it) => it.name).filter((it) => !said.has(it))]).toEqual([
          locale.id,
          name,
          [],
        ]);
      }
    }
  });

  test('knows the neutral words as values, each for one value alone', () => {
    for (const { slotTypes } of bot.locales) {
      const words = (type: string) => slotTypes.find((it) => it.name === type)!.values;
      expect(words('Target')).toEqual([{ value: placeholders.target, synonyms: [] }]);
      expect(words('Version')).toEqual([{ value: placeholders.version, synonyms: [] }]);
      expect(words('Filter')).toContainEqual({ value: placeholders.filter, synonyms: [] });
      expect(words('Language')).toContainEqual({ value: placeholders.language, synonyms: expect.any(Array) });
    }
    const filter = english.slotTypes.find((it) => it.name === 'Filter')!;
    expect(filter.resolution).toBe('top');
    expect(filter.values.find((it) => it.value === 'prod')?.synonyms).toContain('production');
  });

  test('asks in the words of the locale; Lex puts the target in', () => {
    const korean = bot.locales.find((it) => it.id === 'ko_KR')!;
    const asked = (name: string, slot: string) =>
      korean.intents.find((it) => it.name === name)!.slots.find((it) => it.name === slot)!.prompts;

    expect(intentOf('Deploy').slots[1]!.prompts).toEqual(['Which version should I deploy to {target}?']);
    expect(asked('Deploy', 'version')).toEqual(['{target}에 어느 버전을 배포할까요?']);
    expect(asked('Scale', 'target')).toEqual(['스케일: 어느 대상인가요?']);
  });

  test('asks in English where a locale has no words of its own for it', () => {
    const replies = { ...intents.replies, 'ko-KR': { ...intents.replies['ko-KR'] } };
    delete (replies['ko-KR'] as Record<string, string>)['ask.duration'];

    const events = lexBot({ ...intents, replies }).locales.find((it) => it.id === 'ko_KR')!.intents;

    expect(events.find((it) => it.name === 'Events')!.slots[1]!.prompts).toEqual([
      intents.replies['en-US']!['ask.duration'],
    ]);
  });

  test('is described as Lex wants it for a model to read', () => {
    for (const intent of english.intents) expect(intent.description).toMatch(/^Intent (to|for) .+\.$/);
    for (const slot of english.intents.flatMap((it) => it.slots)) expect(slot.description).toMatch(/\w.+\.$/);
  });

  test('has a language model only where asked for', () => {
    expect(bot.locales.map((it) => it.assistedNlu)).toEqual(bot.locales.map(() => 'off'));
    const helped = lexBot(intents, { name: 'Helped', assistedNlu: 'fallback' });
    expect(helped.name).toBe('Helped');
    expect(helped.locales.map((it) => it.assistedNlu)).toEqual(bot.locales.map(() => 'fallback'));
  });
});

test('a locale that Lex has only through a language model is in the bot only in primary mode', () => {
  expect(lexLocaleOf('ko-KR')).toBe('ko_KR');
  expect(lexLocaleOf('th-TH')).toBeUndefined();
  expect(lexLocaleOf('th-TH', 'fallback')).toBeUndefined();
  expect(lexLocaleOf('th-TH', 'primary')).toBe('th_TH');
  expect(lexLocaleOf('el-GR', 'primary')).toBeUndefined();
  expect(assistedNluIn('nl_NL', 'fallback')).toBe('off');
  expect(assistedNluIn('th_TH', 'primary')).toBe('primary');
});

test('a locale without a place in Lex is left out of the bot', () => {
  const locales = ['el-GR', 'en-US'];
  const sentences = { 'el-GR': intents.sentences['en-US']!, 'en-US': intents.sentences['en-US']! };

  expect(lexBot({ locales, sentences, replies: intents.replies }).locales.map((it) => it.id)).toEqual(['en_US']);
});
