// ECS, the operations that change something, and its route table.
import { awsError } from './errors.ts';
import { watchAlarms } from './ecs-alarms.ts';
import { beginDeployment, rollBack } from './ecs-deployments.ts';
import { record } from './ecs-events.ts';
import { ecsReads } from './ecs-routes.ts';
import { look } from './ecs-scheduler.ts';
import { decide } from './ecs-stages.ts';
import { serviceDeploymentByArn, serviceOf, taskDefinitionOf } from './ecs-store.ts';
import { isTag, register, taskDefinitionView } from './ecs-task-definitions.ts';
import type { EcsService, Tag } from './ecs-types.ts';
import { serviceView } from './ecs-views.ts';
import { flag, items, number, required, text } from './params.ts';
import type { Context, Route, Service } from './route.ts';
import type { World } from './world.ts';

/** Sets the desired count; nothing happens when it is that already. */
export function setDesired(world: World, service: EcsService, desired: number): void {
  if (service.desired === desired) return;
  service.desired = desired;
  record(world, service);
  look(world, service);
}

/** Starts a deployment of a task definition that exists. */
export function deployService(world: World, service: EcsService, taskDefinition: string): void {
  const deployment = beginDeployment(world, service, taskDefinition);
  watchAlarms(world, service, deployment, () => look(world, service));
  look(world, service);
}

const updateService: Route = (params, context) => {
  const { world, region } = context;
  const service = serviceOf(params, context);
  const desired = number(params, 'desiredCount');
  if (desired !== undefined && (desired < 0 || !Number.isInteger(desired))) {
    throw awsError('InvalidParameterException', 'desiredCount must be a non-negative integer.');
  }
  const wanted = text(params, 'taskDefinition');
  const isForced = flag(params, 'forceNewDeployment');
  if (service.controller === 'CODE_DEPLOY') refuseDeployment(wanted, isForced);
  const definition = wanted === undefined ? undefined : taskDefinitionOf(world, region, wanted);
  if (wanted !== undefined && !definition) throw awsError('ClientException', 'TaskDefinition not found.');
  if (definition?.deregisteredAt !== undefined) throw awsError('ClientException', 'TaskDefinition is inactive');
  const current = service.deployments[0]?.taskDefinition;
  const next = definition?.arn ?? current;
  if (desired !== undefined) setDesired(world, service, desired);
  if (next !== undefined && (isForced || next !== current)) deployService(world, service, next);
  return { service: serviceView(service, true) };
};

function refuseDeployment(taskDefinition: string | undefined, isForced: boolean): void {
  const how = 'Use AWS CodeDeploy to trigger a new deployment.';
  if (taskDefinition !== undefined) {
    const what = 'Unable to update task definition on services with a CODE_DEPLOY deployment controller.';
    throw awsError('InvalidParameterException', `${what} ${how}`);
  }
  if (!isForced) return;
  const what = 'Cannot force a new deployment on services with a CODE_DEPLOY deployment controller.';
  throw awsError('InvalidParameterException', `${what} ${how}`);
}

const registerTaskDefinition: Route = (params, context) => {
  const made = register(params, context);
  return { taskDefinition: taskDefinitionView(made), tags: made.tags };
};

const stopServiceDeployment: Route = (params, context) => {
  const arn = required(params, 'serviceDeploymentArn');
  const found = serviceDeploymentByArn(context, arn);
  if (!found) throw awsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
  const { service, deployment } = found;
  if ((text(params, 'stopType') ?? 'ROLLBACK') !== 'ROLLBACK') {
    throw awsError('InvalidParameterException', 'The stop type is not supported.');
  }
  if (deployment.status !== 'IN_PROGRESS' && deployment.status !== 'PENDING') {
    const words = `Cannot stop the service deployment because it is in ${deployment.status} status.`;
    throw awsError('ConflictException', words);
  }
  if (!rollBack(context.world, service, 'Service deployment rolled back because of a StopServiceDeployment request.')) {
    throw awsError('ConflictException', 'There is no service revision to roll back to.');
  }
  look(context.world, service);
  return { serviceDeploymentArn: arn };
};

const continueServiceDeployment: Route = (params, context) => {
  const arn = required(params, 'serviceDeploymentArn');
  const hookId = required(params, 'hookId');
  const action = text(params, 'action') ?? 'CONTINUE';
  if (action !== 'CONTINUE' && action !== 'ROLLBACK') {
    throw awsError('InvalidParameterException', 'The action is not valid.');
  }
  const found = serviceDeploymentByArn(context, arn);
  if (!found) throw awsError('ServiceDeploymentNotFoundException', 'Service deployment not found.');
  const run = found.deployment.hooks?.find((it) => it.id === hookId);
  if (run?.status !== 'AWAITING_ACTION' || found.deployment.status !== 'IN_PROGRESS') {
    throw awsError('InvalidParameterException', 'The lifecycle hook is not awaiting an action.');
  }
  decide(context.world, found.service, run, action);
  look(context.world, found.service);
  return { serviceDeploymentArn: arn };
};

/** The tags of what an ARN names: a cluster, a service or a task definition. */
function tagsAt(arn: string, { world, region }: Context): Tag[] {
  const clusters = world.clusters.filter((it) => it.region === region);
  const definition = arn.includes(':task-definition/') ? taskDefinitionOf(world, region, arn) : undefined;
  const found = [...clusters, ...clusters.flatMap((it) => it.services)].find((it) => it.arn === arn) ?? definition;
  if (!found) throw awsError('InvalidParameterException', 'The specified resource could not be found.');
  return found.tags;
}

const listTags: Route = (params, context) => ({ tags: tagsAt(required(params, 'resourceArn'), context) });

const tagResource: Route = (params, context) => {
  const tags = tagsAt(required(params, 'resourceArn'), context);
  for (const tag of items(params, 'tags').filter(isTag)) {
    const old = tags.find((it) => it.key === tag.key);
    if (old) old.value = tag.value;
    else tags.push({ key: tag.key, value: tag.value });
  }
  return {};
};

export const ecs: Service = {
  id: 'ecs',
  signing: 'ecs',
  wire: { protocol: 'json', version: '1.1', target: 'AmazonEC2ContainerServiceV20141113' },
  routes: {
    ...ecsReads,
    UpdateService: updateService,
    RegisterTaskDefinition: registerTaskDefinition,
    StopServiceDeployment: stopServiceDeployment,
    ContinueServiceDeployment: continueServiceDeployment,
    ListTagsForResource: listTags,
    TagResource: tagResource,
  },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
    if (kind === 'error') return awsError('ServerException', 'Service Unavailable. Please try again later.', 500);
    return awsError('AccessDeniedException', denied(caller, `ecs:${operation}`));
  },
};

/** What IAM says when nothing allows `action`. */
export function denied(caller: string, action: string): string {
  return `User: ${caller} is not authorized to perform: ${action} because no identity-based policy allows the ${action} action`;
}
