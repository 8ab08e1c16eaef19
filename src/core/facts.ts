// What drivers say about the world, in neutral terms. Times are epoch milliseconds, ids are AWS's own.

/** What one operates on. `key` = platform/account/region/group/name, and is what locks, plans and audit use. */
export type Target = {
  key: string;
  platform: string;
  account: string;
  region: string;
  /** Cluster (ECS) or application (Beanstalk). */
  group: string;
  name: string;
  /** `prod`, `staging` ...: from the tag `stage` (or `environment`), else from the name. */
  stage?: string;
  /** What AWS calls it: service ARN or environment id. */
  id: string;
};

export type Health = 'healthy' | 'degraded' | 'down' | 'changing' | 'unknown';

/** Why something is not well, or failed. `words` are AWS's own, kept at hand, never shown as ours. */
export type Cause = { kind: CauseKind; args: Record<string, string | number>; words?: string };
export const causeKinds = {
  'out-of-memory': ['count'],
  'health-check': ['count'],
  'exit-code': ['count', 'code'],
  'image-missing': ['image'],
  'secret-unreadable': ['role', 'action'],
  'no-room': ['count'],
  'below-desired': ['running', 'desired'],
  'instances-unhealthy': ['count', 'total'],
  'requests-failing': ['percent'],
  'wrong-version': ['count', 'version'],
  'update-failed': [],
  'aws-says': ['words'],
} as const;
export type CauseKind = keyof typeof causeKinds;

/** `min` and `max` are absent where nothing scales the target (a fixed desired count). */
export type Capacity = {
  unit: 'instances' | 'tasks';
  min?: number;
  max?: number;
  desired: number;
  running: number;
  /** Running and passing their health checks. */
  healthy: number;
  pending: number;
};
export type Sizes = { min?: number; max?: number; desired?: number };

/** One exact deployable thing. `ref` belongs to the driver (version label, image digest, task definition ARN). */
export type Artifact = {
  label: string;
  ref: string;
  created?: number;
  /** Short form of the digest where there is one. */
  digest?: string;
  container?: string;
};

export type VersionState = 'current' | 'available' | 'unusable';
export type Version = Artifact & { state: VersionState; note?: string };

/** Why a change cannot be made now, as the target's state shows it. */
export type Hindrance =
  | 'not-ready'
  | 'single-instance'
  | 'no-scalable-target'
  | 'controller'
  | 'deploying'
  | 'draining';

export type Status = {
  target: Target;
  at: number;
  health: Health;
  causes: Cause[];
  capacity: Capacity;
  /** What runs, since when, and who put it there when AWS says so. */
  version?: Artifact & { since?: number };
  /** A change AWS is working on now. */
  changing?: { version?: string; since?: number };
  /** Hindrances by change. */
  hindrances: { scale?: Hindrance; deploy?: Hindrance };
  /** Where it is reached, of what can be swapped. */
  address?: string;
  /** How a deployment happens here, in AWS's words: Rolling, Immutable, rolling + circuit breaker ... */
  strategy?: string;
  /** Page of this target in the AWS console. */
  console: string;
};

/** Load of the last minutes; a member is absent where AWS has no data. */
export type Metrics = {
  /** Per second. */
  requests?: number;
  /** Seconds. */
  p99?: number;
  /** Percent of requests. */
  errors?: number;
  cpu?: number;
  memory?: number;
  disk?: number;
  alarms: { name: string; since?: number }[];
  /** Equally spaced points of the last hour, oldest first, for a chart in percent. */
  series: { name: 'cpu' | 'memory' | 'errors'; values: number[] }[];
  times: number[];
};

export type TargetEvent = { at: number; text: string; severity: 'info' | 'warning' | 'error'; version?: string };

/**
 * A change as drivers get it. `register`: the target is made scalable first, within these sizes. `percent`: the share of
 * the traffic that goes to the new version while it is tried beside the old one.
 */
export type Change =
  | { kind: 'scale'; sizes: Sizes; register?: true }
  | { kind: 'deploy'; artifact: Artifact; percent?: number }
  | { kind: 'restart' }
  | { kind: 'swap'; other: Target };

/** What else moves the numbers, limits them, or will put them back. `sizes` and `at` where AWS tells; `each`: of one more. */
export type Influence =
  | { kind: 'schedule'; name: string; when: string; at?: number; sizes: Sizes }
  | { kind: 'policy'; name: string; metric?: string; value?: number }
  | { kind: 'stack'; name: string }
  | { kind: 'terraform'; name?: string }
  | { kind: 'quota'; name: string; limit: number; used?: number; each: number };

/** A call a change will make, as the SDK gets it; values of secrets and settings never. */
export type PlannedCall = { service: string; operation: string; input: Readonly<Record<string, unknown>> };

export type StepState = 'waiting' | 'running' | 'done' | 'failed';
export type Step =
  | { kind: 'numbers'; state: StepState }
  | { kind: 'capacity'; state: StepState; healthy: number; desired: number }
  | { kind: 'batch'; state: StepState; number: number; healthy: number; size: number }
  | { kind: 'start'; state: StepState; started: number; desired: number }
  | { kind: 'old'; state: StepState; left: number }
  | { kind: 'health'; state: StepState };

/**
 * How far a change has come, by what AWS shows. `done` only when the numbers or the version are there *and* as many
 * instances or tasks as wanted are healthy; `rolled-back` when AWS went back by itself or was told to and the old version is healthy again.
 */
export type Progress = {
  state: 'running' | 'done' | 'failed' | 'rolling-back' | 'rolled-back';
  capacity: Capacity;
  /** Instances or tasks on the new version. */
  updated?: number;
  steps: Step[];
  cause?: Cause;
  /** What runs after a rollback. */
  version?: string;
  /** It waits at a pause hook for somebody to say how to go on; `until`: when AWS decides by itself. */
  pause?: { hook: string; until?: number };
  /** Versions side by side, with their shares of the traffic. */
  shares?: { version: string; percent: number }[];
};
