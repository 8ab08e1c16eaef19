// Makes Beanstalk applications and environments: from the seed, and from what others do.
import { environmentAlarm } from './alarms.ts';
import { rangeOf, withOption } from './beanstalk-store.ts';
import type { BeanstalkApplication, BeanstalkEnvironment, OptionSetting } from './beanstalk-types.ts';
import { newInstance } from './beanstalk-instances.ts';
import { beginUpdate } from './beanstalk-updates.ts';
import { hash } from './ids.ts';
import { awsError } from './errors.ts';
import type { Outside } from './interfere.ts';
import type { SeedApplication, SeedEnvironment } from './seed-types.ts';
import type { World } from './world.ts';

/** Adds an application, whose environments live through their seeded deployments. */
export function buildApplication(world: World, seed: SeedApplication, now: number): void {
  const application: BeanstalkApplication = {
    name: seed.name,
    region: seed.region,
    createdAt: world.timeline.now(),
    versions: seed.versions.map(({ label, ago, description, bad, status }) => ({
      label,
      description,
      createdAt: now - ago,
      status: status ?? 'Processed',
      bad: bad ?? false,
    })),
    environments: [],
  };
  world.applications.push(application);
  for (const environment of seed.environments) addEnvironment(world, application, environment, now);
}

export function newBeanstalkVersion(
  world: World,
  application: BeanstalkApplication,
  { label, description, bad }: { label: string; description: string; bad: boolean },
): void {
  application.versions.push({ label, description, createdAt: world.timeline.now(), status: 'Processed', bad });
}

function addEnvironment(world: World, application: BeanstalkApplication, seed: SeedEnvironment, now: number): void {
  const [first, ...later] = seed.deployments;
  if (!first) return;
  const { name } = seed;
  world.timeline.after(now - first.ago - world.timeline.now(), () => {
    const made = newEnvironment(world, application, seed, first.label);
    application.environments.push(made);
    world.alarms.push(environmentAlarm(world, made));
    made.instances = Array.from({ length: seed.instances }, (_, index) => ({
      ...newInstance(world, made, index),
      readyAt: world.timeline.now(),
    }));
    const place = { application: application.name, environment: name, severity: 'INFO' as const };
    made.events.push({ ...place, at: world.timeline.now(), message: `Successfully launched environment: ${name}` });
    made.points.push({ at: world.timeline.now(), instances: seed.instances, ok: seed.instances, health: 'Ok' });
    for (const { label, ago } of later) {
      const wait = now - ago - world.timeline.now();
      world.timeline.after(wait, () => beginUpdate(world, made, { label, requestId: world.ids.uuid() }));
    }
  });
}

function newEnvironment(
  world: World,
  application: BeanstalkApplication,
  seed: SeedEnvironment,
  label: string,
): BeanstalkEnvironment {
  const { name, stage } = seed;
  const id = `e-${hash(`environment ${name}`, 10)}`;
  const arn = `arn:aws:elasticbeanstalk:${application.region}:${world.account}:environment/${application.name}/${name}`;
  const tags: [string, string][] = [
    ['elasticbeanstalk:environment-name', name],
    ['elasticbeanstalk:environment-id', id],
    ['Name', name],
    ['stage', stage],
    ['application', application.name],
    ['team', 'shop'],
  ];
  return {
    application,
    id,
    name,
    region: application.region,
    arn,
    status: 'Ready',
    createdAt: world.timeline.now(),
    updatedAt: world.timeline.now(),
    label,
    deploymentId: 1,
    solutionStack: seed.solutionStack,
    singleInstance: seed.scaling === undefined,
    instances: [],
    options: optionsOf(seed),
    tags: tags.map(([key, value]) => ({ key, value })),
    events: [],
    broken: false,
    load: seed.load,
    perInstance: (seed.load / seed.instances) * 2.4,
    health: 'Ok',
    points: [],
  };
}

function group(name: string, value: number | string): OptionSetting {
  return { namespace: 'aws:autoscaling:asg', name, value: String(value), resource: 'AWSEBAutoScalingGroup' };
}

function plain(namespace: string, name: string, value: string): OptionSetting {
  return { namespace, name, value };
}

function optionsOf(seed: SeedEnvironment): OptionSetting[] {
  const { scaling = { min: 1, max: 1 } } = seed;
  const command = 'aws:elasticbeanstalk:command';
  return [
    group('MinSize', scaling.min),
    group('MaxSize', scaling.max),
    group('Cooldown', 360),
    group('Availability Zones', 'Any'),
    plain(command, 'DeploymentPolicy', seed.policy),
    plain('aws:elasticbeanstalk:trafficsplitting', 'NewVersionPercent', '10'),
    plain('aws:elasticbeanstalk:trafficsplitting', 'EvaluationTime', '5'),
    plain(command, 'BatchSizeType', 'Percentage'),
    plain(command, 'BatchSize', String(seed.batch)),
    plain(command, 'Timeout', '600'),
    plain('aws:elasticbeanstalk:environment', 'EnvironmentType', seed.scaling ? 'LoadBalanced' : 'SingleInstance'),
    plain('aws:elasticbeanstalk:environment', 'LoadBalancerType', 'application'),
    plain('aws:elasticbeanstalk:healthreporting:system', 'SystemType', 'enhanced'),
    plain('aws:ec2:instances', 'InstanceTypes', 't3.medium'),
    ...Object.entries(seed.variables).map(([name, value]) =>
      plain('aws:elasticbeanstalk:application:environment', name, value),
    ),
  ];
}

/** Somebody else changes the range or deploys a version; refused, as for everybody, unless it is Ready. */
export function buildOutside(world: World, environment: BeanstalkEnvironment, change: Outside): void {
  if (environment.status !== 'Ready') throw awsError('InvalidControl', `${environment.name} is not Ready`);
  if (change.policy !== undefined) {
    const policy = { namespace: 'aws:elasticbeanstalk:command', name: 'DeploymentPolicy', value: change.policy };
    environment.options = withOption(environment.options, policy);
    return;
  }
  const { min, max } = rangeOf(environment.options);
  const sizes = { MinSize: change.min ?? change.desired ?? min, MaxSize: change.max ?? change.desired ?? max };
  let options = environment.options;
  for (const [name, value] of Object.entries(sizes)) {
    options = withOption(options, { namespace: 'aws:autoscaling:asg', name, value: String(value) });
  }
  const isScaling = change.min !== undefined || change.max !== undefined || change.desired !== undefined;
  beginUpdate(world, environment, {
    requestId: world.ids.uuid(),
    ...(isScaling ? { options } : {}),
    ...(change.version === undefined ? {} : { label: change.version }),
  });
}
