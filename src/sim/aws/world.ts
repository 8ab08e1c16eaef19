// Everything the simulated account holds, and the time it is at.
import type { BeanstalkApplication } from './beanstalk-types.ts';
import type { Repository } from './ecr-types.ts';
import type { Cluster, TaskDefinition } from './ecs-types.ts';
import type { ScalableTarget, ScalingActivity, ScalingPolicy, ScheduledAction } from './autoscaling-types.ts';
import type { Alarm } from './alarms.ts';
import { ids, type Ids } from './ids.ts';
import type { Lex } from './lex-types.ts';
import type { SqsQueue } from './sqs-queue.ts';
import { noTranslations, type Translations } from './translate-types.ts';
import { timeline, type Timeline } from './timeline.ts';

export type World = {
  account: string;
  /** Who the caller is, as STS and task definitions name it. */
  caller: string;
  /** Who signs with an access key that AssumeRole gave out. */
  sessions: Map<string, string>;
  timeline: Timeline;
  ids: Ids;
  clusters: Cluster[];
  /** By family, in order of revision, `region/family` as key. */
  taskDefinitions: Map<string, TaskDefinition[]>;
  scalableTargets: ScalableTarget[];
  scalingPolicies: ScalingPolicy[];
  scheduledActions: ScheduledAction[];
  /** Newest first. */
  scalingActivities: ScalingActivity[];
  repositories: Repository[];
  applications: BeanstalkApplication[];
  alarms: Alarm[];
  lex: Lex;
  translations: Translations;
  queues: SqsQueue[];
};

/** An empty account at `start`, following `clock`. */
export function emptyWorld(clock: { now(): number }, start: number, account: string): World {
  return {
    account,
    caller: `arn:aws:sts::${account}:assumed-role/opsjack/simulation`,
    sessions: new Map(),
    timeline: timeline(clock, start),
    ids: ids(),
    clusters: [],
    taskDefinitions: new Map(),
    scalableTargets: [],
    scalingPolicies: [],
    scheduledActions: [],
    scalingActivities: [],
    repositories: [],
    applications: [],
    alarms: [],
    lex: { bots: [], sessions: new Map(), busy: new Set() },
    translations: noTranslations(),
    queues: [],
  };
}
