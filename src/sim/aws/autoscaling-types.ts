// What the simulated Application Auto Scaling keeps. Times are epoch milliseconds.

export type ScalableTarget = {
  arn: string;
  region: string;
  resourceId: string;
  min: number;
  max: number;
  createdAt: number;
  suspended: { in: boolean; out: boolean; scheduled: boolean };
};

export type ScalingPolicy = {
  arn: string;
  name: string;
  region: string;
  resourceId: string;
  metric: string;
  target: number;
  createdAt: number;
};

export type ScheduledAction = {
  arn: string;
  name: string;
  region: string;
  resourceId: string;
  schedule: string;
  timezone: string;
  min: number;
  max: number;
  createdAt: number;
};

export type ScalingActivity = {
  id: string;
  region: string;
  resourceId: string;
  description: string;
  cause: string;
  startedAt: number;
  endedAt?: number;
  status: 'InProgress' | 'Successful' | 'Failed';
  message: string;
};
