// Enhanced health as Beanstalk words it: https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-status.html
import { tell } from './beanstalk-store.ts';
import type { BeanstalkEnvironment, HealthName, Instance } from './beanstalk-types.ts';
import type { World } from './world.ts';

export type Health = { name: HealthName; causes: string[] };

export function colorOf(name: HealthName): 'Green' | 'Yellow' | 'Red' | 'Grey' {
  if (name === 'Ok' || name === 'Info') return 'Green';
  if (name === 'Warning') return 'Yellow';
  return name === 'Pending' ? 'Grey' : 'Red';
}

function lasting(from: number, now: number): string {
  const seconds = Math.max(0, Math.round((now - from) / 1000));
  if (seconds < 60) return `${seconds} seconds`;
  return `${Math.floor(seconds / 60)} minute${seconds < 120 ? '' : 's'}`;
}

function isWrong(environment: BeanstalkEnvironment, instance: Instance): boolean {
  return instance.deployment === 'Failed' || (!environment.update && instance.label !== environment.label);
}

function expected({ label, deploymentId }: BeanstalkEnvironment): string {
  return `Expected version "${label}" (deployment ${deploymentId}).`;
}

export function instanceHealth(environment: BeanstalkEnvironment, instance: Instance, now: number): Health {
  if (instance.readyAt === undefined) {
    return {
      name: 'Pending',
      causes: [`Performing initialization (running for ${lasting(instance.launchedAt, now)}).`],
    };
  }
  if (isWrong(environment, instance)) {
    const at = new Date(instance.deployedAt).toISOString().replace(/\.\d+Z/u, 'Z');
    const failed = `Application deployment failed at ${at} with exit status 1 and error: Engine execution has encountered an error.`;
    const wrong = `Incorrect application version "${instance.label}" (deployment ${instance.deploymentId}). ${expected(environment)}`;
    return { name: 'Severe', causes: instance.deployment === 'Failed' ? [failed, wrong] : [wrong] };
  }
  if (environment.broken) return { name: 'Severe', causes: ['100.0 % of the requests are failing with HTTP 5xx.'] };
  if (instance.deployment !== 'In Progress') return { name: 'Ok', causes: [] };
  return {
    name: 'Info',
    causes: [`Application deployment in progress (running for ${lasting(instance.deployedAt, now)}).`],
  };
}

/** Of the whole environment, worst first. */
export function environmentHealth(environment: BeanstalkEnvironment, now: number): Health {
  const { instances } = environment;
  const total = instances.length;
  const severe = instances.filter((it) => instanceHealth(environment, it, now).name === 'Severe').length;
  const wrong = instances.filter((it) => isWrong(environment, it)).length;
  const causes: string[] = [];
  if (environment.broken) causes.push('100.0 % of the requests are failing with HTTP 5xx.');
  if (wrong > 0) {
    causes.push(`Incorrect application version found on ${wrong} out of ${total} instances. ${expected(environment)}`);
    causes.push(`Application deployment failed on ${wrong} out of ${total} instances.`);
  }
  if (environment.update) causes.push(...progress(environment, now));
  const name = severe > 0 ? (severe * 2 >= total ? 'Severe' : 'Degraded') : undefined;
  if (name) return { name, causes };
  if (total === 0 || instances.every((it) => it.readyAt === undefined)) return { name: 'Pending', causes };
  const isBusy = environment.update !== undefined || instances.some((it) => it.readyAt === undefined);
  return { name: isBusy ? 'Info' : 'Ok', causes };
}

function progress({ update, instances }: BeanstalkEnvironment, now: number): string[] {
  if (!update) return [];
  const time = `(running for ${lasting(update.startedAt, now)})`;
  if (update.label === undefined) return [`Configuration update in progress ${time}.`];
  const busy = instances.filter((it) => it.deployment === 'In Progress').length;
  const done = instances.filter((it) => it.deploymentId === update.deploymentId && it.deployment === 'Deployed').length;
  const share = `${done} out of ${instances.length} instances completed`;
  return [`Application update in progress on ${busy} instances. ${share} ${time}.`];
}

/** Remembers how the environment is now, and says so in an event when its health has changed. */
export function observe(world: World, environment: BeanstalkEnvironment): void {
  const at = world.timeline.now();
  const { name, causes } = environmentHealth(environment, at);
  if (name !== environment.health) {
    const words = `Environment health has transitioned from ${environment.health} to ${name}.`;
    const severity = name === 'Severe' || name === 'Degraded' ? 'WARN' : 'INFO';
    tell(world, environment, [words, ...causes].join(' '), severity);
    environment.health = name;
  }
  const serving = environment.instances.filter((it) => instanceHealth(environment, it, at).name === 'Ok').length;
  environment.points.push({ at, instances: environment.instances.length, ok: serving, health: name });
  const old = environment.points.findIndex((it) => it.at > at - 7 * 86_400_000);
  if (old > 1) environment.points.splice(0, old - 1);
}
