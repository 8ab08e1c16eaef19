// The AWS calls of the ECS driver, each a read or a write, with its clients a region.
import type * as Scaling from '@aws-sdk/client-application-auto-scaling';
import type * as Ecr from '@aws-sdk/client-ecr';
import type * as Ecs from '@aws-sdk/client-ecs';
import { read, write } from '../aws-errors.ts';
import { perRegion, reading, writing } from '../clients.ts';

export const id = 'ecs';
export type Sdk = { ecs: typeof Ecs; scaling: typeof Scaling; ecr: typeof Ecr };
export type Api = ReturnType<typeof api>;

/** IAM actions behind the calls below. iam:PassRole goes with RegisterTaskDefinition and is given for listed roles only. */
export const permissions = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:RegisterScalableTarget',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'cloudwatch:ListMetrics',
  'ecr:DescribeImages',
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
  'ecs:TagResource',
  'ecs:UpdateService',
] as const;

/** Loads the SDKs on first use and answers the calls of one region. */
export function api() {
  const sdk = once(async (): Promise<Sdk> => {
    const [ecs, scaling, ecr] = await Promise.all([
      import('@aws-sdk/client-ecs'),
      import('@aws-sdk/client-application-auto-scaling'),
      import('@aws-sdk/client-ecr'),
    ]);
    return { ecs, scaling, ecr };
  });
  const clients = perRegion((region) =>
    once(async () => {
      const { ecs, scaling, ecr } = await sdk();
      return {
        reads: new ecs.ECSClient(reading(region)),
        writes: new ecs.ECSClient(writing(region)),
        scalingReads: new scaling.ApplicationAutoScalingClient(reading(region)),
        scalingWrites: new scaling.ApplicationAutoScalingClient(writing(region)),
        images: new ecr.ECRClient(reading(region)),
        sdk: { ecs, scaling, ecr },
      };
    }),
  );
  type Clients = Awaited<ReturnType<ReturnType<typeof clients>>>;
  const asked = <T>(region: string, operation: string, call: (made: Clients) => Promise<T>): Promise<T> =>
    read(id, operation, clients(region)().then(call));
  const told = <T>(region: string, operation: string, call: (made: Clients) => Promise<T>): Promise<T> =>
    clients(region)().then((made) => write(id, operation, call(made)));

  return {
    clusters: (region: string, nextToken?: string) =>
      asked(region, 'ListClusters', (it) => it.reads.send(new it.sdk.ecs.ListClustersCommand({ nextToken }))),
    services: (region: string, cluster: string, nextToken?: string) =>
      asked(region, 'ListServices', (it) =>
        it.reads.send(new it.sdk.ecs.ListServicesCommand({ cluster, maxResults: 100, nextToken })),
      ),
    describe: (region: string, cluster: string, names: string[]) =>
      asked(region, 'DescribeServices', (it) =>
        it.reads.send(new it.sdk.ecs.DescribeServicesCommand({ cluster, services: names })),
      ),
    taskDefinition: (region: string, taskDefinition: string) =>
      asked(region, 'DescribeTaskDefinition', (it) =>
        it.reads.send(new it.sdk.ecs.DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] })),
      ),
    revisionsOfFamily: (region: string, familyPrefix: string) =>
      asked(region, 'ListTaskDefinitions', (it) =>
        it.reads.send(new it.sdk.ecs.ListTaskDefinitionsCommand({ familyPrefix, sort: 'DESC', maxResults: 5 })),
      ),
    tasks: (region: string, cluster: string, serviceName: string, desiredStatus: Ecs.DesiredStatus) =>
      asked(region, 'ListTasks', (it) =>
        it.reads.send(new it.sdk.ecs.ListTasksCommand({ cluster, serviceName, desiredStatus, maxResults: 100 })),
      ),
    describeTasks: (region: string, cluster: string, tasks: string[]) =>
      asked(region, 'DescribeTasks', (it) => it.reads.send(new it.sdk.ecs.DescribeTasksCommand({ cluster, tasks }))),
    serviceDeployments: (region: string, input: Ecs.ListServiceDeploymentsCommandInput) =>
      asked(region, 'ListServiceDeployments', (it) =>
        it.reads.send(new it.sdk.ecs.ListServiceDeploymentsCommand(input)),
      ),
    revisions: (region: string, serviceRevisionArns: string[]) =>
      asked(region, 'DescribeServiceRevisions', (it) =>
        it.reads.send(new it.sdk.ecs.DescribeServiceRevisionsCommand({ serviceRevisionArns })),
      ),
    scalableTargets: (region: string, ids: string[]) =>
      asked(region, 'DescribeScalableTargets', (it) =>
        it.scalingReads.send(
          new it.sdk.scaling.DescribeScalableTargetsCommand({
            ServiceNamespace: 'ecs',
            ScalableDimension: 'ecs:service:DesiredCount',
            ResourceIds: ids,
          }),
        ),
      ),
    images: (region: string, input: Ecr.DescribeImagesCommandInput) =>
      asked(region, 'DescribeImages', (it) => it.images.send(new it.sdk.ecr.DescribeImagesCommand(input))),
    setScale: (region: string, resource: string, min: number, max: number) =>
      told(region, 'RegisterScalableTarget', (it) =>
        it.scalingWrites.send(
          new it.sdk.scaling.RegisterScalableTargetCommand({
            ServiceNamespace: 'ecs',
            ScalableDimension: 'ecs:service:DesiredCount',
            ResourceId: resource,
            MinCapacity: min,
            MaxCapacity: max,
          }),
        ),
      ),
    update: (region: string, input: Ecs.UpdateServiceCommandInput) =>
      told(region, 'UpdateService', (it) => it.writes.send(new it.sdk.ecs.UpdateServiceCommand(input))),
    register: (region: string, input: Ecs.RegisterTaskDefinitionCommandInput) =>
      told(region, 'RegisterTaskDefinition', (it) =>
        it.writes.send(new it.sdk.ecs.RegisterTaskDefinitionCommand(input)),
      ),
    stop: (region: string, serviceDeploymentArn: string) =>
      told(region, 'StopServiceDeployment', (it) =>
        it.writes.send(new it.sdk.ecs.StopServiceDeploymentCommand({ serviceDeploymentArn, stopType: 'ROLLBACK' })),
      ),
  };
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
