import { describe, expect, test } from 'vitest';
import { lexFaults } from '../../src/nlu/lex-limits.ts';
import type { LexBot, LexIntent, LexLocale, LexSlot } from '../../src/nlu/lex-model.ts';

const slot: LexSlot = {
  name: 'target',
  description: 'A name.',
  type: 'Target',
  required: false,
  prompts: ['Which one?'],
  retries: 1,
};
const status: LexIntent = {
  name: 'Status',
  description: 'Intent to look.',
  utterances: ['how is {target}'],
  slots: [slot],
};
const fallback: LexIntent = {
  name: 'FallbackIntent',
  description: '',
  parent: 'AMAZON.FallbackIntent',
  utterances: [],
  slots: [],
};
const type = {
  name: 'Target',
  description: '',
  resolution: 'original' as const,
  values: [{ value: 'target', synonyms: ['goal'] }],
};

function faults(locale: Partial<LexLocale>, bot: Partial<LexBot> = {}): string[] {
  const whole: LexLocale = {
    id: 'ko_KR',
    threshold: 0.4,
    assistedNlu: 'off',
    intents: [fallback, status],
    slotTypes: [type],
    ...locale,
  };
  const found = lexFaults({ name: 'Bot', description: '', idleSeconds: 300, locales: [whole], ...bot });
  return found.map(({ file, key, reason }) => `${file}, ${key}, ${reason}`);
}
const withStatus = (change: Partial<LexIntent>) => faults({ intents: [fallback, { ...status, ...change }] });
const withSlot = (change: Partial<LexSlot>) => withStatus({ slots: [{ ...slot, ...change }] });
const many = (count: number, text = 'say {n}') => Array.from({ length: count }, (_, n) => text.replace('{n}', `${n}`));

