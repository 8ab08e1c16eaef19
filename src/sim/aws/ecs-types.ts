// What the simulated ECS keeps. Times are epoch milliseconds.
import type { Params } from './params.ts';

/**
 * How an image or a service misbehaves. `after`: only this long after the deployment began (a leak); `survivors`: the share
 * of the desired tasks that nevertheless keeps running.
 */
export type Bad = { kind: BadKind; after?: number; survivors?: number };
export type BadKind = 'health' | 'exit' | 'oom' | 'missing' | 'secret';

export type Tag = { key: string; value: string };

export type TaskDefinition = {
  arn: string;
  family: string;
  revision: number;
  registeredAt: number;
  registeredBy: string;
  deregisteredAt?: number;
  /** What was registered, with AWS's defaults filled in. */
  body: Params;
  tags: Tag[];
};

export type Cluster = { arn: string; name: string; region: string; tags: Tag[]; services: EcsService[] };

export type Deployment = {
  id: string;
  taskDefinition: string;
  revision: string;
  createdAt: number;
  updatedAt: number;
  state: 'IN_PROGRESS' | 'COMPLETED' | 'FAILED';
  reason: string;
  failed: number;
  /** Failures since a task of this deployment last became healthy. */
  inARow: number;
  /** ECS waits longer and longer before it tries again. */
  waitUntil: number;
  serviceDeployment?: ServiceDeployment;
};

/** Stages of a blue/green deployment, and those where a hook may run. */
export type Stage =
  | 'PRE_SCALE_UP'
  | 'SCALE_UP'
  | 'POST_SCALE_UP'
  | 'TEST_TRAFFIC_SHIFT'
  | 'POST_TEST_TRAFFIC_SHIFT'
  | 'PRODUCTION_TRAFFIC_SHIFT'
  | 'POST_PRODUCTION_TRAFFIC_SHIFT'
  | 'BAKE_TIME'
  | 'CLEAN_UP';
export type HookStage = Stage | 'RECONCILE_SERVICE' | 'PRE_PRODUCTION_TRAFFIC_SHIFT';

/** Pauses deployments at stages; `action` is what AWS does by itself after `minutes`. */
export type PauseHook = { stages: HookStage[]; minutes: number; action: 'CONTINUE' | 'ROLLBACK' };
export type HookRun = {
  id: string;
  status: 'AWAITING_ACTION' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT';
  expiresAt: number;
  action: 'CONTINUE' | 'ROLLBACK';
};

export type ServiceDeployment = {
  arn: string;
  status:
    | 'PENDING'
    | 'SUCCESSFUL'
    | 'STOPPED'
    | 'STOP_REQUESTED'
    | 'IN_PROGRESS'
    | 'ROLLBACK_REQUESTED'
    | 'ROLLBACK_IN_PROGRESS'
    | 'ROLLBACK_SUCCESSFUL'
    | 'ROLLBACK_FAILED';
  statusReason?: string;
  createdAt: number;
  startedAt?: number;
  finishedAt?: number;
  stoppedAt?: number;
  updatedAt: number;
  sources: string[];
  target: string;
  rollback?: { reason: string; startedAt: number; serviceRevisionArn: string };
  breaker: {
    status: 'TRIGGERED' | 'MONITORING' | 'MONITORING_COMPLETE' | 'DISABLED';
    count: number;
    threshold: number;
  };
  /** Of a blue/green deployment; `stageIsUp`: the time the stage takes is over. */
  stage?: Stage;
  stageIsUp?: boolean;
  hooks?: HookRun[];
  alarms?: { names: string[]; triggered: string[] };
};

export type Revision = { arn: string; taskDefinition: string; createdAt: number };

export type Task = {
  id: string;
  arn: string;
  deployment: Deployment;
  taskDefinition: string;
  desiredStatus: 'RUNNING' | 'STOPPED';
  lastStatus: 'PROVISIONING' | 'PENDING' | 'RUNNING' | 'DEACTIVATING' | 'STOPPED';
  healthy: boolean;
  createdAt: number;
  startedAt?: number;
  stoppingAt?: number;
  stoppedAt?: number;
  stopCode?: string;
  stoppedReason?: string;
  /** Of the container that ended the task. */
  exitCode?: number;
  containerReason?: string;
};

/** How a service was at a time, for metrics of the past. */
export type Point = { at: number; desired: number; running: number; healthy: number; bad?: BadKind };

export type EcsService = {
  cluster: Cluster;
  name: string;
  arn: string;
  createdAt: number;
  desired: number;
  /** The first is the primary. */
  deployments: Deployment[];
  /** The deployment that last ended well: where a rollback goes. */
  lastGood?: Deployment;
  serviceDeployments: ServiceDeployment[];
  revisions: Revision[];
  tasks: Task[];
  events: { id: string; at: number; message: string }[];
  controller: 'ECS' | 'CODE_DEPLOY';
  minimumHealthyPercent: number;
  maximumPercent: number;
  breaker: { enable: boolean; rollback: boolean };
  /** Rolling where it is absent. */
  strategy?: 'BLUE_GREEN';
  bakeMinutes?: number;
  hooks?: PauseHook[];
  /** Alarms that end a deployment. */
  alarmed?: { names: string[]; rollback: boolean };
  targetGroup?: { arn: string; loadBalancer: string; container: string; port: number };
  tags: Tag[];
  /** Set from outside: every new task, whatever its image, misbehaves so. */
  broken?: Bad;
  /** Requests (or jobs) per second at the busiest time of day. */
  load: number;
  /** Loads set from outside instead, from a time on. */
  loads?: { from: number; rps: number }[];
  /** Requests (or jobs) per second that keep one task's CPU at 100 percent. */
  perTask: number;
  steady: boolean;
  /** The next look by the scheduler. */
  look?: { at: number };
  points: Point[];
};
