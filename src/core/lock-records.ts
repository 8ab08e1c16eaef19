// Locks and freezes as they are kept.
import type { Locale } from '../../intents/catalog.ts';
import type { Phrase } from './reply.ts';
import type { Place } from './request.ts';

/** Somebody who keeps a target for themselves, or a target kept after a rollback until somebody has looked. */
export type Lock = {
  kind: 'lock';
  schema: 1;
  id: string;
  target: string;
  /** The target's name. */
  name: string;
  by: string;
  since: number;
  /** The person's own reason. */
  why?: string;
  until?: number;
  /** Who is told when it is free, once, in their language. */
  waiting: { by: string; locale: Locale }[];
  /** The plan after whose end it was locked by itself: it holds its owner too. */
  automatic?: string;
  /** Why it was locked by itself. */
  reason?: Phrase;
  /** The version that was taken away: going back to it is no way back. */
  away?: string;
  /** When its owner was last asked whether it is still needed, or said so. */
  nagged?: number;
  place: Place;
  locale: Locale;
  /** It holds no more; only those who wait are still to be told. */
  freed?: { by?: string; at: number; isSaid?: true };
};
/** A stage, or `*` for all, that nobody changes for a while. */
export type Freeze = {
  kind: 'freeze';
  schema: 1;
  id: string;
  stage: string;
  by: string;
  since: number;
  why: string;
  until?: number;
  nagged?: number;
  place: Place;
  locale: Locale;
};
