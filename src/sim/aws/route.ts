// The form every simulated service has: one table from operation to function.
import type { AwsError } from './errors.ts';
import type { Params } from './params.ts';
import type { RestOperation } from './protocol-rest.ts';
import type { Quirk } from './quirks.ts';
import type { World } from './world.ts';

export type { Quirk } from './quirks.ts';
export type Context = {
  world: World;
  region: string;
  requestId: string;
  caller: string;
  /** What goes wrong inside this answer, where somebody asked for it. */
  quirk?: Quirk | undefined;
  /** Where the simulator is reached. */
  origin: string;
  /** Whether the caller has hung up. */
  gone: () => boolean;
  /** Runs `then` when the answer has left, however late that is. */
  answered: (then: () => void) => void;
};
/** Answers, now or later, with the members of the operation's output; dates as Date. Throws AwsError. */
export type Route = (params: Params, context: Context) => unknown;
export type FaultKind = 'throttle' | 'deny' | 'error';

export type Service = {
  /** Name in calls, faults and coverage, and the IAM prefix. */
  id: string;
  /** Name in SigV4 credential scopes. */
  signing: string;
  wire:
    | { protocol: 'json'; version: '1.0' | '1.1'; target: string; queryCode?: boolean; message?: 'Message' }
    | { protocol: 'rest'; operations: readonly RestOperation[] }
    | { protocol: 'query'; version: string; namespace: string };
  routes: Record<string, Route>;
  /** The error of this kind, as this service words it. */
  fault(kind: FaultKind, operation: string, context: Context): AwsError;
};
