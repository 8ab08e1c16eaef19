// What a wish for numbers means for a target as it is now: absolute and relative amounts resolved, guards applied.
import type { Amount, Slots } from '../../intents/catalog.ts';
import type { Capacity, Sizes } from './facts.ts';
import { sizesProblem, type SizesProblem } from './guards.ts';

/** The numbers to set, or why they can't be. A relative `count` is relative to what should run now. */
export function resolveSizes(
  slots: Slots,
  now: Capacity,
): { sizes: Sizes } | { problem: SizesProblem | 'fixed-only'; sizes: Sizes } {
  const sizes =
    now.min === undefined || now.max === undefined ? fixed(slots, now) : ranged(slots, now.min, now.max, now.desired);
  if (sizes === 'fixed-only') return { problem: 'fixed-only', sizes: {} };
  const problem = sizesProblem({ min: sizes.min, max: sizes.max, count: sizes.desired });
  return problem ? { problem, sizes } : { sizes };
}

function fixed(slots: Slots, now: Capacity): Sizes | 'fixed-only' {
  if (slots.count !== undefined) return { desired: amount(slots.count, now.desired) };
  return slots.min !== undefined && slots.min === slots.max
    ? { desired: amount(slots.min, now.desired) }
    : 'fixed-only';
}

function ranged(slots: Slots, min: number, max: number, desired: number): Sizes {
  if (slots.count === undefined) {
    return {
      min: slots.min === undefined ? min : amount(slots.min, min),
      max: slots.max === undefined ? max : amount(slots.max, max),
    };
  }
  const wanted = amount(slots.count, desired);
  if (typeof slots.count === 'number') return { min: wanted, max: wanted };
  // "3 more" must give three more now, so the limit that is in the way moves and the other stays where it can.
  return wanted >= desired ? { min: wanted, max: Math.max(max, wanted) } : { min: Math.min(min, wanted), max: wanted };
}

function amount(value: Amount, base: number): number {
  if (typeof value === 'number') return value;
  if (value.startsWith('x')) return Math.round(base * Number(value.slice(1)));
  return base + Number(value);
}
