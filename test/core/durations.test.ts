import fc from 'fast-check';
import { expect, test } from 'vitest';
import { milliseconds } from '../../src/core/durations.ts';

test.each([
  ['PT2H', 7_200_000],
  ['P1DT30M', 88_200_000],
  ['PT45S', 45_000],
  ['P2D', 172_800_000],
])('%s is %i ms', (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});

test.each([undefined, '', 'P', 'PT', 'PT0S', '2H', 'P1W', 'PT-5M', 'PT1.5H', 'PT5Mx'])('%s is no duration', (text) => {
  expect(milliseconds(text)).toBeUndefined();
});

test('days, hours, minutes and seconds add up', () => {
  const part = fc.integer({ min: 0, max: 999 });
  fc.assert(
    fc.property(part, part, part, part, (d, h, m, s) => {
      const total = (((d * 24 + h) * 60 + m) * 60 + s) * 1000;

      expect(milliseconds(`P${d}DT${h}H${m}M${s}S`)).toBe(total > 0 ? total : undefined);
    }),
  );
});
