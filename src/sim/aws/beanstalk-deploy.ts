// Application deployments: in batches, all at once, or onto new instances.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/using-features.rolling-version-deploy.html
import { observe } from './beanstalk-health.ts';
import { names, newInstance } from './beanstalk-instances.ts';
import { option, tell } from './beanstalk-store.ts';
import type { BeanstalkEnvironment, Instance } from './beanstalk-types.ts';
import type { World } from './world.ts';

/** Unsped milliseconds. */
const durations = { batch: 70_000, test: 90_000, launch: 90_000, swap: 45_000, revert: 60_000, look: 15_000 };

type Deployment = {
  world: World;
  environment: BeanstalkEnvironment;
  label: string;
  isBad: boolean;
  done: (isWell: boolean) => void;
};

/** Puts `label` on every instance by the environment's policy, then calls `done` with whether it worked. */
export function deployVersion(
  world: World,
  environment: BeanstalkEnvironment,
  label: string,
  done: (isWell: boolean) => void,
): void {
  const isBad = environment.application.versions.find((it) => it.label === label)?.bad ?? false;
  const deployment = { world, environment, label, isBad, done };
  const policy = option(environment.options, 'aws:elasticbeanstalk:command', 'DeploymentPolicy', 'AllAtOnce');
  if (policy === 'Immutable' && !environment.singleInstance) return immutable(deployment);
  if (policy === 'TrafficSplitting' && !environment.singleInstance) return splitting(deployment);
  if (policy.startsWith('Rolling') && !environment.singleInstance) return rolling(deployment);
  tell(world, environment, 'Deploying new version to instance(s).');
  run(deployment, [...environment.instances], () => succeed(deployment));
}

function batchSize({ options, instances }: BeanstalkEnvironment): number {
  const value = Number(option(options, 'aws:elasticbeanstalk:command', 'BatchSize', '100'));
  const isFixed = option(options, 'aws:elasticbeanstalk:command', 'BatchSizeType', 'Percentage') === 'Fixed';
  return Math.max(1, isFixed ? value : Math.floor((instances.length * value) / 100));
}

function rolling(deployment: Deployment): void {
  const { world, environment } = deployment;
  const waiting = [...environment.instances];
  const size = batchSize(environment);
  let number = 0;
  const next = (): void => {
    if (environment.update?.aborting) return revert(deployment);
    const batch = waiting.splice(0, size);
    if (batch.length === 0) return succeed(deployment);
    number += 1;
    const name = `Batch ${number}:`;
    tell(world, environment, `${name} Starting application deployment on instance(s) [${names(batch)}].`);
    run(deployment, batch, () => {
      tell(world, environment, `${name} Completed application deployment.`);
      next();
    });
  };
  next();
}

/** Deploys on these instances; a bad version fails on them and ends the deployment. */
function run(deployment: Deployment, batch: Instance[], then: () => void): void {
  const { world, environment, label, isBad } = deployment;
  for (const instance of batch) {
    Object.assign(instance, { deployment: 'In Progress', deployedAt: world.timeline.now() });
  }
  observe(world, environment);
  world.timeline.after(durations.batch, () => {
    const deploymentId = environment.update?.deploymentId ?? 0;
    const result = { label, deploymentId, deployedAt: world.timeline.now(), deployment: isBad ? 'Failed' : 'Deployed' };
    for (const instance of batch) Object.assign(instance, result);
    if (isBad) return failOn(deployment, batch);
    observe(world, environment);
    then();
  });
}

function failOn(deployment: Deployment, batch: Instance[]): void {
  const { world, environment, done } = deployment;
  const [first] = batch;
  const error = 'Command failed on instance. Return code: 1 Output: Engine execution has encountered an error..';
  tell(world, environment, `[Instance: ${first?.id}] ${error}`, 'ERROR');
  const summary = `[Successful: 0, Failed: ${batch.length}]`;
  tell(world, environment, `Command execution completed on all instances. Summary: ${summary}.`);
  const list = batch.map((it) => `'${it.id}'`).join(', ');
  tell(
    world,
    environment,
    `Unsuccessful command execution on instance id(s) ${list}. Aborting the operation.`,
    'ERROR',
  );
  const mixed =
    'During an aborted deployment, some instances may have deployed the new application version. To ensure all instances are running the same version, re-deploy the appropriate application version.';
  if (batch.length < environment.instances.length) tell(world, environment, mixed, 'ERROR');
  tell(world, environment, 'Failed to deploy application.', 'ERROR');
  done(false);
}

