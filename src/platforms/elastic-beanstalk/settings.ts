// The few option settings the driver needs. Everything else, environment variables above all, is dropped right here.
import type { ConfigurationOptionSetting, ConfigurationSettingsDescription } from '@aws-sdk/client-elastic-beanstalk';

const command = 'aws:elasticbeanstalk:command';
const splitting = 'aws:elasticbeanstalk:trafficsplitting';

export type Settings = {
  min: number;
  max: number;
  single: boolean;
  /** DeploymentPolicy in AWS's words. */
  policy: string;
  /** How many instances a rolling deployment takes at a time. */
  batch: { size: number; unit: 'percent' | 'instances' };
  /** How a deployment splits the traffic, where the policy does: the new version's share, and for how long. */
  split?: { percent: number; minutes: number };
  /** Scheduled actions that are not suspended; `start` and `end` in epoch milliseconds, `recurrence` as cron (UTC). */
  schedules: Schedule[];
  /** What moves the number of instances within the range. */
  trigger?: { metric: string; upper: number };
  /** The range an update under way will set. */
  pending?: { min: number; max: number };
};

export type Schedule = {
  name: string;
  min?: number;
  max?: number;
  start?: number;
  end?: number;
  recurrence?: string;
};

/** What is deployed, and what is pending while an update is under way. */
export function settingsOf(all: readonly ConfigurationSettingsDescription[]): Settings {
  const deployed = all.find((one) => one.DeploymentStatus !== 'pending') ?? all[0];
  const pending = all.find((one) => one.DeploymentStatus === 'pending');
  const options = deployed?.OptionSettings ?? [];
  const type = value(options, 'aws:elasticbeanstalk:environment', 'EnvironmentType');
  const policy = value(options, command, 'DeploymentPolicy') ?? 'AllAtOnce';
  return {
    ...range(options),
    single: type === 'SingleInstance',
    policy,
    ...(policy === 'TrafficSplitting' ? { split: split(options) } : {}),
    batch: {
      size: Number(value(options, command, 'BatchSize') ?? 100),
      unit: value(options, command, 'BatchSizeType') === 'Fixed' ? 'instances' : 'percent',
    },
    schedules: schedulesOf(options),
    ...triggerOf(options),
    ...(pending ? { pending: range(pending.OptionSettings ?? []) } : {}),
  };
}

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html#command-options-general-autoscalingscheduledaction */
function schedulesOf(options: readonly ConfigurationOptionSetting[]): Schedule[] {
  const own = options.filter(({ Namespace }) => Namespace === 'aws:autoscaling:scheduledaction');
  return [...Map.groupBy(own, ({ ResourceName = '' }) => ResourceName)].flatMap(([name, of]) => {
    const said = new Map(of.map(({ OptionName, Value }) => [OptionName ?? '', Value || undefined]));
    if (name === '' || said.get('Suspend') === 'true') return [];
    const [min, max, recurrence] = [said.get('MinSize'), said.get('MaxSize'), said.get('Recurrence')];
    const [start, end] = [said.get('StartTime'), said.get('EndTime')];
    return [
      {
        name,
        ...(min ? { min: Number(min) } : {}),
        ...(max ? { max: Number(max) } : {}),
        ...(start ? { start: Date.parse(start) } : {}),
        ...(end ? { end: Date.parse(end) } : {}),
        ...(recurrence ? { recurrence } : {}),
      },
    ];
  });
}

function triggerOf(options: readonly ConfigurationOptionSetting[]): Pick<Settings, 'trigger'> {
  const metric = value(options, 'aws:autoscaling:trigger', 'MeasureName');
  const upper = Number(value(options, 'aws:autoscaling:trigger', 'UpperThreshold'));
  return metric === undefined || Number.isNaN(upper) ? {} : { trigger: { metric, upper } };
}

/** With AWS's defaults: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
function split(options: readonly ConfigurationOptionSetting[]): { percent: number; minutes: number } {
  return {
    percent: Number(value(options, splitting, 'NewVersionPercent') ?? 10),
    minutes: Number(value(options, splitting, 'EvaluationTime') ?? 5),
  };
}

/** The option that sets the new version's share of the traffic. */
export function shareOption(percent: number): ConfigurationOptionSetting {
  return { Namespace: splitting, OptionName: 'NewVersionPercent', Value: String(percent) };
}

/** Defaults of a load-balanced environment: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html */
function range(options: readonly ConfigurationOptionSetting[]): { min: number; max: number } {
  const group = 'aws:autoscaling:asg';
  return { min: Number(value(options, group, 'MinSize') ?? 1), max: Number(value(options, group, 'MaxSize') ?? 4) };
}

function value(options: readonly ConfigurationOptionSetting[], namespace: string, name: string): string | undefined {
  return options.find((one) => one.Namespace === namespace && one.OptionName === name)?.Value;
}
