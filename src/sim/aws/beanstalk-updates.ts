// The life of an environment update: configuration first, then the deployment, then Ready again.
import { deployVersion } from './beanstalk-deploy.ts';
import { observe } from './beanstalk-health.ts';
import { names, newInstance } from './beanstalk-instances.ts';
import { rangeOf, tell } from './beanstalk-store.ts';
import type { BeanstalkEnvironment, OptionSetting } from './beanstalk-types.ts';
import type { World } from './world.ts';

/** Unsped milliseconds. */
const durations = { settings: 8000, launch: 20_000, ready: 35_000, settle: 12_000 };

export type Wanted = { label?: string; options?: OptionSetting[]; requestId: string };

/** Makes the environment Updating and plans everything that follows; it is Ready again when that is over. */
export function beginUpdate(world: World, environment: BeanstalkEnvironment, wanted: Wanted): void {
  const now = world.timeline.now();
  environment.status = 'Updating';
  environment.updatedAt = now;
  environment.update = {
    requestId: wanted.requestId,
    startedAt: now,
    deploymentId: environment.deploymentId + 1,
    options: wanted.options ?? environment.options,
    aborting: false,
    ...(wanted.label === undefined ? {} : { label: wanted.label }),
  };
  tell(world, environment, 'Environment update is starting.');
  observe(world, environment);
  const deploy = () => {
    if (wanted.label === undefined) return finish(world, environment);
    deployVersion(world, environment, wanted.label, (isWell) => finish(world, environment, isWell));
  };
  if (!wanted.options) return world.timeline.after(durations.settings, deploy);
  tell(world, environment, `Updating environment ${environment.name}'s configuration settings.`);
  world.timeline.after(durations.settings, () => resize(world, environment, deploy));
}

/** Applies the new settings and launches or terminates instances until their number is in range. */
function resize(world: World, environment: BeanstalkEnvironment, then: () => void): void {
  const { update } = environment;
  if (!update) return;
  environment.options = update.options;
  const { min, max } = rangeOf(update.options);
  const wanted = environment.singleInstance ? 1 : Math.min(max, Math.max(min, environment.instances.length));
  const more = wanted - environment.instances.length;
  if (more < 0) removeInstances(world, environment, -more);
  if (more > 0) world.timeline.after(durations.launch, () => addInstances(world, environment, more));
  const wait = more > 0 ? durations.launch + durations.ready + durations.settle : durations.settle;
  world.timeline.after(wait, () => {
    tell(world, environment, 'Successfully deployed new configuration to environment.');
    then();
  });
}

/** Launches `count` instances that run what the environment is meant to run; they are ready a little later. */
function addInstances(world: World, environment: BeanstalkEnvironment, count: number): void {
  const made = Array.from({ length: count }, (_, index) => newInstance(world, environment, index));
  environment.instances.push(...made);
  tell(world, environment, `Added instance${count > 1 ? 's' : ''} [${names(made)}] to your environment.`);
  observe(world, environment);
  world.timeline.after(durations.ready, () => {
    for (const instance of made) instance.readyAt = world.timeline.now();
    observe(world, environment);
  });
}

function removeInstances(world: World, environment: BeanstalkEnvironment, count: number): void {
  const gone = environment.instances.splice(0, count);
  tell(world, environment, `Removed instance${count > 1 ? 's' : ''} [${names(gone)}] from your environment.`);
  observe(world, environment);
}

/** Ready again; `isWell` false means the deployment failed, which Beanstalk leaves as it is. */
function finish(world: World, environment: BeanstalkEnvironment, isWell = true): void {
  if (isWell) tell(world, environment, 'Environment update completed successfully.');
  environment.status = 'Ready';
  environment.updatedAt = world.timeline.now();
  delete environment.update;
  observe(world, environment);
}
