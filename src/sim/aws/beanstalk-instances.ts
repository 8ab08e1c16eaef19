// EC2 instances of a Beanstalk environment.
import type { BeanstalkEnvironment, Instance } from './beanstalk-types.ts';
import type { World } from './world.ts';

/** An instance that runs what the environment is meant to run; not ready yet. */
export function newInstance(world: World, environment: BeanstalkEnvironment, index: number): Instance {
  return {
    id: `i-0${world.ids.hex(16)}`,
    zone: `${environment.region}${'abc'[index % 3]}`,
    launchedAt: world.timeline.now(),
    label: environment.label,
    deploymentId: environment.deploymentId,
    deployedAt: world.timeline.now(),
    deployment: 'Deployed',
  };
}

export function names(instances: readonly Instance[]): string {
  return instances.map((it) => it.id).join(', ');
}
