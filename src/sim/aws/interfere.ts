// Things that happen to the account without an API call of ours: new images, load, breakage, other people's changes.
import { buildOutside, newBeanstalkVersion } from './beanstalk-build.ts';
import type { BeanstalkEnvironment } from './beanstalk-types.ts';
import { deployService, setDesired } from './ecs-changes.ts';
import { allServices, resourceIdOf, taskDefinitionOf } from './ecs-store.ts';
import { containersOf, register } from './ecs-task-definitions.ts';
import { fail } from './ecs-tasks.ts';
import { listener, look } from './ecs-scheduler.ts';
import type { Bad, BadKind, EcsService, HookStage, PauseHook } from './ecs-types.ts';
import { awsError } from './errors.ts';
import { hash } from './ids.ts';
import type { World } from './world.ts';

/** What somebody else may change. `image`: a tag of the repository that runs; `version`: a Beanstalk label. */
export type Outside = {
  min?: number;
  max?: number;
  desired?: number;
  image?: string;
  version?: string;
  /** DeploymentPolicy of an environment. */
  policy?: string;
  /** Scaling by policies and schedules. */
  suspended?: boolean;
};

/** `pause` makes deployments blue/green. `rollback`: whether alarms have them go back. */
export type DeploymentRules = {
  pause?: { stage?: HookStage; minutes?: number; action?: PauseHook['action'] };
  alarms?: string[];
  rollback?: boolean;
};

const badKinds: readonly BadKind[] = ['health', 'exit', 'oom', 'missing', 'secret'];

function asBad(how: boolean | string | undefined): Bad | undefined {
  if (how === undefined || how === false || how === 'ok') return undefined;
  if (how === true) return { kind: 'health' };
  const kind = badKinds.find((it) => it === how);
  if (!kind) throw awsError('InvalidControl', `bad must be one of ${badKinds.join(', ')}`);
  return { kind };
}

type Found =
  | { service: EcsService; environment?: undefined }
  | { environment: BeanstalkEnvironment; service?: undefined };

/** A target by name, or by `cluster/name` where a name is not unique; the first that fits. */
function target(world: World, name: string): Found {
  const service = allServices(world).find((it) => it.name === name || `${it.cluster.name}/${it.name}` === name);
  if (service) return { service };
  const environment = world.applications.flatMap((it) => it.environments).find((it) => it.name === name);
  if (environment) return { environment };
  throw awsError('InvalidControl', `no target ${name}`);
}

/** ECS: running tasks fail now, one after the other, and new ones too. Beanstalk: instances turn unhealthy. */
export function breakTarget(world: World, name: string, how: string): void {
  const bad = asBad(how);
  const { service, environment } = target(world, name);
  if (environment) {
    environment.broken = bad !== undefined;
    return;
  }
  delete service.broken;
  if (!bad) return look(world, service);
  service.broken = bad;
  if (bad.kind === 'missing' || bad.kind === 'secret') return;
  for (const [index, task] of service.tasks.entries()) {
    world.timeline.after(3000 + index * 2000, () => {
      if (task.lastStatus === 'RUNNING' && service.broken) fail(world, service, task, listener(world, service), bad);
    });
  }
}

export function load(world: World, name: string, rps: number): void {
  const { service, environment } = target(world, name);
  const it = service ?? environment;
  it.loads = [...(it.loads ?? []), { from: world.timeline.now(), rps }];
}

export function addImage(world: World, name: string, tag: string, how?: boolean | string): void {
  const bad = asBad(how);
  const repositories = world.repositories.filter((it) => it.name === name);
  if (repositories.length === 0) throw awsError('InvalidControl', `no repository ${name}`);
  for (const repository of repositories) {
    for (const image of repository.images) image.tags = image.tags.filter((it) => it !== tag);
    const pushedAt = world.timeline.now();
    const digest = `sha256:${hash(`${name} ${tag} ${pushedAt}`)}`;
    repository.images.push({ digest, tags: [tag], pushedAt, size: 95_000_000, ...(bad ? { bad } : {}) });
  }
}

/** How deployments of a service go from now on: where they pause, and which alarms end them. */
export function deploymentRules(world: World, name: string, rules: DeploymentRules): void {
  const { service } = target(world, name);
  if (!service) throw awsError('InvalidControl', `no service ${name}`);
  const { pause, alarms } = rules;
  if (pause) {
    const { stage = 'POST_TEST_TRAFFIC_SHIFT', minutes = 30, action = 'ROLLBACK' } = pause;
    Object.assign(service, { strategy: 'BLUE_GREEN', hooks: [{ stages: [stage], minutes, action }] });
  }
  if (alarms) service.alarmed = { names: alarms, rollback: rules.rollback ?? true };
}

export function addVersion(world: World, name: string, label: string, bad: boolean): void {
  const application = world.applications.find((it) => it.name === name);
  if (!application) throw awsError('InvalidControl', `no application ${name}`);
  newBeanstalkVersion(world, application, { label, description: label, bad });
}

export function outside(world: World, name: string, change: Outside): void {
  const { service, environment } = target(world, name);
  if (environment) return buildOutside(world, environment, change);
  const { region } = service.cluster;
  const scaled = world.scalableTargets.find((it) => it.region === region && it.resourceId === resourceIdOf(service));
  if (scaled) Object.assign(scaled, { min: change.min ?? scaled.min, max: change.max ?? scaled.max });
  const { suspended: still } = change;
  if (scaled && still !== undefined) Object.assign(scaled.suspended, { in: still, out: still, scheduled: still });
  const low = scaled?.min ?? 0;
  const desired = Math.min(scaled?.max ?? Number.POSITIVE_INFINITY, Math.max(low, change.desired ?? service.desired));
  setDesired(world, service, desired);
  if (change.image !== undefined) deployImage(world, service, change.image);
}

function deployImage(world: World, service: EcsService, tag: string): void {
  const { region } = service.cluster;
  const current = taskDefinitionOf(world, region, service.deployments[0]?.taskDefinition ?? '');
  if (!current) return;
  const [main, ...rest] = containersOf(current);
  const image = String(main?.['image']).replace(/[:@][^/]*$/u, `:${tag}`);
  const caller = `arn:aws:sts::${world.account}:assumed-role/shop-deploy/somebody.else`;
  const context = { world, region, requestId: world.ids.uuid(), caller };
  const body = { ...current.body, containerDefinitions: [{ ...main, image }, ...rest], tags: current.tags };
  deployService(world, service, register(body, context).arn);
}

/** Everything, without what points in circles. */
export function stateOf(world: World): unknown {
  return {
    at: world.timeline.now(),
    clusters: world.clusters.map(({ services, ...cluster }) => ({
      ...cluster,
      services: services.map(({ cluster: _cluster, deployments, lastGood, tasks, look: _look, ...service }) => ({
        ...service,
        deployments: deployments.map(({ serviceDeployment: _made, ...it }) => it),
        lastGood: lastGood?.id,
        tasks: tasks.map(({ deployment, ...task }) => ({ ...task, deployment: deployment.id })),
      })),
    })),
    scalableTargets: world.scalableTargets,
    scalingActivities: world.scalingActivities,
    repositories: world.repositories,
    queues: world.queues,
    applications: world.applications.map(({ environments, ...application }) => ({
      ...application,
      environments: environments.map(({ application: _application, ...it }) => it),
    })),
  };
}
