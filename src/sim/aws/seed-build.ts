// Builds the account from its seed by living through its past: every deployment of the seed really happens, at its time,
// so that events, history, tasks and metrics of the past fit together.
import { beginDeployment } from './ecs-deployments.ts';
import { look } from './ecs-scheduler.ts';
import { resourceIdOf } from './ecs-store.ts';
import { register } from './ecs-task-definitions.ts';
import type { Cluster, EcsService } from './ecs-types.ts';
import { hash } from './ids.ts';
import { alarmsOf } from './alarms.ts';
import { buildApplication } from './beanstalk-build.ts';
import { seedTaskDefinition } from './seed-task-definition.ts';
import type { Seed, SeedRepository, SeedService } from './seed-types.ts';
import { emptyWorld, type World } from './world.ts';

const past = 62 * 86_400_000;

/** The account as it is now by `clock`. Its past ran at AWS's own speed. */
export function buildWorld(seed: Seed, clock: { now(): number }): World {
  const now = clock.now();
  const world = emptyWorld(clock, now - past, seed.account);
  for (const repository of seed.repositories) addRepository(world, repository, now);
  for (const service of seed.services) addService(world, service, now);
  for (const application of seed.applications) buildApplication(world, application, now);
  world.timeline.catchUp();
  for (const { pause, ...of } of seed.services) if (pause) serviceNamed(world, of).hooks = [pause];
  return world;
}

function addRepository(world: World, { name, region, images }: SeedRepository, now: number): void {
  world.repositories.push({
    name,
    region,
    arn: `arn:aws:ecr:${region}:${world.account}:repository/${name}`,
    uri: `${world.account}.dkr.ecr.${region}.amazonaws.com/${name}`,
    createdAt: now - past,
    images: images.map(({ tags, ago, bad }) => ({
      digest: `sha256:${hash(`${name} ${tags[0]}`)}`,
      tags,
      pushedAt: now - ago,
      size: 90_000_000 + Number.parseInt(hash(`${name} ${tags[0]}`, 6), 16),
      ...(bad ? { bad } : {}),
    })),
  });
}

function clusterFor(world: World, { region, cluster: name, stage }: SeedService): Cluster {
  const existing = world.clusters.find((it) => it.region === region && it.name === name);
  if (existing) return existing;
  const arn = `arn:aws:ecs:${region}:${world.account}:cluster/${name}`;
  const made: Cluster = { arn, name, region, tags: [{ key: 'stage', value: stage }], services: [] };
  world.clusters.push(made);
  return made;
}

function serviceNamed(world: World, { name, cluster, region }: Pick<SeedService, 'name' | 'cluster' | 'region'>) {
  const of = world.clusters.find((it) => it.region === region && it.name === cluster);
  return of!.services.find((it) => it.name === name)!;
}

function addService(world: World, seed: SeedService, now: number): void {
  const cluster = clusterFor(world, seed);
  const service = newService(world, cluster, seed, now);
  cluster.services.push(service);
  for (const { tag, ago, by } of seed.deployments) {
    world.timeline.after(now - ago - world.timeline.now(), () => deploySeeded(world, service, seed, tag, by));
  }
  addScaling(world, service, seed);
  world.alarms.push(...alarmsOf(world, service, seed.alarms ?? []));
}

function newService(world: World, cluster: Cluster, seed: SeedService, now: number): EcsService {
  const { name, region } = seed;
  const elb = `arn:aws:elasticloadbalancing:${region}:${world.account}`;
  const short = `${seed.app}-${seed.stage}`;
  return {
    cluster,
    name,
    arn: `arn:aws:ecs:${region}:${world.account}:service/${cluster.name}/${name}`,
    createdAt: now - (seed.deployments[0]?.ago ?? 0),
    desired: seed.desired,
    deployments: [],
    serviceDeployments: [],
    revisions: [],
    tasks: [],
    events: [],
    controller: seed.controller ?? 'ECS',
    minimumHealthyPercent: 100,
    maximumPercent: 200,
    breaker: seed.breaker ?? { enable: false, rollback: false },
    ...(seed.pause ? { strategy: 'BLUE_GREEN' as const, bakeMinutes: 1 } : {}),
    ...(seed.port === undefined
      ? {}
      : {
          targetGroup: {
            arn: `${elb}:targetgroup/${short}/${hash(`group ${name} ${region}`, 16)}`,
            loadBalancer: `app/${cluster.name}/${hash(`balancer ${cluster.name} ${region}`, 16)}`,
            container: seed.app,
            port: seed.port,
          },
        }),
    tags: [
      { key: 'stage', value: seed.stage },
      { key: 'application', value: seed.app },
      { key: 'team', value: 'shop' },
      ...Object.entries(seed.tags ?? {}).map(([key, value]) => ({ key, value })),
    ],
    load: seed.load,
    perTask: (seed.load / seed.desired) * 2.2,
    steady: false,
    points: [],
  };
}

function deploySeeded(world: World, service: EcsService, seed: SeedService, tag: string, by: string): void {
  const { region } = seed;
  const image = `${world.account}.dkr.ecr.${region}.amazonaws.com/${seed.repository}:${tag}`;
  const caller = `arn:aws:sts::${world.account}:assumed-role/shop-deploy/${by}`;
  const context = { world, region, requestId: world.ids.uuid(), caller };
  const definition = register(seedTaskDefinition(seed, image, world.account), context);
  beginDeployment(world, service, definition.arn);
  look(world, service);
}

function addScaling(world: World, service: EcsService, seed: SeedService): void {
  if (!seed.scaling) return;
  const { region } = service.cluster;
  const resourceId = resourceIdOf(service);
  const prefix = `arn:aws:autoscaling:${region}:${world.account}`;
  const createdAt = service.createdAt;
  const place = { region, resourceId, createdAt };
  world.scalableTargets.push({
    ...place,
    arn: `arn:aws:application-autoscaling:${region}:${world.account}:scalable-target/0ec5${hash(`target ${resourceId} ${region}`, 32)}`,
    min: seed.scaling.min,
    max: seed.scaling.max,
    suspended: { in: false, out: false, scheduled: false },
  });
  const name = `${seed.name}-cpu`;
  world.scalingPolicies.push({
    ...place,
    arn: `${prefix}:scalingPolicy:${world.ids.uuid()}:resource/ecs/${resourceId}:policyName/${name}`,
    name,
    metric: 'ECSServiceAverageCPUUtilization',
    target: 60,
  });
  const { schedule } = seed.scaling;
  if (!schedule) return;
  world.scheduledActions.push({
    ...place,
    arn: `${prefix}:scheduledAction:${world.ids.uuid()}:resource/ecs/${resourceId}:scheduledActionName/${schedule.name}`,
    name: schedule.name,
    schedule: schedule.cron,
    timezone: 'Asia/Seoul',
    min: schedule.min,
    max: schedule.max,
  });
}
