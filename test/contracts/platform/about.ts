// What the contract of platforms is told about each of them, and what its parts share.
import type { CauseKind, Status, Target } from '../../../src/core/ports.ts';
import type { Make, Simulated } from '../../platforms/simulated.ts';

export type Case = {
  make: Make;
  /** A healthy target that can be scaled and deployed to, and what it runs. */
  target: string;
  current: string;
  /** New numbers, none of them the current ones. */
  sizes: { min: number; max: number };
  good: string;
  /** Cannot become healthy. */
  bad: string;
  badEnds: 'failed' | 'rolled-back';
  badCause: CauseKind;
  /** Does not exist, but looks like `near`. */
  unknown: string;
  near: string;
  /** How the target is broken from outside, and what is said then. */
  breakage: string;
  brokenCause: CauseKind;
  /** Operations that change something, by change. */
  scales: readonly string[];
  deploys: readonly string[];
  aborts: string;
  restarts: string;
  /** Another target whose address can be swapped with it. */
  swapsWith?: string;
  /** The operation that lists targets and the one that tells their state. */
  lists: string;
  describes: string;
  /** The kinds of what else moves the target's numbers, where the platform tells that and the calls of a change. */
  influences?: readonly string[];
  /** Deployments can pause until somebody decides. */
  pauses?: true;
  /** Values that must never be said, and names of settings, which are said among the calls of a change alone. */
  secrets: readonly string[];
  names?: readonly string[];
};

export const operation = 'op_1';
export type Here = Simulated & { of: Target };

/** Throws when there is none. */
export async function statusOf({ platform, of }: Here): Promise<Status> {
  const status = (await platform.status([of])).get(of.key);
  if (!status || status instanceof Error) throw status ?? new Error('no status');
  return status;
}

/** Starts a deployment as an operation of its own, and returns what watching it takes. */
export async function deployed({ now, of, platform }: Here, version: string) {
  const artifact = await platform.resolve!(of, version);
  const since = now();
  const handle = await platform.deploy!(of, { artifact, operation: `op ${version} ${since}`, since });
  return { change: { kind: 'deploy' as const, artifact }, handle, since };
}

/** A part of the contract: `account` makes an account for the test that asks. */
export type Part = (about: Case, account: () => Promise<Here>) => void;
