// Numbers that look random and are the same for the same seed.

export type Random = {
  /** From 0 up to, not including, 1. */
  next(): number;
  /** A whole number from `least` to `most`, both included. */
  int(least: number, most: number): number;
  /** True `share` of the time. */
  chance(share: number): boolean;
  /** One of them. */
  pick<T>(from: readonly T[]): T;
};

/** mulberry32: 32 bits of state, good enough to choose faults by. */
export function random(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const int = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return { next, int, chance: (share) => next() < share, pick: (from) => from[int(0, from.length - 1)]! };
}
