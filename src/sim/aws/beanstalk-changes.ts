// UpdateEnvironment and AbortEnvironmentUpdate, and what Beanstalk refuses.
import { environmentOf, rangeOf, refuse, tell, withOption } from './beanstalk-store.ts';
import type { BeanstalkEnvironment, OptionSetting } from './beanstalk-types.ts';
import { beginUpdate } from './beanstalk-updates.ts';
import { environmentView, isAbortable } from './beanstalk-views.ts';
import { items, text, type Params } from './params.ts';
import type { Route } from './route.ts';

export const updateEnvironment: Route = (params, context) => {
  const environment = environmentOf(params, context);
  const label = text(params, 'VersionLabel');
  const options = newOptions(environment, params);
  if (environment.status !== 'Ready') {
    const words = `Environment named ${environment.name} is in an invalid state for this operation. Must be Ready.`;
    return refuse(words);
  }
  if (label !== undefined && options) {
    return refuse('Cannot update both the version and the configuration.', 'InvalidParameterCombination');
  }
  if (label !== undefined) checkVersion(environment, label);
  const { world, requestId } = context;
  beginUpdate(world, environment, {
    requestId,
    ...(label === undefined ? {} : { label }),
    ...(options ? { options } : {}),
  });
  return environmentView(environment, world.timeline.now(), label);
};

function checkVersion({ application }: BeanstalkEnvironment, label: string): void {
  const version = application.versions.find((it) => it.label === label);
  if (!version) return refuse(`No Application Version named '${label}' found.`);
  if (version.status !== 'Failed') return;
  refuse(`Application version '${label}' is in an invalid state for this operation. Must be Processed.`);
}

/** The options with the asked changes; undefined when none are asked. */
function newOptions(environment: BeanstalkEnvironment, params: Params): OptionSetting[] | undefined {
  const asked = items(params, 'OptionSettings');
  if (asked.length === 0) return undefined;
  let options = environment.options;
  for (const setting of asked) {
    const namespace = text(setting, 'Namespace') ?? '';
    const name = text(setting, 'OptionName') ?? '';
    const value = text(setting, 'Value') ?? '';
    const isNumber = namespace === 'aws:autoscaling:asg' && (name === 'MinSize' || name === 'MaxSize');
    if (isNumber && !/^\d{1,5}$/u.test(value)) {
      const where = `(Namespace: '${namespace}', OptionName: '${name}')`;
      return refuse(`Invalid option value: '${value}' ${where}: Value is not a valid number.`);
    }
    const resource = text(setting, 'ResourceName');
    options = withOption(options, { namespace, name, value, ...(resource ? { resource } : {}) });
  }
  const { min, max } = rangeOf(options);
  if (min <= max) return options;
  const where = `(Namespace: 'aws:autoscaling:asg', OptionName: 'MinSize')`;
  return refuse(`Invalid option value: '${min}' ${where}: MinSize must be less than or equal to MaxSize.`);
}

export const abortUpdate: Route = (params, { world, ...context }) => {
  const environment = environmentOf(params, { world, ...context });
  if (!environment.update || !isAbortable(environment)) {
    return refuse(
      `Environment named ${environment.name} is in an invalid state for this operation. Must be pending deployment.`,
    );
  }
  environment.status = 'Aborting';
  environment.update.aborting = true;
  tell(world, environment, 'Aborting the environment update.', 'WARN');
  return undefined;
};
