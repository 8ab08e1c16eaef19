// The AWS calls of the ECS driver.
import type { ECS } from '@aws-sdk/client-ecs';
import type { DescribeImagesCommandInput } from '@aws-sdk/client-ecr';
import type * as Ecs from '@aws-sdk/client-ecs';
import type { Clients } from '../clients.ts';
import { describeWhole, registerWhole, type Json } from './whole.ts';

export const id = 'ecs';
export type Api = ReturnType<typeof api>;

/** IAM actions behind the calls below. */
export const permissions = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:DescribeScalingPolicies',
  'application-autoscaling:DescribeScheduledActions',
  'application-autoscaling:RegisterScalableTarget',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'ecr:DescribeImages',
  'ecs:ContinueServiceDeployment',
  'ecs:DescribeServiceDeployments',
  'ecs:DescribeServiceRevisions',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:ListClusters',
  'ecs:ListServiceDeployments',
  'ecs:ListServices',
  'ecs:ListTaskDefinitions',
  'ecs:ListTasks',
  'ecs:RegisterTaskDefinition',
  'ecs:StopServiceDeployment',
  'ecs:UpdateService',
  'servicequotas:GetServiceQuota',
] as const;

const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';

export const implied = [
  // Task and execution role of the task definition that is copied; to be granted for those roles only.
  { action: 'iam:PassRole', source: `${guide}/security_iam_id-based-policy-examples.html` },
  // Registering with tags is authorised on its own.
  { action: 'ecs:TagResource', source: `${guide}/supported-iam-actions-tagging.html` },
  // The first scalable target of an account.
  {
    action: 'iam:CreateServiceLinkedRole',
    source:
      'https://docs.aws.amazon.com/autoscaling/application/userguide/application-auto-scaling-service-linked-roles.html',
  },
] as const;

/** What Application Auto Scaling scales here. */
export const dimension = { ServiceNamespace: 'ecs', ScalableDimension: 'ecs:service:DesiredCount' } as const;

/** Calls by region. What they throw is a PlatformError. */
export function api(made: Clients) {
  const read = <T>(region: string, call: (ecs: ECS) => Promise<T>): Promise<T> => made.ecs(region).then(call);
  const write = <T>(region: string, call: (ecs: ECS) => Promise<T>): Promise<T> => made.ecs(region, 'write').then(call);

  return {
    clusters: (region: string, nextToken?: string) => read(region, (ecs) => ecs.listClusters({ nextToken })),
    services: (region: string, cluster: string, nextToken?: string) =>
      read(region, (ecs) => ecs.listServices({ cluster, maxResults: 100, nextToken })),
    describe: (region: string, cluster: string, services: string[]) =>
      read(region, (ecs) => ecs.describeServices({ cluster, services, include: ['TAGS'] })),
    taskDefinition: (region: string, taskDefinition: string) =>
      read(region, (ecs) => ecs.describeTaskDefinition({ taskDefinition, include: ['TAGS'] })),
    revisionsOfFamily: (region: string, familyPrefix: string) =>
      read(region, (ecs) => ecs.listTaskDefinitions({ familyPrefix, sort: 'DESC', maxResults: 5 })),
    tasks: (region: string, cluster: string, serviceName: string, desiredStatus: Ecs.DesiredStatus) =>
      read(region, (ecs) => ecs.listTasks({ cluster, serviceName, desiredStatus, maxResults: 100 })),
    describeTasks: (region: string, cluster: string, tasks: string[]) =>
      read(region, (ecs) => ecs.describeTasks({ cluster, tasks })),
    serviceDeployments: (region: string, input: Ecs.ListServiceDeploymentsCommandInput) =>
      read(region, (ecs) => ecs.listServiceDeployments(input)),
    wholeDeployments: (region: string, serviceDeploymentArns: string[]) =>
      read(region, (ecs) => ecs.describeServiceDeployments({ serviceDeploymentArns })),
    revisions: (region: string, serviceRevisionArns: string[]) =>
      read(region, (ecs) => ecs.describeServiceRevisions({ serviceRevisionArns })),
    scalableTargets: async (region: string, ids: string[]) =>
      (await made.scaling(region)).describeScalableTargets({ ...dimension, ResourceIds: ids }),
    scheduledActions: async (region: string, ResourceId: string) =>
      (await made.scaling(region)).describeScheduledActions({ ...dimension, ResourceId }),
    scalingPolicies: async (region: string, ResourceId: string) =>
      (await made.scaling(region)).describeScalingPolicies({ ...dimension, ResourceId }),
    /** vCPUs of Fargate On-Demand tasks: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
    vcpuQuota: async (region: string) =>
      (await made.quotas(region)).getServiceQuota({ ServiceCode: 'fargate', QuotaCode: 'L-3032A538' }),
    images: async (region: string, input: DescribeImagesCommandInput) => (await made.ecr(region)).describeImages(input),
    /** What is left out stays as it is. */
    setScale: async (region: string, ResourceId: string, { min, max }: { min?: number; max?: number }) =>
      (await made.scaling(region, 'write')).registerScalableTarget({
        ...dimension,
        ResourceId,
        ...(min === undefined ? {} : { MinCapacity: min }),
        ...(max === undefined ? {} : { MaxCapacity: max }),
      }),
    update: (region: string, input: Ecs.UpdateServiceCommandInput) => write(region, (ecs) => ecs.updateService(input)),
    describedWhole: (region: string, arn: string) => read(region, (ecs) => describeWhole(ecs, arn)),
    registerWhole: (region: string, body: Json) => write(region, (ecs) => registerWhole(ecs, body)),
    decide: (region: string, input: Ecs.ContinueServiceDeploymentCommandInput) =>
      write(region, (ecs) => ecs.continueServiceDeployment(input)),
    stop: (region: string, serviceDeploymentArn: string) =>
      write(region, (ecs) => ecs.stopServiceDeployment({ serviceDeploymentArn, stopType: 'ROLLBACK' })),
  };
}
