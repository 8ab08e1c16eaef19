// RestartAppServer and SwapEnvironmentCNAMEs: short work on environments that stay what they are.
import { observe } from './beanstalk-health.ts';
import { environmentOf, refuse } from './beanstalk-store.ts';
import type { BeanstalkEnvironment } from './beanstalk-types.ts';
import { cnameOf } from './beanstalk-views.ts';
import { text, type Params } from './params.ts';
import type { Context, Route } from './route.ts';

/** Unsped milliseconds. */
const durations = { restart: 25_000, swap: 6000 };

function say(context: Context, environment: BeanstalkEnvironment, message: string): void {
  environment.events.unshift({
    at: context.world.timeline.now(),
    message,
    severity: 'INFO',
    application: environment.application.name,
    environment: environment.name,
    requestId: context.requestId,
  });
}

function mustBeReady(environment: BeanstalkEnvironment): void {
  if (environment.status === 'Ready') return;
  refuse(`Environment named ${environment.name} is in an invalid state for this operation. Must be Ready.`);
}

function busy(context: Context, environment: BeanstalkEnvironment, status: 'Updating' | 'Ready'): void {
  environment.status = status;
  environment.updatedAt = context.world.timeline.now();
  observe(context.world, environment);
}

export const restartAppServer: Route = (params, context) => {
  const environment = environmentOf(params, context);
  mustBeReady(environment);
  busy(context, environment, 'Updating');
  say(context, environment, 'restartAppServer is starting.');
  context.world.timeline.after(durations.restart, () => {
    say(context, environment, 'Restarted application server on all ec2 instances.');
    busy(context, environment, 'Ready');
  });
  return undefined;
};

/** https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_SwapEnvironmentCNAMEs.html */
export const swapCnames: Route = (params, context) => {
  const source = side(params, context, 'Source');
  const destination = side(params, context, 'Destination');
  if (source.application !== destination.application) {
    return refuse(`Environments ${source.name} and ${destination.name} are not of the same application.`);
  }
  for (const one of [source, destination]) mustBeReady(one);
  for (const one of [source, destination]) {
    busy(context, one, 'Updating');
    say(context, one, 'swapEnvironmentCNAMEs is starting.');
    say(context, one, `Swapping CNAMEs for environments '${source.name}' and '${destination.name}'.`);
  }
  context.world.timeline.after(durations.swap, () => {
    [source.cname, destination.cname] = [cnameOf(destination), cnameOf(source)];
    for (const one of [source, destination]) {
      say(context, one, `Completed swapping CNAMEs for environments '${source.name}' and '${destination.name}'.`);
      busy(context, one, 'Ready');
    }
  });
  return undefined;
};

function side(params: Params, context: Context, which: 'Source' | 'Destination'): BeanstalkEnvironment {
  const [id, name] = [text(params, `${which}EnvironmentId`), text(params, `${which}EnvironmentName`)];
  return environmentOf({ EnvironmentId: id, EnvironmentName: name }, context);
}
