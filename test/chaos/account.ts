// What is true in the simulated account about one target, read from its state and never from the bot's calls.
import type { SimAws } from '../../src/sim/aws/server.ts';
import type { BeanstalkEnvironment } from '../../src/sim/aws/beanstalk-types.ts';
import type { EcsService } from '../../src/sim/aws/ecs-types.ts';
import type { ScalableTarget } from '../../src/sim/aws/autoscaling-types.ts';

/** `begun`: deployments, or updates of an environment, since `since`; `version`: a task definition or a version label. */
export type Truth = {
  min: number;
  max: number;
  desired: number;
  version: string;
  begun: number;
  wentBack: number;
  isAtRest: boolean;
};

type State = {
  clusters: { name: string; services: EcsService[] }[];
  scalableTargets: ScalableTarget[];
  applications: { environments: BeanstalkEnvironment[] }[];
};

/** The truth about a service or environment by its name. Throws when there is none. */
export function truthOf(aws: SimAws, name: string, since: number): Truth {
  const state = aws.control.state() as State;
  for (const cluster of state.clusters) {
    const service = cluster.services.find((one) => one.name === name);
    if (service) return ofService(state, `service/${cluster.name}/${name}`, service, since);
  }
  const environment = state.applications.flatMap((one) => one.environments).find((one) => one.name === name);
  if (!environment) throw new Error(`nothing is called ${name}`);
  return ofEnvironment(environment, since);
}

function ofService(state: State, resource: string, service: EcsService, since: number): Truth {
  const range = state.scalableTargets.find((one) => one.resourceId === resource);
  const begun = service.serviceDeployments.filter((one) => one.createdAt >= since);
  const [primary] = service.deployments;
  const running = service.tasks.filter((task) => task.lastStatus === 'RUNNING' && task.healthy).length;
  return {
    min: range?.min ?? service.desired,
    max: range?.max ?? service.desired,
    desired: service.desired,
    version: primary?.taskDefinition ?? '',
    begun: begun.length,
    wentBack: begun.filter((one) => one.status.startsWith('ROLLBACK')).length,
    isAtRest: service.deployments.length === 1 && primary?.state === 'COMPLETED' && running === service.desired,
  };
}

function ofEnvironment(environment: BeanstalkEnvironment, since: number): Truth {
  const size = (name: string): number => Number(environment.options.find((one) => one.name === name)?.value ?? 1);
  const told = environment.events.filter((event) => event.at >= since);
  return {
    min: size('MinSize'),
    max: size('MaxSize'),
    desired: environment.instances.length,
    version: environment.label,
    begun: told.filter(({ message }) => message === 'Environment update is starting.').length,
    wentBack: told.filter(({ message }) => /roll(?:ing|ed) back/iu.test(message)).length,
    isAtRest: environment.status === 'Ready',
  };
}
