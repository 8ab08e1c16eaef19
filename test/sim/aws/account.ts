// A simulated account with a clock that moves only when told, and the real SDK clients on it.
import { ApplicationAutoScalingClient } from '@aws-sdk/client-application-auto-scaling';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { ECRClient } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  RegisterTaskDefinitionCommand,
  UpdateServiceCommand,
  type Service,
  type ServiceDeployment,
  DescribeServiceDeploymentsCommand,
  ListServiceDeploymentsCommand,
  DescribeTasksCommand,
  ListTasksCommand,
  type Task,
} from '@aws-sdk/client-ecs';
import { ElasticBeanstalkClient } from '@aws-sdk/client-elastic-beanstalk';
import { LexRuntimeV2Client } from '@aws-sdk/client-lex-runtime-v2';
import { STSClient } from '@aws-sdk/client-sts';
import { TranslateClient } from '@aws-sdk/client-translate';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { onTestFinished } from 'vitest';
import { simAws, type LexBotFiles } from '../../../src/sim/aws/server.ts';

export const start = Date.parse('2026-11-23T11:32:00Z');

export type Account = Awaited<ReturnType<typeof account>>;

/** Closed when the test is over. `step` moves time on by seconds. */
export async function account(options: { speed?: number; lex?: LexBotFiles[] } = {}) {
  let now = start;
  const sim = await simAws({ ...options, clock: { now: () => now } });
  const inRegion = (region: string) => ({
    region,
    endpoint: sim.url,
    maxAttempts: 1,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
  });
  const config = inRegion('ap-northeast-2');
  const clients = {
    ecs: new ECSClient(config),
    ecsUs: new ECSClient(inRegion('us-west-2')),
    scaling: new ApplicationAutoScalingClient(config),
    beanstalk: new ElasticBeanstalkClient(config),
    cloudwatch: new CloudWatchClient(config),
    ecr: new ECRClient(config),
    sts: new STSClient(config),
    /** HTTP/2, as this client speaks by itself. */
    lex: new LexRuntimeV2Client(config),
    lex1: new LexRuntimeV2Client({ ...config, requestHandler: new NodeHttpHandler() }),
    translate: new TranslateClient(config),
  };
  onTestFinished(async () => {
    for (const client of Object.values(clients)) client.destroy();
    await sim.close();
  });
  return {
    ...clients,
    url: sim.url,
    control: sim.control,
    now: () => now,
    step(seconds: number) {
      now += seconds * 1000;
    },
  };
}

export async function service({ ecs }: Account, name: string, cluster = 'shop'): Promise<Service> {
  const { services } = await ecs.send(new DescribeServicesCommand({ cluster, services: [name], include: ['TAGS'] }));
  const found = services?.[0];
  if (!found) throw new Error(`no service ${name}`);
  return found;
}

/** Registers the service's task definition with another tag and deploys it, as a careful program would. */
export async function deploy(on: Account, name: string, tag: string): Promise<string> {
  const { taskDefinition: current } = await service(on, name);
  const read = await on.ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: current, include: ['TAGS'] }));
  const { taskDefinition, tags } = read;
  if (!taskDefinition) throw new Error('no task definition');
  const {
    taskDefinitionArn: _arn,
    revision: _revision,
    status: _status,
    requiresAttributes: _attributes,
    compatibilities: _compatibilities,
    registeredAt: _at,
    registeredBy: _by,
    ...body
  } = taskDefinition;
  const containers = body.containerDefinitions?.map((it, index) =>
    index === 0 ? { ...it, image: it.image?.replace(/:[^:]*$/u, `:${tag}`) } : it,
  );
  const input = { ...body, family: body.family, containerDefinitions: containers, tags };
  const made = await on.ecs.send(new RegisterTaskDefinitionCommand(input));
  const next = made.taskDefinition?.taskDefinitionArn;
  await on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: name, taskDefinition: next }));
  return next ?? '';
}

/** Newest first, whole. */
export async function serviceDeployments(on: Account, name: string): Promise<ServiceDeployment[]> {
  const listed = await on.ecs.send(new ListServiceDeploymentsCommand({ cluster: 'shop', service: name }));
  const arns = listed.serviceDeployments?.flatMap((it) => it.serviceDeploymentArn ?? []) ?? [];
  const found = await on.ecs.send(new DescribeServiceDeploymentsCommand({ serviceDeploymentArns: arns }));
  return found.serviceDeployments ?? [];
}

export async function tasks(on: Account, name: string, status: 'RUNNING' | 'STOPPED'): Promise<Task[]> {
  const asked = { cluster: 'shop', serviceName: name, desiredStatus: status };
  const { taskArns = [] } = await on.ecs.send(new ListTasksCommand(asked));
  if (taskArns.length === 0) return [];
  const found = await on.ecs.send(new DescribeTasksCommand({ cluster: 'shop', tasks: taskArns }));
  return found.tasks ?? [];
}

export function words(found: Service): string[] {
  return found.events?.map((it) => it.message ?? '') ?? [];
}

export function dimensions(named: Record<string, string>): { Name: string; Value: string }[] {
  return Object.entries(named).map(([Name, Value]) => ({ Name, Value }));
}
