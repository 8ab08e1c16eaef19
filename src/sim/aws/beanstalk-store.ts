// Finds Beanstalk environments and options by what requests name, and keeps their events.
import type { BeanstalkApplication, BeanstalkEnvironment, BeanstalkEvent, OptionSetting } from './beanstalk-types.ts';
import { awsError } from './errors.ts';
import { text, type Params } from './params.ts';
import type { Context } from './route.ts';
import type { World } from './world.ts';

export function refuse(words: string, code = 'InvalidParameterValue'): never {
  throw awsError(code, words);
}

export function applicationsIn({ world, region }: Context): BeanstalkApplication[] {
  return world.applications.filter((it) => it.region === region);
}

export function environmentsIn(context: Context): BeanstalkEnvironment[] {
  return applicationsIn(context).flatMap((it) => it.environments);
}

/** The environment a request names by EnvironmentName or EnvironmentId. */
export function environmentOf(params: Params, context: Context): BeanstalkEnvironment {
  const name = text(params, 'EnvironmentName');
  const id = text(params, 'EnvironmentId');
  if (name === undefined && id === undefined) {
    return refuse('You must specify either an environment name or an environment id.', 'MissingRequiredParameter');
  }
  const found = environmentsIn(context).find((it) => (name ?? it.name) === it.name && (id ?? it.id) === it.id);
  if (found && found.status !== 'Terminated') return found;
  return refuse(
    id === undefined
      ? `No Environment found for EnvironmentName = '${name}'.`
      : `No Environment found for EnvironmentId = '${id}'.`,
  );
}

/** Value of an option; `missing` when it is not set. */
export function option(options: readonly OptionSetting[], namespace: string, name: string, missing = ''): string {
  return options.find((it) => it.namespace === namespace && it.name === name)?.value ?? missing;
}

export function withOption(options: readonly OptionSetting[], changed: OptionSetting): OptionSetting[] {
  const isSame = (it: OptionSetting) =>
    it.namespace === changed.namespace &&
    it.name === changed.name &&
    (changed.resource === undefined || changed.resource === it.resource);
  if (!options.some(isSame)) return [...options, changed];
  return options.map((it) => (isSame(it) ? { ...it, value: changed.value } : it));
}

/** The range an environment scales in. */
export function rangeOf(options: readonly OptionSetting[]): { min: number; max: number } {
  const value = (name: string) => Number(option(options, 'aws:autoscaling:asg', name, '1'));
  return { min: value('MinSize'), max: value('MaxSize') };
}

/** Adds an event; the newest first, a thousand are kept. */
export function tell(
  world: World,
  environment: BeanstalkEnvironment,
  message: string,
  severity: BeanstalkEvent['severity'] = 'INFO',
): void {
  const { update } = environment;
  environment.events.unshift({
    at: world.timeline.now(),
    message,
    severity,
    application: environment.application.name,
    environment: environment.name,
    ...(update?.label === undefined ? {} : { label: update.label }),
    ...(update ? { requestId: update.requestId } : {}),
  });
  environment.events.length = Math.min(environment.events.length, 1000);
}