function succeed({ world, environment, label, done }: Deployment): void {
  environment.label = label;
  environment.deploymentId = environment.update?.deploymentId ?? environment.deploymentId;
  tell(world, environment, 'New application version was deployed to running EC2 instances.');
  done(true);
}

/** After an abort: what already runs the new version gets the old one back. */
function revert({ world, environment, done }: Deployment): void {
  const changed = environment.instances.filter((it) => it.label !== environment.label);
  for (const instance of changed) Object.assign(instance, { deployment: 'In Progress' });
  observe(world, environment);
  world.timeline.after(durations.revert, () => {
    const { label, deploymentId } = environment;
    const deployedAt = world.timeline.now();
    for (const instance of changed)
      Object.assign(instance, { label, deploymentId, deployedAt, deployment: 'Deployed' });
    tell(
      world,
      environment,
      'Environment update was aborted and reverted to the previous application version.',
      'WARN',
    );
    done(false);
  });
}

/** New instances beside the old ones; they replace them only when they are healthy. */
function immutable(deployment: Deployment): void {
  const { world, environment, isBad } = deployment;
  const old = [...environment.instances];
  const words = 'Immutable deployment policy enabled. Launching one instance with the new settings to verify health.';
  tell(world, environment, words);
  const fresh = [launch(deployment, 0)];
  world.timeline.after(durations.test, () => {
    if (isBad || environment.update?.aborting) return drop(deployment, fresh);
    tell(world, environment, 'Test instance passed health checks. Launching remaining instances.');
    fresh.push(...old.slice(1).map((_, index) => launch(deployment, index + 1)));
    world.timeline.after(durations.launch, () => {
      attach(deployment, fresh);
      replace(deployment, fresh);
    });
  });
}

/** The new instances get their share of the requests for the evaluation time, then all of them. */
function splitting(deployment: Deployment): void {
  const { world, environment, isBad } = deployment;
  const minutes = Number(option(environment.options, 'aws:elasticbeanstalk:trafficsplitting', 'EvaluationTime', '5'));
  const percent = option(environment.options, 'aws:elasticbeanstalk:trafficsplitting', 'NewVersionPercent', '10');
  tell(world, environment, 'Traffic splitting deployment policy enabled. Launching a full set of new instances.');
  const fresh = environment.instances.map((_, index) => launch(deployment, index));
  world.timeline.after(durations.launch, () => {
    attach(deployment, fresh);
    tell(world, environment, `Sending ${percent}% of the traffic to the new version for ${minutes} minute(s).`);
    let looks = (minutes * 60_000) / durations.look;
    const evaluate = (): void => {
      looks -= 1;
      if (isBad || environment.update?.aborting) return drop(deployment, fresh);
      if (looks <= 0) return replace(deployment, fresh);
      world.timeline.after(durations.look, evaluate);
    };
    world.timeline.after(durations.look, evaluate);
  });
}

function launch({ world, environment, label }: Deployment, index: number): Instance {
  const deploymentId = environment.update?.deploymentId ?? 0;
  return { ...newInstance(world, environment, index), label, deploymentId };
}

function attach({ world, environment }: Deployment, fresh: Instance[]): void {
  for (const instance of fresh) instance.readyAt = world.timeline.now();
  environment.instances.push(...fresh);
  tell(world, environment, 'Attached new instance(s) to the permanent auto scaling group.');
  observe(world, environment);
}

function replace(deployment: Deployment, fresh: Instance[]): void {
  const { world, environment } = deployment;
  world.timeline.after(durations.swap, () => {
    environment.instances = fresh;
    tell(world, environment, 'Deployment succeeded. Terminating old instances and temporary Auto Scaling group.');
    succeed(deployment);
  });
}

function drop({ world, environment, isBad, done }: Deployment, fresh: Instance[]): void {
  environment.instances = environment.instances.filter((one) => !fresh.includes(one));
  if (isBad) tell(world, environment, 'Failed to deploy application.', 'ERROR');
  const words = `Terminated the temporary instance(s) [${names(fresh)}]; the old ones keep running.`;
  tell(world, environment, words, 'WARN');
  done(false);
}
