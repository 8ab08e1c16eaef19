import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog } from '../../intents/catalog.ts';
import { outcomeOf } from '../../src/core/outcome.ts';
import { intents, targets, testReader } from './reading.ts';

const read = testReader();

describe('changes that are not asked for', () => {
  test.each([
    ["don't scale api-prod to 4", 'negated', 'Status'],
    ['should we roll back api-prod?', 'question', 'Versions'],
    ['scale api-prod to 4 if it gets slow', 'conditional', 'Status'],
    ['bob said to deploy 1.9.0 to api-prod', 'reported', 'Versions'],
    ['api-prod 1.9.0 배포하지 마', 'negated', 'Versions'],
    ['api-prod 롤백할까?', 'question', 'Versions'],
    ['느려지면 api-prod 4대로 늘려줘', 'conditional', 'Status'],
    ['철수가 api-prod 롤백했대', 'reported', 'Versions'],
  ])('%s', async (text, hold, intent) => {
    expect(await read.read(text, { targets })).toMatchObject({ held: hold, intent, slots: { target: 'api-prod' } });
  });

  test('a polite question is a request', async () => {
    expect(await read.read('could you scale api-prod to 4?', { targets })).toMatchObject({ intent: 'Scale' });
    expect((await read.read('api-prod 4대로 늘려줄 수 있어?', { targets })).held).toBeUndefined();
  });

  test('every planned training sentence stops being one when it is negated', async () => {
    const changes = [
      'scale api-prod to 4',
      'deploy 1.9.0 to api-prod',
      'roll back api-prod',
      'undo that',
      'abort the deployment of api-prod',
    ];
    for (const text of changes) {
      for (const frame of [
        `don't ${text}`,
        `please never ${text}`,
        `should we ${text}?`,
        `if it breaks, ${text}`,
        `bob said ${text}`,
      ]) {
        expect([frame, outcomeOf(await read.read(frame, { targets }), targets)]).not.toEqual([frame, 'plan']);
      }
    }
  });
});

describe('any text', () => {
  test('is read without an error, and a number out of range never becomes a plan', async () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 60 }),
      fc.constantFrom(...targets, 'scale', '최소', '4', 'to', '배포', '롤백', '>', '```', '<@U1>', '~', '-', ':'),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const reading = await read.read(pieces.join(' '), { targets });
        expect(reading.intent === undefined || reading.intent in catalog).toBe(true);
        const { min, max, count } = reading.slots;
        const outOfRange = [min, max, count].some((size) => typeof size === 'number' && (size <= 0 || size > 1000));
        expect(outOfRange && outcomeOf(reading, targets) === 'plan').toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test.each([['', ' ', '<@U1>', ':tada: :tada:', '🎉🎉🎉', '\u202E\u200B', '٣', '?!?!', '----', '(((((']])(
    'emptiness is understood as nothing',
    async (...texts) => {
      for (const text of texts) expect([text, (await read.read(text, { targets })).intent]).toEqual([text, undefined]);
    },
  );

  test('5,000 characters are nothing, and quick', async () => {
    for (const text of [
      'a'.repeat(5000),
      'api-prod '.repeat(600),
      '최소 4 '.repeat(900),
      '(a|b)['.repeat(800),
      '1.'.repeat(2500),
    ]) {
      expect((await read.read(text, { targets })).intent).toBeUndefined();
    }
  });

  test('the longest texts that are read take no more than their length', async () => {
    const texts = [
      'a'.repeat(999),
      'a-'.repeat(499),
      'min '.repeat(249),
      '1,'.repeat(499),
      'don '.repeat(249),
      '이이'.repeat(499),
      ':a'.repeat(499),
      '<'.repeat(999),
      '두 '.repeat(499),
    ];
    for (const text of texts) expect(await read.read(text, { targets })).toBeDefined();
  });
});

describe('language', () => {
  test('Hangul decides, whatever the thread speaks', async () => {
    expect((await read.read('api-prod 상태', { targets, language: 'en-US' })).locale).toBe('ko-KR');
  });

  test('without Hangul the answer stays in the language of the thread, and English is understood', async () => {
    const reading = await read.read('scale api-prod to 4', { targets, language: 'ko-KR' });
    expect(reading).toMatchObject({ locale: 'ko-KR', intent: 'Scale' });
  });

  test('an unknown language falls back to the default', async () => {
    expect((await read.read('status api-prod', { targets, language: 'xx-XX' })).locale).toBe('en-US');
  });
});

describe('terse grammar', () => {
  test.each(Object.entries(catalog).flatMap(([intent, it]) => it.terse.map((word) => [word, intent])))(
    '%s is %s',
    async (word, intent) => {
      expect(await read.read(word, { targets })).toMatchObject({ intent, confidence: 1 });
    },
  );

  test.each([
    ['deploy 1.9.0 api-prod', 'Deploy', { target: 'api-prod', version: '1.9.0' }],
    ['deploy api-prod 1.9.0', 'Deploy', { target: 'api-prod', version: '1.9.0' }],
    ['events api-prod 1h', 'Events', { target: 'api-prod', duration: 'PT1H' }],
    ['status prod', 'Fleet', { filter: 'prod' }],
    ['status all', 'Fleet', {}],
    ['status unhealthy', 'Fleet', { filter: 'unhealthy' }],
    ['fleet ap-northeast-2', 'Fleet', { filter: 'ap-northeast-2' }],
    ['rollback worker-prod', 'Rollback', { target: 'worker-prod' }],
  ])('%s', async (text, intent, slots) => {
    expect(await read.read(text, { targets })).toMatchObject({ intent, slots, confidence: 1 });
  });
});

test('every locale has at least twenty templates an intent and sixty negatives', () => {
  for (const locale of intents.locales) {
    const sentences = intents.sentences[locale]!;
    for (const [intent, list] of Object.entries(sentences.intents))
      expect({ locale, intent, enough: list.length >= 20 }).toEqual({ locale, intent, enough: true });
    expect({ locale, enough: sentences.negatives.length >= 60 }).toEqual({ locale, enough: true });
  }
});
