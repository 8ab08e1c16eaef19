// Application Auto Scaling for ECS services. https://docs.aws.amazon.com/autoscaling/application/APIReference/API_Operations.html
import type { ScalableTarget, ScalingActivity } from './autoscaling-types.ts';
import { denied, setDesired } from './ecs-changes.ts';
import { serviceByResource } from './ecs-store.ts';
import type { EcsService } from './ecs-types.ts';
import { awsError } from './errors.ts';
import { isParams, number, page, text, texts, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';
import type { World } from './world.ts';

const dimension = 'ecs:service:DesiredCount';
/** Unsped milliseconds until the capacity follows, and until an activity is over. */
const follow = 3000;
const fulfil = 60_000;

function refuse(words: string): never {
  throw awsError('ValidationException', words);
}

function checkNamespace(params: Params): void {
  const namespace = text(params, 'ServiceNamespace');
  if (namespace === undefined) refuse('ServiceNamespace cannot be empty.');
  const asked = text(params, 'ScalableDimension');
  if (asked !== undefined && asked !== dimension)
    refuse(`Unsupported service namespace, resource type or scalable dimension: ${asked}`);
}

const registerScalableTarget: Route = (params, { world, region }) => {
  checkNamespace(params);
  const resourceId = text(params, 'ResourceId') ?? refuse('ResourceId cannot be empty.');
  const service = serviceByResource(world, region, resourceId);
  if (!service) return refuse(`ECS service doesn't exist: ${resourceId}`);
  const existing = world.scalableTargets.find((it) => it.region === region && it.resourceId === resourceId);
  const min = number(params, 'MinCapacity') ?? existing?.min;
  const max = number(params, 'MaxCapacity') ?? existing?.max;
  if (min === undefined || max === undefined) {
    return refuse('MinCapacity and MaxCapacity are required when registering a new scalable target.');
  }
  if (min < 0) return refuse('Minimum capacity cannot be a negative number');
  if (min > max) return refuse('Maximum capacity cannot be less than minimum capacity');
  const target = existing ?? newTarget(world, region, resourceId);
  if (!existing) world.scalableTargets.push(target);
  Object.assign(target, { min, max });
  const { suspended } = target;
  const asked = isParams(params['SuspendedState']) ? params['SuspendedState'] : {};
  suspended.in = (asked['DynamicScalingInSuspended'] ?? suspended.in) === true;
  suspended.out = (asked['DynamicScalingOutSuspended'] ?? suspended.out) === true;
  suspended.scheduled = (asked['ScheduledScalingSuspended'] ?? suspended.scheduled) === true;
  world.timeline.after(follow, () => pullIntoRange(world, target, service));
  return { ScalableTargetARN: target.arn };
};

function newTarget(world: World, region: string, resourceId: string): ScalableTarget {
  return {
    arn: `arn:aws:application-autoscaling:${region}:${world.account}:scalable-target/0ec5${world.ids.hex(32)}`,
    region,
    resourceId,
    min: 0,
    max: 0,
    createdAt: world.timeline.now(),
    suspended: { in: false, out: false, scheduled: false },
  };
}

/** The desired count follows a new minimum or maximum, which makes a scaling activity. */
function pullIntoRange(world: World, target: ScalableTarget, service: EcsService): void {
  const desired = Math.min(target.max, Math.max(target.min, service.desired));
  if (desired === service.desired) return;
  const bound = desired > service.desired ? 'minimum' : 'maximum';
  const activity: ScalingActivity = {
    id: world.ids.uuid(),
    region: target.region,
    resourceId: target.resourceId,
    description: `Setting desired count to ${desired}.`,
    cause: `${bound} capacity was set to ${desired}`,
    startedAt: world.timeline.now(),
    status: 'InProgress',
    message: `Successfully set desired count to ${desired}. Waiting for change to be fulfilled by ecs.`,
  };
  world.scalingActivities.unshift(activity);
  setDesired(world, service, desired);
  world.timeline.after(fulfil, () => {
    activity.endedAt = world.timeline.now();
    activity.status = 'Successful';
    activity.message = `Successfully set desired count to ${desired}. Change successfully fulfilled by ecs.`;
  });
}

const common = { ServiceNamespace: 'ecs', ScalableDimension: dimension };

/** Everything of the region, narrowed by resource, one page of it. */
function listed<T extends { region: string; resourceId: string }>(
  name: string,
  all: readonly T[],
  view: (item: T) => unknown,
): Route {
  return (params, { region }) => {
    checkNamespace(params);
    const ids = texts(params, 'ResourceIds') ?? [text(params, 'ResourceId')].filter((it) => it !== undefined);
    const mine = all.filter((it) => it.region === region && (ids.length === 0 || ids.includes(it.resourceId)));
    const isEcs = text(params, 'ServiceNamespace') === 'ecs';
    const size = number(params, 'MaxResults') ?? 50;
    if (size < 1 || size > 50) refuse('MaxResults must be between 1 and 50.');
    const found = page(isEcs ? mine : [], size, text(params, 'NextToken'), 'InvalidNextTokenException');
    return { [name]: found.page.map(view), NextToken: found.next };
  };
}

const describeScalableTargets: Route = (params, context) =>
  listed('ScalableTargets', context.world.scalableTargets, (it) => ({
    ...common,
    ResourceId: it.resourceId,
    MinCapacity: it.min,
    MaxCapacity: it.max,
    RoleARN: `arn:aws:iam::${context.world.account}:role/aws-service-role/ecs.application-autoscaling.amazonaws.com/AWSServiceRoleForApplicationAutoScaling_ECSService`,
    CreationTime: new Date(it.createdAt),
    SuspendedState: {
      DynamicScalingInSuspended: it.suspended.in,
      DynamicScalingOutSuspended: it.suspended.out,
      ScheduledScalingSuspended: it.suspended.scheduled,
    },
    ScalableTargetARN: it.arn,
  }))(params, context);

const describeScalingPolicies: Route = (params, context) =>
  listed('ScalingPolicies', context.world.scalingPolicies, (it) => ({
    ...common,
    PolicyARN: it.arn,
    PolicyName: it.name,
    ResourceId: it.resourceId,
    PolicyType: 'TargetTrackingScaling',
    TargetTrackingScalingPolicyConfiguration: {
      TargetValue: it.target,
      PredefinedMetricSpecification: { PredefinedMetricType: it.metric },
      ScaleOutCooldown: 60,
      ScaleInCooldown: 300,
      DisableScaleIn: false,
    },
    Alarms: [],
    CreationTime: new Date(it.createdAt),
  }))(params, context);

const describeScheduledActions: Route = (params, context) =>
  listed('ScheduledActions', context.world.scheduledActions, (it) => ({
    ...common,
    ScheduledActionName: it.name,
    ScheduledActionARN: it.arn,
    ResourceId: it.resourceId,
    Schedule: it.schedule,
    Timezone: it.timezone,
    ScalableTargetAction: { MinCapacity: it.min, MaxCapacity: it.max },
    CreationTime: new Date(it.createdAt),
  }))(params, context);

const describeScalingActivities: Route = (params, context) =>
  listed('ScalingActivities', context.world.scalingActivities, (it) => ({
    ...common,
    ActivityId: it.id,
    ResourceId: it.resourceId,
    Description: it.description,
    Cause: it.cause,
    StartTime: new Date(it.startedAt),
    EndTime: it.endedAt === undefined ? undefined : new Date(it.endedAt),
    StatusCode: it.status,
    StatusMessage: it.message,
  }))(params, context);

export const autoscaling: Service = {
  id: 'application-autoscaling',
  signing: 'application-autoscaling',
  wire: { protocol: 'json', version: '1.1', target: 'AnyScaleFrontendService' },
  routes: {
    RegisterScalableTarget: registerScalableTarget,
    DescribeScalableTargets: describeScalableTargets,
    DescribeScalingPolicies: describeScalingPolicies,
    DescribeScheduledActions: describeScheduledActions,
    DescribeScalingActivities: describeScalingActivities,
  },
  fault(kind, operation, { caller }: Context) {
    if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
    if (kind === 'error')
      return awsError('InternalServiceException', 'The service encountered an internal error.', 500);
    return awsError('AccessDeniedException', denied(caller, `application-autoscaling:${operation}`));
  },
};
