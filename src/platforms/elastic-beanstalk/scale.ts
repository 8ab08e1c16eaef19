// Min and max of the Auto Scaling group, through the environment's own options.
import { PlatformError, Refusal } from '../../core/errors.ts';
import type { Sizes, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import { id, type Api } from './api.ts';
import type { Lookups } from './lookups.ts';

/** Sets the numbers unless they are there or on their way. A fixed count is min and max alike. */
export async function scale(api: Api, find: Lookups, target: Target, sizes: Sizes): Promise<void> {
  const [environment, settings] = await Promise.all([find.environment(target), find.settings(target)]);
  const min = sizes.min ?? sizes.desired ?? settings.min;
  const max = sizes.max ?? sizes.desired ?? settings.max;
  const now = settings.pending ?? settings;
  if (now.min === min && now.max === max) return;
  if (settings.single) throw new Refusal(say('hindrance.single-instance', { target: target.name }));
  if (environment.Status !== 'Ready') throw notReady('UpdateEnvironment', environment.Status);
  await api.update(target.region, {
    EnvironmentId: target.id,
    OptionSettings: sizeOptions(min, max),
  });
}

/** The options of these numbers, without those that are not given. */
export function sizeOptions(min: number | undefined, max: number | undefined) {
  return [
    ...(min === undefined ? [] : [option('MinSize', min)]),
    ...(max === undefined ? [] : [option('MaxSize', max)]),
  ];
}

function option(OptionName: string, value: number) {
  return { Namespace: 'aws:autoscaling:asg', OptionName, Value: String(value) };
}

/** Beanstalk takes changes only of an environment that is Ready; later it will. */
export function notReady(operation: string, status: string | undefined): PlatformError {
  return new PlatformError({
    platform: id,
    operation,
    code: `Environment${status ?? 'NotReady'}`,
    reason: 'busy',
    retryable: true,
    unsure: false,
  });
}