describe('Lex limits', () => {
  test('let a small bot pass', () => {
    expect(faults({})).toEqual([]);
  });

  test.each([
    ['501 characters', ['x'.repeat(501)], /501 characters, Lex takes 500/],
    ['a sign that is no letter', ['scale 50%'], /"%" may not be in an utterance: "scale 50%"/],
    ['no word', ['?!'], /says nothing/],
    ['slots that touch', ['{target}{target}'], /two slots without a space/],
    ['the same slot twice', ['{target} and {target}'], /\{target\} is there twice/],
    ['a slot of nobody', ['how is {version}'], /\{version\} is not a slot of it/],
    ['an open brace', ['how is {target'], /a brace without its other/],
    ['nothing at all', [], /has no sentence of its own left/],
    ['one too many', many(1501), /1501 utterances, Lex takes 1500/],
  ])('name the sentences of the intent for %s', (_, utterances, reason) => {
    const found = withStatus({ utterances });

    expect(found).toContainEqual(expect.stringMatching(reason));
    expect(found.every((it) => it.startsWith('intents/ko-KR/sentences.yaml, intents.Status, '))).toBe(true);
  });

  test('allow what is just within', () => {
    expect(withStatus({ utterances: ['x'.repeat(500), ...many(1499)] })).toEqual([]);
  });

  test('count the text of all intents together, ten times as much in English', () => {
    const utterances = many(410, `{n} ${'y'.repeat(490)}`);

    expect(withStatus({ utterances })).toEqual([
      expect.stringMatching(
        /ko-KR\/sentences.yaml, intents, 19\d{4}|2\d{5} characters of utterances, Lex takes 200000/,
      ),
    ]);
    expect(faults({ id: 'en_US', intents: [fallback, { ...status, utterances }] })).toEqual([]);
  });

  test('name the reply for a prompt', () => {
    expect(withSlot({ prompts: ['x'.repeat(1001)] })).toEqual([
      expect.stringContaining('intents/ko-KR/replies.yaml, ask.target, 1001 characters, Lex takes 1000'),
    ]);
    expect(withSlot({ prompts: ['For {version}?'] })).toEqual([
      'intents/ko-KR/replies.yaml, ask.target, {version} is not a slot of Status',
    ]);
    expect(withSlot({ prompts: [] })).toEqual([expect.stringContaining('ask.target, is missing')]);
    expect(withSlot({ prompts: [' '] })).toEqual([expect.stringContaining('ask.target, is empty')]);
    expect(withSlot({ prompts: many(6) })).toEqual([expect.stringContaining('6 prompts, Lex takes 5')]);
  });

  test('name the table for descriptions, names and types, once for all locales', () => {
    expect(withSlot({ description: 'x'.repeat(201), type: 'Nobody', retries: 6 })).toEqual([
      expect.stringContaining('intents/descriptions.ts, slots.target, 201 characters'),
      'intents/descriptions.ts, slots.target, Nobody is not a slot type of ko_KR',
      'intents/descriptions.ts, slots.target, 6 retries are not 0 to 5',
    ]);
    expect(withStatus({ description: 'x'.repeat(201) })).toEqual([
      expect.stringContaining('intents/descriptions.ts, intents.Status, 201 characters'),
    ]);
    expect(withStatus({ name: '_x' })).toEqual([expect.stringContaining('intents._x, is no name for an intent')]);
    expect(faults({}, { name: 'Ops Jack', idleSeconds: 59 })).toEqual([
      expect.stringContaining('"Ops Jack" is no name for a bot'),
      expect.stringContaining('59 s is not 60 to 86400'),
    ]);
  });

  test('know that a slot that takes anything may not be in an utterance', () => {
    expect(withSlot({ type: 'AMAZON.FreeFormInput' })).toEqual([expect.stringContaining('{target} takes anything')]);
  });

  test('name the section for words of slot types', () => {
    const filter = (values: { value: string; synonyms: string[] }[]) =>
      faults({ slotTypes: [type, { ...type, name: 'Filter', values }] });

    expect(filter([{ value: 'prod', synonyms: ['x'.repeat(141), 'PROD'] }])).toEqual([
      expect.stringContaining('intents/ko-KR/sentences.yaml, filters, 141 characters, Lex takes 140'),
      'intents/ko-KR/sentences.yaml, filters, "prod" is there twice',
    ]);
    expect(filter([])).toEqual([expect.stringContaining('filters, has no words')]);
    expect(filter([{ value: 'a', synonyms: many(10_000) }])).toEqual([
      expect.stringContaining('filters, 10001 words, Lex takes 10000'),
    ]);
    const full = many(6, 'Type{n}').map((name) => ({ ...type, name, values: [{ value: 'a', synonyms: many(9_000) }] }));
    expect(faults({ slotTypes: [type, ...full] })).toEqual([
      expect.stringContaining('54008 words in all slot types, Lex takes 50000'),
    ]);
  });

  test('ask for one fallback that has nothing of its own', () => {
    expect(faults({ intents: [status] })).toEqual([expect.stringContaining('0 fallback intents, Lex needs one')]);
    expect(faults({ intents: [{ ...fallback, utterances: ['hm'] }, status] })).toEqual([
      expect.stringContaining('intents.FallbackIntent, a fallback takes no sentences'),
    ]);
  });

  test('find a sentence of two intents, whatever its case', () => {
    const again = { ...status, name: 'Fleet', utterances: ['How is {target}?'] };

    expect(faults({ intents: [fallback, status, again] })).toEqual([
      'intents/ko-KR/sentences.yaml, intents.Fleet, "How is {target}?" is said for Status too',
    ]);
  });

  test('differ for English and other languages in how many intents there may be', () => {
    const all = many(250, 'Intent{n}').map((name) => ({ ...status, name, utterances: [`do ${name}`] }));

    expect(faults({ intents: [fallback, ...all] })).toEqual([expect.stringContaining('251 intents, Lex takes 250')]);
    expect(faults({ id: 'en_GB', intents: [fallback, ...all] })).toEqual([]);
  });

  test('are all named at once', () => {
    expect(faults({ threshold: 2, intents: [{ ...status, utterances: ['50%', '60$'] }] })).toHaveLength(4);
    expect(lexFaults({ name: 'Bot', description: '', idleSeconds: 300, locales: [] })).toHaveLength(1);
  });
});
