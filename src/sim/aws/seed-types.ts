// What a simulated account starts with: plain data. Ages (`ago`) are milliseconds before the start.
import type { Bad, PauseHook } from './ecs-types.ts';

export type Seed = {
  account: string;
  repositories: SeedRepository[];
  services: SeedService[];
  applications: SeedApplication[];
};

export type SeedRepository = {
  name: string;
  region: string;
  images: { tags: string[]; ago: number; bad?: Bad }[];
};

export type AlarmKind = 'cpu' | 'memory' | '5xx' | 'p99';

export type SeedService = {
  name: string;
  region: string;
  cluster: string;
  stage: string;
  /** Name of the main container and of the task definition's family without the stage. */
  app: string;
  repository: string;
  desired: number;
  /** A scalable target; without it the desired count is fixed. */
  scaling?: { min: number; max: number; schedule?: { name: string; cron: string; min: number; max: number } };
  /** Behind a load balancer on this port; without it the containers have health checks of their own. */
  port?: number;
  /** Requests or jobs per second at the busiest time. */
  load: number;
  /** Task size: CPU units and MiB. */
  size: [cpu: number, memory: number];
  /** The oldest first; the first creates the service. `by` deployed it. */
  deployments: { tag: string; ago: number; by: string }[];
  breaker?: { enable: boolean; rollback: boolean };
  /** Blue/green, pausing here from now on until somebody decides, or for so many minutes. */
  pause?: PauseHook;
  controller?: 'ECS' | 'CODE_DEPLOY';
  /** Further tags. */
  tags?: Record<string, string>;
  /** Alarms on it, named `<name>-<kind>`. */
  alarms?: AlarmKind[];
};

export type SeedApplication = {
  name: string;
  region: string;
  versions: { label: string; ago: number; description: string; bad?: boolean; status?: 'Failed' | 'Unprocessed' }[];
  environments: SeedEnvironment[];
};

export type SeedEnvironment = {
  name: string;
  stage: string;
  /** Absent: a single instance. */
  scaling?: { min: number; max: number };
  instances: number;
  policy: 'AllAtOnce' | 'Rolling' | 'Immutable' | 'TrafficSplitting';
  /** Percent of the instances per batch. */
  batch: number;
  load: number;
  solutionStack: string;
  deployments: { label: string; ago: number }[];
  variables: Record<string, string>;
};
