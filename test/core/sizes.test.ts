import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Amount } from '../../intents/catalog.ts';
import type { Capacity } from '../../src/core/facts.ts';
import { LARGEST_SIZE } from '../../src/core/guards.ts';
import { resolveSizes } from '../../src/core/sizes.ts';

const size = fc.integer({ min: 1, max: 60 });
const scaled: fc.Arbitrary<Capacity & { min: number; max: number }> = fc
  .tuple(size, size, size)
  .map(([a, b, c]) => [a, b, c].toSorted((x, y) => x - y) as [number, number, number])
  .map(([min, desired, max]) => ({ unit: 'tasks', min, max, desired, running: desired, healthy: desired, pending: 0 }));
const fixed: fc.Arbitrary<Capacity> = scaled.map(({ min: _min, max: _max, ...rest }) => rest);
const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.integer({ min: -5, max: 2000 }),
  fc.integer({ min: 0, max: 80 }).map((by): Amount => `+${by}`),
  fc.integer({ min: 0, max: 80 }).map((by): Amount => `-${by}`),
  fc.constantFrom<Amount>('x2', 'x0.5', 'x3', 'x1.5'),
);
const optional = fc.option(amount, { nil: undefined });
const slots = fc
  .record({ min: optional, max: optional, count: optional })
  .map((given) => Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)))
  .filter((given) => Object.keys(given).length > 0);

describe('resolving numbers', () => {
  test('what may be planned is within 1 and the largest size, and min never passes max', () => {
    fc.assert(
      fc.property(slots, fc.oneof(scaled, fixed), (wanted, now) => {
        const answer = resolveSizes(wanted, now);
        fc.pre(!('problem' in answer));

        const { min = 1, max = LARGEST_SIZE } = answer.sizes;
        const numbers = Object.values(answer.sizes);
        expect(Math.min(...numbers)).toBeGreaterThanOrEqual(1);
        expect(Math.max(...numbers)).toBeLessThanOrEqual(LARGEST_SIZE);
        expect(min).toBeLessThanOrEqual(max);
        expect(numbers.every(Number.isInteger)).toBe(true);
      }),
    );
  });

  test('N more means that at least N more than now have to run', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 1, max: 40 }), (now, by) => {
        const { sizes } = resolveSizes({ count: `+${by}` }, now);

        expect(sizes.min).toBe(now.desired + by);
        expect(sizes.max).toBe(Math.max(now.max, now.desired + by));
      }),
    );
  });

  test('N fewer means that at most what runs now less N may run', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 1, max: 40 }), (now, by) => {
        fc.pre(now.desired - by > 0);

        const { sizes } = resolveSizes({ count: `-${by}` }, now);

        expect(sizes.max).toBe(now.desired - by);
        expect(sizes.min).toBe(Math.min(now.min, now.desired - by));
      }),
    );
  });

  test('a relative min or max is relative to itself, and what was not named stays', () => {
    fc.assert(
      fc.property(scaled, fc.integer({ min: 0, max: 9 }), (now, by) => {
        expect(resolveSizes({ max: `+${by}` }, now).sizes).toEqual({ min: now.min, max: now.max + by });
      }),
    );
  });

  test('a count where something scales is both ends; where nothing does it is the fixed count', () => {
    fc.assert(
      fc.property(scaled, fixed, fc.integer({ min: 1, max: LARGEST_SIZE }), (now, still, count) => {
        expect(resolveSizes({ count }, now)).toEqual({ sizes: { min: count, max: count } });
        expect(resolveSizes({ count }, still)).toEqual({ sizes: { desired: count } });
      }),
    );
  });

  test.each([
    [{ count: 0 }, 'zero'],
    [{ count: -3 }, 'negative'],
    [{ min: 9, max: 3 }, 'min-over-max'],
    [{ min: 7 }, 'min-over-max'],
    [{ count: 10_000 }, 'too-large'],
    [{ count: '-3' as const }, 'zero'],
    [{ count: Number.NaN }, 'too-large'],
  ])('%j of 2 ≤ 3 ≤ 6 is refused as %s', (wanted, problem) => {
    const now: Capacity = { unit: 'tasks', min: 2, max: 6, desired: 3, running: 3, healthy: 3, pending: 0 };

    expect(resolveSizes(wanted, now)).toMatchObject({ problem });
  });

  test('a min and a max where nothing scales between them is refused, unless they are one number', () => {
    const now: Capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 };

    expect(resolveSizes({ min: 2, max: 5 }, now)).toMatchObject({ problem: 'fixed-only' });
    expect(resolveSizes({ min: 4, max: 4 }, now)).toEqual({ sizes: { desired: 4 } });
  });
});
