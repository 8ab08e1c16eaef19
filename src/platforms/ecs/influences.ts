// What else moves the numbers of a service, or will put them back.
import type { ScalableTarget, ScalingPolicy, ScheduledAction } from '@aws-sdk/client-application-auto-scaling';
import type { Clock, Influence, Target } from '../../core/ports.ts';
import { owners } from '../cloudformation.ts';
import type { Watch } from '../cloudwatch.ts';
import type { Api } from './api.ts';
import { resourceId, type Lookups } from './lookups.ts';
import { quota } from './quotas.ts';
import { nextRun } from './schedule.ts';

type Asked = { api: Api; find: Lookups; watch: Watch; clock: Clock };

/** Scheduled actions that will run, scaling policies, the quota, stacks. A part AWS does not answer for is left out. */
export async function influences({ api, find, watch, clock }: Asked, target: Target): Promise<Influence[]> {
  const parts = await Promise.allSettled([
    scaling(api, find, clock, target),
    quota(api, find, watch, target),
    ownership(find, target),
  ]);
  return parts.flatMap((part) => (part.status === 'fulfilled' ? part.value : []));
}

async function ownership(find: Lookups, target: Target): Promise<Influence[]> {
  return owners((await find.service(target)).tags ?? []);
}

async function scaling(api: Api, find: Lookups, clock: Clock, target: Target): Promise<Influence[]> {
  const scalable = await find.scalable(target);
  if (!scalable) return [];
  const id = resourceId(target);
  const [schedules, policies] = await Promise.allSettled([
    api.scheduledActions(target.region, id),
    api.scalingPolicies(target.region, id),
  ]);
  const actions = schedules.status === 'fulfilled' ? (schedules.value.ScheduledActions ?? []) : [];
  const found = policies.status === 'fulfilled' ? (policies.value.ScalingPolicies ?? []) : [];
  return [
    ...(scalable.SuspendedState?.ScheduledScalingSuspended ? [] : actions.flatMap((one) => schedule(one, clock.now()))),
    ...(isStill(scalable) ? [] : found.map(policy)),
  ];
}

/** Policies move nothing while scaling in and out are both suspended. */
function isStill({ SuspendedState: suspended }: ScalableTarget): boolean {
  return suspended?.DynamicScalingInSuspended === true && suspended.DynamicScalingOutSuspended === true;
}

function schedule(action: ScheduledAction, now: number): Influence[] {
  const { ScheduledActionName: name = '', Schedule: when = '', Timezone: zone = 'UTC', StartTime, EndTime } = action;
  const at = nextRun(when, zone, Math.max(now, (StartTime?.getTime() ?? 0) - 1));
  const isOver = (when.startsWith('at(') && at === undefined) || (EndTime?.getTime() ?? Infinity) < (at ?? now);
  if (isOver) return [];
  const { MinCapacity: min, MaxCapacity: max } = action.ScalableTargetAction ?? {};
  const sizes = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  const said = zone === 'UTC' ? when : `${when} ${zone}`;
  return [{ kind: 'schedule', name, when: said, ...(at === undefined ? {} : { at }), sizes }];
}

function policy({
  PolicyName: name = '',
  TargetTrackingScalingPolicyConfiguration: tracking,
}: ScalingPolicy): Influence {
  const metric =
    tracking?.PredefinedMetricSpecification?.PredefinedMetricType ??
    tracking?.CustomizedMetricSpecification?.MetricName;
  const value = tracking?.TargetValue;
  return { kind: 'policy', name, ...(metric ? { metric } : {}), ...(value === undefined ? {} : { value }) };
}
