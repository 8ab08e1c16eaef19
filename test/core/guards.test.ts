import { expect, test } from 'vitest';
import { deployHindrance, sizesProblem } from '../../src/core/guards.ts';
import type { Status } from '../../src/core/facts.ts';

test.each([
  [{ count: 0 }, 'zero'],
  [{ min: 0, max: 4 }, 'zero'],
  [{ max: -1 }, 'negative'],
  [{ count: 1001 }, 'too-large'],
  [{ count: Number.POSITIVE_INFINITY }, 'too-large'],
  [{ count: Number.NaN }, 'too-large'],
  [{ min: 12, max: 4 }, 'min-over-max'],
  [{ count: '+0' as const }, 'zero'],
  [{ count: 'x0' as const }, 'zero'],
  [{ count: '+10000' as const }, 'too-large'],
  [{ count: 1000 }, undefined],
  [{ min: 4, max: 4 }, undefined],
  [{ count: '-2' as const }, undefined],
  [{ count: 'x0.5' as const }, undefined],
  [{}, undefined],
])('%j is %s', (sizes, problem) => {
  expect(sizesProblem(sizes)).toBe(problem);
});

test.each([
  ['Rollback', undefined],
  ['Undo', undefined],
  ['Deploy', 'deploying'],
  ['Promote', 'deploying'],
  ['Restart', 'deploying'],
] as const)('a deployment that runs lets %s pass where it goes back only: %s', (intent, hindrance) => {
  expect(deployHindrance({ hindrances: { deploy: 'deploying' } } as Status, intent)).toBe(hindrance);
});
