// Everything kept in the Store: its keys, its shapes, and how long it stays. Each record names its kind and schema.
import type { Command, Locale, Slot } from '../../intents/catalog.ts';
import type { Artifact, Capacity, Cause, Change, Progress, Sizes, Target } from './facts.ts';
import type { Phrase } from './reply.ts';
import type { Posted } from './ports.ts';
import type { Place } from './request.ts';
export type * from './lock-records.ts';

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

/** What a button had in mind beside its command: the lock to take over, or to go on in spite of what holds the target. */
export type Lead = { steals?: string; overrides?: true; register?: true };

/** A question that waits for an answer: the command so far, what it asks for, and what each button stands for. */
export type Dialog = {
  kind: 'dialog';
  schema: 1;
  by: string;
  command: Command;
  slot: Slot;
  picks: Record<string, string | number>;
  /** The lock the answer takes over, or that it goes against what holds the target. */
  lead?: Lead;
  locale: Locale;
};

/** What the next words of a person are for: a question, or the name that confirms a dangerous plan. */
export type Awaited = { kind: 'awaited'; schema: 1; dialog?: string; plan?: string };

/** What a thread is about. */
export type Thread = { kind: 'thread'; schema: 1; target?: string; locale?: Locale };

export type PlanState =
  | 'proposed'
  | 'approving'
  | 'scheduled'
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

/** Somebody's answer to a request for approval, given once. `hash`: what was agreed to. */
export type Vote = { kind: 'vote'; schema: 1; by: string; hash: string; isYes: boolean; at: number };

/**
 * `need` people of `from` must agree, never the requester; `eligible`: who that was when the plan was made. `until`: once
 * they were asked.
 */
export type Approval = {
  need: number;
  from: string[];
  eligible: string[];
  within: number;
  hash: string;
  until?: number;
  /** They were told, and reminded. */
  asked?: boolean;
  reminded?: boolean;
};

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
  /** Why, in the requester's words. */
  why?: string;
  /** Others must agree. */
  approval?: Approval;
  /** What they answered, as last seen. */
  votes?: { by: string; isYes: boolean; at: number }[];
  /** What is dangerous about it: then its name is typed, not a button clicked. */
  danger?: Phrase[];
  /** Not before. */
  startAt?: number;
  /** Its target is free for other changes until then. */
  shelved?: true;
  /** Taken back after so many milliseconds. */
  lasts?: number;
  /** Until when it can be confirmed, where that is not five minutes. */
  expiresAt?: number;
  /** The temporary change it takes back. */
  reverts?: string;
  /** It goes back to what ran immediately before and ended well: no lock or freeze holds it. */
  exempt?: true;
  /** Locks and freezes it goes against, by their ids, with the reason given. */
  override?: { by: string; why: string; holds: string[]; said: Phrase[] };
  /** The rules it was planned under, by their hash. */
  rules?: string;
  /** Until when the process that won `starting` may be at it; another takes over only after that. */
  busyUntil?: number;
  attempts: number;
  /** An attempt may have changed something without an answer. */
  unsure?: boolean;
  /** The platform can stop it and go back. */
  stoppable: boolean;
  /** The platform can say which calls it makes. */
  hasCalls?: true;
  /** The driver's handle of the deployment. */
  handle?: string;
  /** Somebody asked to stop it. `unsure`: it went out, and there was no answer yet. */
  stop?: { by: string; at: number; sent?: boolean; unsure?: boolean; refused?: Phrase };
  /** How it goes on from a pause, by whom. `unsure` as of `stop`. */
  decision?: {
    by: string;
    at: number;
    hook: string;
    verb: 'continue' | 'rollback';
    sent?: boolean;
    unsure?: boolean;
    refused?: Phrase;
  };
  /** The pause whoever must decide was told of. */
  pauseTold?: string;
  /** From when it is watched, where it has waited for somebody. */
  watchedFrom?: number;
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

/** The end of a temporary change. `tries`: how often a plan to take it back was in the way of another. */
export type Revert = {
  kind: 'revert';
  schema: 1;
  id: string;
  plan: string;
  target: Target;
  by: string;
  place: Place;
  locale: Locale;
  at: number;
  /** How long it was asked for, ms. */
  lasts: number;
  state: 'waiting' | 'kept' | 'done';
  tries: number;
  reminded?: boolean;
  message?: Posted;
  decided?: { by: string; verb: 'keep' | 'longer' | 'now' };
  /** Its reminder does not show yet what was decided. */
  isStale?: boolean;
};
/** A plan that waits for its time. */
export type Scheduled = { kind: 'scheduled'; schema: 1; plan: string };

/** What is watched after a change. `worse`: how often in a row; `alarms`: those that were going off before. */
export type Watched = {
  kind: 'watched';
  schema: 1;
  plan: string;
  until: number;
  worse: number;
  alarms?: string[];
  state: 'watching' | 'told' | 'ended';
};
/** Versions that ended well on a target, newest first. */
export type Well = { kind: 'well'; schema: 1; artifacts: Artifact[] };

/** Versions shown in a thread, in their order. */
export type Listed = { kind: 'listed'; schema: 1; target: string; labels: string[] };

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
  revert: (id: string) => `revert/${id}`,
  scheduled: (id: string) => `scheduled/${id}`,
  vote: (id: string, by: string) => `vote/${id}/${by}`,
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
  lock: (target: string) => `lock/${target}`,
  /** That an ended plan has locked its target: once, whatever became of the lock. */
  lockedAfter: (plan: string) => `locked-after/${plan}`,
  /** That owners know of a plan that goes against their locks. */
  overridden: (plan: string) => `overridden/${plan}`,
  freeze: (stage: string) => `freeze/${stage}`,
};

/** States in which nothing happens any more. */
export function over(plan: Plan): boolean {
  return (
    plan.state === 'ended' || plan.state === 'expired' || plan.state === 'cancelled' || plan.state === 'superseded'
  );
}
/** States in which it waits for somebody, and another plan may take its place. */
export function isOpen(plan: Plan): boolean {
  return plan.state === 'proposed' || plan.state === 'approving';
}
/** States in which AWS may be changing. */
export function underWay(plan: Plan): boolean {
  return plan.state === 'agreed' || plan.state === 'starting' || plan.state === 'watching';
}
