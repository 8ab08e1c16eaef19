// Services and their deployments as ECS answers them.
import { isUnderWay } from './ecs-deployments.ts';
import { active } from './ecs-events.ts';
import { taskDefinitionOf } from './ecs-store.ts';
import { digestOf, fargate, when } from './ecs-task-view.ts';
import { containersOf } from './ecs-task-definitions.ts';
import type { Deployment, EcsService, Revision, ServiceDeployment, Task } from './ecs-types.ts';
import { text } from './params.ts';
import type { World } from './world.ts';

const network = {
  awsvpcConfiguration: {
    subnets: ['subnet-0a1b2c3d4e5f60001', 'subnet-0a1b2c3d4e5f60002'],
    securityGroups: ['sg-0a1b2c3d4e5f60003'],
    assignPublicIp: 'DISABLED',
  },
};

function counts(tasks: readonly Task[]): { runningCount: number; pendingCount: number } {
  return {
    runningCount: tasks.filter((task) => task.lastStatus === 'RUNNING').length,
    pendingCount: tasks.filter(
      (task) => ['PROVISIONING', 'PENDING'].includes(task.lastStatus) && task.desiredStatus === 'RUNNING',
    ).length,
  };
}

export function serviceView(service: EcsService, withTags: boolean): unknown {
  const primary = service.deployments[0];
  const current = primary?.serviceDeployment;
  const byController = service.controller === 'ECS';
  return {
    serviceArn: service.arn,
    serviceName: service.name,
    clusterArn: service.cluster.arn,
    loadBalancers: loadBalancers(service),
    serviceRegistries: [],
    status: 'ACTIVE',
    desiredCount: service.desired,
    ...counts(service.tasks),
    ...fargate,
    taskDefinition: primary?.taskDefinition,
    deploymentConfiguration: deploymentConfiguration(service),
    taskSets: byController ? undefined : service.deployments.map((it) => taskSetView(service, it)),
    deployments: byController ? service.deployments.map((it) => deploymentView(service, it)) : [],
    roleArn:
      service.targetGroup && `${arnStart(service, 'iam')}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    events: service.events.map((it) => ({ id: it.id, createdAt: new Date(it.at), message: it.message })),
    createdAt: new Date(service.createdAt),
    currentServiceDeployment: byController && current && isUnderWay(current) ? current.arn : undefined,
    currentServiceRevisions: byController ? service.deployments.map((it) => revisionSummary(service, it.revision)) : [],
    placementConstraints: [],
    placementStrategy: [],
    networkConfiguration: network,
    healthCheckGracePeriodSeconds: service.targetGroup ? 30 : 0,
    schedulingStrategy: 'REPLICA',
    deploymentController: { type: service.controller },
    createdBy: `${arnStart(service, 'iam')}:role/shop-deploy`,
    enableECSManagedTags: true,
    propagateTags: 'SERVICE',
    enableExecuteCommand: false,
    availabilityZoneRebalancing: 'ENABLED',
    tags: withTags ? service.tags : undefined,
  };
}

function arnStart(service: EcsService, of: string): string {
  return `arn:aws:${of}::${service.arn.split(':')[4]}`;
}

function loadBalancers({ targetGroup }: EcsService): unknown[] {
  if (!targetGroup) return [];
  const { arn, container, port } = targetGroup;
  return [{ targetGroupArn: arn, containerName: container, containerPort: port }];
}

function deploymentConfiguration(service: EcsService): unknown {
  const { maximumPercent, minimumHealthyPercent, hooks, alarmed } = service;
  if (service.controller !== 'ECS') return { maximumPercent, minimumHealthyPercent };
  return {
    deploymentCircuitBreaker: service.breaker,
    maximumPercent,
    minimumHealthyPercent,
    strategy: service.strategy ?? 'ROLLING',
    bakeTimeInMinutes: service.bakeMinutes ?? 0,
    alarms: alarmed && { alarmNames: alarmed.names, enable: true, rollback: alarmed.rollback },
    lifecycleHooks: hooks?.map((it) => ({
      targetType: 'PAUSE',
      lifecycleStages: it.stages,
      timeoutConfiguration: { timeoutInMinutes: it.minutes, action: it.action },
    })),
  };
}

function deploymentView(service: EcsService, deployment: Deployment): unknown {
  const isPrimary = deployment === service.deployments[0];
  return {
    id: deployment.id,
    status: isPrimary ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: deployment.taskDefinition,
    desiredCount: isPrimary ? service.desired : active(service).filter((it) => it.deployment === deployment).length,
    ...counts(service.tasks.filter((it) => it.deployment === deployment)),
    failedTasks: deployment.failed,
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...fargate,
    networkConfiguration: network,
    rolloutState: deployment.state,
    rolloutStateReason: deployment.reason,
  };
}

function taskSetView(service: EcsService, deployment: Deployment): unknown {
  return {
    id: deployment.id,
    taskSetArn: `${service.arn.replace(':service/', ':task-set/')}/${deployment.id}`,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedBy: 'CODE_DEPLOY',
    externalId: 'd-0A1B2C3D4',
    status: deployment === service.deployments[0] ? 'PRIMARY' : 'ACTIVE',
    taskDefinition: deployment.taskDefinition,
    computedDesiredCount: service.desired,
    ...counts(service.tasks.filter((it) => it.deployment === deployment)),
    createdAt: new Date(deployment.createdAt),
    updatedAt: new Date(deployment.updatedAt),
    ...fargate,
    networkConfiguration: network,
    loadBalancers: loadBalancers(service),
    serviceRegistries: [],
    scale: { value: 100, unit: 'PERCENT' },
    stabilityStatus: deployment.state === 'COMPLETED' ? 'STEADY_STATE' : 'STABILIZING',
    stabilityStatusAt: new Date(deployment.updatedAt),
    tags: [],
  };
}

function revisionSummary(service: EcsService, arn: string): unknown {
  const owner = service.deployments.find((it) => it.revision === arn);
  const tasks = owner ? service.tasks.filter((it) => it.deployment === owner) : [];
  const { runningCount, pendingCount } = counts(tasks);
  const requested = owner && owner === service.deployments[0] ? service.desired : runningCount + pendingCount;
  return { arn, requestedTaskCount: requested, runningTaskCount: runningCount, pendingTaskCount: pendingCount };
}

export function serviceDeploymentBrief(service: EcsService, made: ServiceDeployment): unknown {
  return {
    serviceDeploymentArn: made.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    startedAt: when(made.startedAt),
    createdAt: when(made.createdAt),
    finishedAt: when(made.finishedAt),
    targetServiceRevisionArn: made.target,
    status: made.status,
    statusReason: made.statusReason,
  };
}

export function serviceDeploymentView(service: EcsService, made: ServiceDeployment): unknown {
  const { rollback, breaker, alarms } = made;
  return {
    serviceDeploymentArn: made.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    createdAt: when(made.createdAt),
    startedAt: when(made.startedAt),
    finishedAt: when(made.finishedAt),
    stoppedAt: when(made.stoppedAt),
    updatedAt: when(made.updatedAt),
    sourceServiceRevisions: made.sources.map((arn) => revisionSummary(service, arn)),
    targetServiceRevision: revisionSummary(service, made.target),
    status: made.status,
    statusReason: made.statusReason,
    lifecycleStage: isUnderWay(made) ? (made.stage ?? 'SCALE_UP') : undefined,
    lifecycleHookDetails: made.hooks?.map((it) => ({
      hookId: it.id,
      targetType: 'PAUSE',
      status: it.status,
      expiresAt: when(it.expiresAt),
      timeoutAction: it.action,
    })),
    deploymentConfiguration: deploymentConfiguration(service),
    rollback: rollback && { ...rollback, startedAt: when(rollback.startedAt) },
    deploymentCircuitBreaker: { status: breaker.status, failureCount: breaker.count, threshold: breaker.threshold },
    alarms: {
      status: !alarms ? 'DISABLED' : alarms.triggered.length > 0 ? 'TRIGGERED' : alarmStatus(made),
      alarmNames: alarms?.names ?? [],
      triggeredAlarmNames: alarms?.triggered ?? [],
    },
  };
}

const alarmStatus = (made: ServiceDeployment) => (isUnderWay(made) ? 'MONITORING' : 'MONITORING_COMPLETE');

export function revisionView(world: World, service: EcsService, revision: Revision): unknown {
  const definition = taskDefinitionOf(world, service.cluster.region, revision.taskDefinition);
  return {
    serviceRevisionArn: revision.arn,
    serviceArn: service.arn,
    clusterArn: service.cluster.arn,
    taskDefinition: revision.taskDefinition,
    ...fargate,
    loadBalancers: loadBalancers(service),
    networkConfiguration: network,
    containerImages: containersOf(definition).map((it) => ({
      containerName: text(it, 'name'),
      image: text(it, 'image'),
      imageDigest: digestOf(world, it),
    })),
    guardDutyEnabled: false,
    createdAt: when(revision.createdAt),
  };
}
