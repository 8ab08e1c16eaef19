import { describe, expect, test } from 'vitest';
import type { Slot } from '../../intents/catalog.ts';
import { outcomeOf } from '../../src/core/outcome.ts';
import type { Recognized } from '../../src/core/ports.ts';
import { withSlots } from '../../src/nlu/built-in.ts';
import type { Filled } from '../../src/nlu/fill.ts';
import { put, type Mark, type Marked } from '../../src/nlu/marks.ts';
import { targets, testReader } from './reading.ts';

type Told = NonNullable<Recognized['slots']>;
const value = (said: string, it = said) => ({ said, value: it });
const takes: readonly Slot[] = ['target', 'min', 'max', 'count', 'duration', 'time'];

/** A text with numbers where `%d` stands. */
function numbered(text: string, ...values: number[]): Marked {
  const marks: Mark[] = [];
  const next = () => put(marks, { kind: 'number', value: values[marks.length]!, raw: 'six', digits: false });
  return { text: text.replaceAll('%d', next), marks };
}

const added = (filled: Filled, said: Told, text = numbered('')) => withSlots(filled, takes, text, said);

describe('roles of numbers', () => {
  test('are taken where our grammar found none', () => {
    const text = numbered('resize target: %d lower, %d upper', 3, 9);

    expect(added({ slots: { target: 'api-prod' } }, { min: value('3'), max: value('9') }, text)).toEqual({
      slots: { target: 'api-prod', min: 3, max: 9 },
    });
  });

  test.each([
    ['is not in the text', numbered('some more'), '7'],
    ['is another one', numbered('some %d more', 6), '7'],
    ['is a word', numbered('some %d more', 6), 'some'],
    ['is a ticket', numbered('more, see #%d', 4), '4'],
    ['is part of a date', numbered('more on %d/%d', 4, 5), '5'],
    ['is a percentage', numbered('%d%', 40), '40'],
    ['lies between two', numbered('%d', 2.5), '2.5'],
  ])('are not taken for what %s', (_, text, said) => {
    expect(added({ slots: {} }, { count: value(said) }, text)).toEqual({ slots: {} });
  });

  test('are not taken by an intent that has none', () => {
    expect(withSlots({ slots: {} }, ['target'], numbered('%d', 6), { count: value('6') })).toEqual({ slots: {} });
  });

  test('that differ from ours are asked about', () => {
    const text = numbered('min %d max %d', 3, 9);

    const swapped = added({ slots: { min: 3, max: 9 } }, { min: value('9'), max: value('3') }, text);

    expect(swapped).toEqual({ slots: { min: 3, max: 9 }, conflict: ['min', 'max'] });
  });

  test.each<[string, Filled]>([
    ['the same number', { slots: { count: 6 } }],
    ['another role of the number', { slots: { max: 6 } }],
    ['an amount relative to what is there', { slots: { count: '+6' } }],
    ['what is asked about already', { slots: {}, conflict: ['duration'] }],
  ])('leave %s as it is', (_, filled) => {
    expect(added(filled, { count: value('6') }, numbered('%d', 6))).toEqual(filled);
  });
});

describe('times and durations only Lex can read', () => {
  test.each<[string, Filled['slots'], Told, Filled['slots'], string]>([
    ['a duration', {}, { duration: value('the last fortnight', 'P2W') }, { duration: 'P2W' }, 'the last fortnight'],
    ['a time of day', {}, { time: value('breakfast', '08:00') }, { time: '08:00' }, 'breakfast'],
    ['a day', {}, { day: value('christmas eve', '2026-12-24') }, { time: '2026-12-24' }, 'christmas eve'],
    [
      'a day and a time',
      {},
      { day: value('christmas eve', '2026-12-24'), time: value('noonish', '12:00') },
      { time: '2026-12-24T12:00' },
      'christmas eve noonish',
    ],
    [
      'the day of a time of ours',
      { time: '12:00' },
      { day: value('the third of march', '2027-03-03') },
      { time: '2027-03-03T12:00' },
      'the third of march',
    ],
  ])('add %s, and say so', (_, slots, said, expected, words) => {
    const { understood, ...filled } = added({ slots }, said);

    expect(filled).toEqual({ slots: expected });
    expect(understood?.map((it) => it.said)).toEqual([words]);
  });

  test.each<[string, Filled['slots'], Told]>([
    ['what we read ourselves', { duration: 'PT2H' }, { duration: value('the last fortnight', 'P2W') }],
    ['a moment we read ourselves', { time: '2026-11-24T09:00' }, { day: value('christmas eve', '2026-12-24') }],
    ['a neutral word', {}, { duration: value('Duration', 'P2W'), time: value('sometime', '08:00') }],
    ['a bare number', {}, { time: value('4', '04:00'), duration: value('12', 'PT12H') }],
    ['forms that are not ours', {}, { time: value('the evening', 'EV'), duration: value('a while', 'PT') }],
    ['a week or a season', {}, { day: value('this week', '2026-W48') }],
  ])('do not touch %s', (_, slots, said) => {
    expect(added({ slots }, said)).toEqual({ slots });
  });

  test('are left where an intent has no place for them', () => {
    const said = { duration: value('a fortnight', 'P2W'), day: value('christmas eve', '2026-12-24') };

    expect(withSlots({ slots: {} }, ['target'], numbered(''), said)).toEqual({ slots: {} });
  });
});

/** A reader beside which Lex is sure of this. */
function hearing(intent: Recognized['intent'], slots: Told) {
  const recognize = () => Promise.resolve([{ intent, confidence: 0.9, slots }]);
  return testReader({ cloud: { recognizer: { recognize }, failed: () => undefined } });
}

describe('a text', () => {
  const about = { targets, language: 'en-US' };
  test('is planned with the roles that Lex gives its numbers', async () => {
    const text = 'resize api-prod: three lower, nine upper';

    const alone = await testReader().read(text, about);
    const beside = await hearing('Scale', { min: value('3'), max: value('9') }).read(text, about);

    expect(alone.slots).toEqual({ target: 'api-prod' });
    expect(beside.slots).toEqual({ target: 'api-prod', min: 3, max: 9 });
    expect(outcomeOf(beside, targets)).toBe('plan');
  });

  test('has a duration that only Lex knows, and says how it was understood', async () => {
    const slots = { duration: value('fortnight', 'P2W'), target: value('target') };

    const reading = await hearing('Events', slots).read(
      'show me what happened on api-prod over the last fortnight',
      about,
    );

    expect(reading.slots).toEqual({ target: 'api-prod', duration: 'P2W' });
    expect(reading.understood).toEqual([{ slot: 'duration', said: 'fortnight' }]);
  });

  test('never takes a name, a version or a language from Lex', async () => {
    const slots = { target: value('evil-prod'), version: value('evil:latest'), language: value('et') };

    const reading = await hearing('Deploy', slots).read('have the newest thing deployed on api-prod please', about);

    expect(reading.slots).toEqual({ target: 'api-prod' });
  });

  test('is what it was where Lex hears a change that nobody asks for', async () => {
    const text = 'what happened on api-prod, six times over';

    const beside = await hearing('Scale', { count: value('6') }).read(text, about);

    expect(beside).toEqual(await testReader().read(text, about));
  });
});
