// What the simulated Elastic Beanstalk keeps. Times are epoch milliseconds.

export type BeanstalkVersion = {
  label: string;
  description: string;
  createdAt: number;
  status: 'Processed' | 'Unprocessed' | 'Failed';
  /** Deploying it fails on every instance. */
  bad: boolean;
};

export type BeanstalkApplication = {
  name: string;
  region: string;
  createdAt: number;
  /** Oldest first. */
  versions: BeanstalkVersion[];
  environments: BeanstalkEnvironment[];
};

export type Instance = {
  id: string;
  zone: string;
  launchedAt: number;
  /** When it passed its first health checks. */
  readyAt?: number;
  /** What runs on it. */
  label: string;
  deploymentId: number;
  deployedAt: number;
  deployment: 'Deployed' | 'In Progress' | 'Failed';
};

export type OptionSetting = { namespace: string; name: string; value: string; resource?: string };

export type BeanstalkEvent = {
  at: number;
  message: string;
  severity: 'INFO' | 'WARN' | 'ERROR';
  application: string;
  environment?: string;
  label?: string;
  requestId?: string;
};

export type HealthName = 'Pending' | 'Ok' | 'Info' | 'Warning' | 'Degraded' | 'Severe';

/** How an environment was at a time, for metrics of the past. */
export type EnvironmentPoint = { at: number; instances: number; ok: number; health: HealthName };

export type Update = {
  requestId: string;
  startedAt: number;
  /** The version on its way, when it is a deployment. */
  label?: string;
  deploymentId: number;
  /** Option settings as they will be. */
  options: OptionSetting[];
  aborting: boolean;
};

export type BeanstalkEnvironment = {
  application: BeanstalkApplication;
  id: string;
  name: string;
  region: string;
  arn: string;
  status: 'Ready' | 'Updating' | 'Launching' | 'Aborting' | 'Terminated';
  createdAt: number;
  updatedAt: number;
  /** The version that is meant to run. */
  label: string;
  deploymentId: number;
  solutionStack: string;
  singleInstance: boolean;
  /** After a swap; else made of its name. */
  cname?: string;
  instances: Instance[];
  options: OptionSetting[];
  tags: { key: string; value: string }[];
  /** Newest first. */
  events: BeanstalkEvent[];
  update?: Update;
  broken: boolean;
  load: number;
  loads?: { from: number; rps: number }[];
  perInstance: number;
  health: HealthName;
  points: EnvironmentPoint[];
};
