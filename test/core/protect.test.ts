import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { protect, protectWords } from '../../src/core/protect.ts';

type Protect = typeof protect;
const joined = (made: ReturnType<Protect>) =>
  made.map((part) => (typeof part === 'string' ? part : part.keep)).join('');
const marked = (made: ReturnType<Protect>) =>
  made.map((part) => (typeof part === 'string' ? part : `[${part.keep}]`)).join('');

describe.each([
  ["AWS's sentences", protect],
  ['our own words', protectWords],
])('%s', (_, of) => {
  test('are whole with what is kept, and every piece has an id of its own', () => {
    const parts = fc.constantFrom(
      '(',
      ')',
      "'",
      '"',
      '“',
      '”',
      ' ',
      'a',
      'Ab',
      '-',
      '/',
      ':',
      '7',
      '%',
      '.',
      'OpsJack',
      'é',
      '태',
      '*',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'grapheme' }),
          fc.array(parts).map((it) => it.join('')),
        ),
        (text) => {
          const made = of(text);

          expect(joined(made)).toBe(text);
          const ids = made.flatMap((it) => (typeof it === 'string' ? [] : [it.id]));
          expect(new Set(ids).size).toBe(ids.length);
          expect(made.filter((it) => typeof it === 'string').join(' ')).not.toMatch(/\p{Nd}/u);
        },
      ),
    );
  });

  test('take no longer for a long text', () => {
    const text = `${'('.repeat(2000)}${"a'".repeat(2000)}${'a-'.repeat(2000)}`;

    expect(joined(of(text))).toBe(text);
  });
});

describe("AWS's sentences", () => {
  test.each([
    [
      '(service api-prod) has started 3 tasks: (task 0ab1).',
      '[(service api-prod)] has started [3] tasks: [(task 0ab1)].',
    ],
    ["Environment tier can't be changed, and it won't be.", "Environment tier can't be changed, and it won't be."],
    ["The role 'ops-role' was not found: retry.", "The role ['ops-role'] was not found: retry."],
    ['Added instance [i-0abc, i-1] to your environment.', 'Added instance [[i-0abc, i-1]] to your environment.'],
    ['CannotPullContainerError: pull image manifest', '[CannotPullContainerError]: pull image manifest'],
    [
      'Failed in (target-group arn:aws:x/y) (reason Health checks failed with these codes: [502])',
      'Failed in [(target-group arn:aws:x/y)] (reason Health checks failed with these codes: [[502]])',
    ],
    ['100.0 % of the requests are failing with HTTP 5xx.', '[100.0] % of the requests are failing with HTTP [5xx].'],
    ['Elastic Beanstalk updates api.prod_2 at 10:20', '[Elastic Beanstalk] updates [api.prod_2] at [10:20]'],
  ])('%s', (text, kept) => {
    expect(marked(protect(text))).toBe(kept);
  });
});

describe('our own words', () => {
  test.each([
    ['min 2 ≤ *3* ≤ max 1,200', 'min [2] ≤ *[3]* ≤ max [1,200]'],
    ['say “language auto”, or “+2”', 'say [“language auto”], or [“+2”]'],
    ['read as “don’t”, so nothing', 'read as “don’t”, so nothing'],
    ['outside OpsJack · ECS', 'outside [OpsJack] · [ECS]'],
    ['+1 task, p99 2.3 s, 6.1%', '[+1] task, [p99] [2.3] s, [6.1%]'],
    ['scale to 8–24?', 'scale to [8–24]?'],
  ])('%s', (text, kept) => {
    expect(marked(protectWords(text))).toBe(kept);
  });
});
