// What else is woken beside plans, by the first word of its id.
import { wakeFreeze, wakeLock } from './lock-wakings.ts';
import type { World } from '../core/world.ts';
import { healthDue } from './health.ts';
import { revertDue } from './revert.ts';

/** Does the one next thing about a record; returns when to be called again, or nothing. Safe to call at any time, twice. */
export type Waking = (world: World, id: string) => Promise<number | undefined>;

export const wakings: Readonly<Record<string, Waking>> = {
  revert: revertDue,
  health: healthDue,
  lock: wakeLock,
  freeze: wakeFreeze,
};
