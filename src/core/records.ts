// Everything kept in the Store: its keys, its shapes, and how long it stays. Each record names its kind and schema.
import type { Command, Locale, Slot } from '../../intents/catalog.ts';
import type { Artifact, Capacity, Cause, Change, Progress, Sizes, Target } from './facts.ts';
import type { Phrase } from './reply.ts';
import type { Posted } from './ports.ts';
import type { Place } from './request.ts';

export const minute = 60_000;
export const hour = 60 * minute;
export const day = 24 * hour;

/** How long a requester has to confirm. */
export const confirmWithin = 5 * minute;
/** How long texts and ended operations are kept. */
export const retention = 30 * day;

/** A request as taken in before it was acknowledged; `open` ones left by a crash are answered, never acted on. */
export type Intake = {
  kind: 'intake';
  schema: 1;
  state: 'open' | 'done';
  by: string;
  place: Place;
  locale?: Locale;
  at: number;
};

/** A question that waits for an answer: the command so far, what it asks for, and what each button stands for. */
export type Dialog = {
  kind: 'dialog';
  schema: 1;
  by: string;
  command: Command;
  slot: Slot;
  picks: Record<string, string | number>;
  locale: Locale;
};

/** What a thread is about. */
export type Thread = { kind: 'thread'; schema: 1; target?: string; locale?: Locale };

export type PlanState =
  | 'proposed'
  | 'agreed'
  | 'starting'
  | 'watching'
  | 'ended'
  | 'expired'
  | 'cancelled'
  | 'superseded';
export type Outcome = 'done' | 'failed' | 'rolled-back' | 'stopped' | 'not-started' | 'unfinished';

/** Intents whose handlers draft plans. */
export type PlanIntent = 'Scale' | 'Deploy' | 'Rollback' | 'Undo' | 'Promote' | 'Restart' | 'Swap' | 'Traffic';

/** A change from proposal to end: Plan and Operation are one record with one id. */
export type Plan = {
  kind: 'plan';
  schema: 1;
  id: string;
  state: PlanState;
  intent: PlanIntent;
  /** What was asked, so that it can be asked again. */
  command: Command;
  target: Target;
  change: Change;
  /** What was there when the plan was made: re-checked at the start, restored by undo. */
  before: { sizes: Sizes; capacity: Capacity; artifact?: Artifact; address?: string; otherAddress?: string };
  warnings: Phrase[];
  strategy?: string;
  by: string;
  place: Place;
  locale: Locale;
  message?: Posted;
  proposedAt: number;
  agreedAt?: number;
  startedAt?: number;
  endedAt?: number;
  /** The rules it was planned under, by their hash. */
  rules?: string;
  /** Until when the process that won `starting` may be at it; another takes over only after that. */
  busyUntil?: number;
  attempts: number;
  /** An attempt may have changed something without an answer. */
  unsure?: boolean;
  /** The platform can stop it and go back. */
  stoppable: boolean;
  /** The driver's handle of the deployment. */
  handle?: string;
  /** Somebody asked to stop it. */
  stop?: { by: string; at: number; sent?: boolean; refused?: Phrase };
  progress?: Progress;
  outcome?: Outcome;
  cause?: Cause;
  /** Why it did not start, or what AWS answered. */
  reason?: Phrase;
  /** How often the end could not be shown. */
  tellTries?: number;
  /** The end is on the card and, if it went badly, told in the thread. */
  told?: boolean;
};

/** Who put what there, for "deployed by". */
export type Live = { kind: 'live'; schema: 1; label: string; by: string; at: number; operation: string };
/** The last finished change of a person or a target, for undo. */
export type Last = { kind: 'last'; schema: 1; plan: string };
/** One translated text: pieces that were kept are numbers, in the order of the original. */
export type TranslatedText = { kind: 'translation'; schema: 1; of: string; segments: (string | number)[] };
/** Characters sent to be translated on a day. */
export type Spent = { kind: 'spent'; schema: 1; characters: number };
/** What a person chose for themselves. `language`: a locale, or the code of a language that is translated. */
export type Person = { kind: 'person'; schema: 1; language?: Locale };
/** Keys of targets a person used lately, newest first. */
export type Recent = { kind: 'recent'; schema: 1; targets: string[] };
/** The one open plan or running operation of a target. */
export type Claim = { kind: 'claim'; schema: 1; plan: string };

export const keys = {
  intake: (request: string) => `intake/${request}`,
  plan: (id: string) => `plan/${id}`,
  claim: (target: string) => `claim/${target}`,
  dialog: (id: string) => `dialog/${id}`,
  awaiting: (place: Place, by: string) => `awaiting/${place.channel}/${place.thread ?? '-'}/${by}`,
  thread: (place: Place) => `thread/${place.channel}/${place.thread ?? '-'}`,
  live: (target: string) => `live/${target}`,
  lastBy: (by: string) => `last/by/${by}`,
  lastOf: (target: string) => `last/of/${target}`,
  shared: (channel: string) => `shared/${channel}`,
  recent: (by: string) => `recent/${by}`,
  translation: (place: number) => `translation/${place}`,
  spent: (date: string) => `spent/${date}`,
  person: (by: string) => `person/${by}`,
};

/** States in which nothing happens any more. */
export function over(plan: Plan): boolean {
  return (
    plan.state === 'ended' || plan.state === 'expired' || plan.state === 'cancelled' || plan.state === 'superseded'
  );
}
/** States in which AWS may be changing. */
export function underWay(plan: Plan): boolean {
  return plan.state === 'agreed' || plan.state === 'starting' || plan.state === 'watching';
}
