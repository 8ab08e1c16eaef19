// CloudWatch alarms that end a deployment. One that rings already when it begins is not looked at.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/deployment-alarm-failure.html
import { valueOfAlarm } from './alarms.ts';
import { failDeployment, isUnderWay } from './ecs-deployments.ts';
import type { Deployment, EcsService } from './ecs-types.ts';
import type { World } from './world.ts';

const every = 15_000;

/** Looks at the service's alarms until its deployment is over; `wake` is called when one ended it. */
export function watchAlarms(world: World, service: EcsService, deployment: Deployment, wake: () => void): void {
  const { alarmed } = service;
  const made = deployment.serviceDeployment;
  if (!alarmed || !made) return;
  const quiet = alarmed.names.filter((name) => !rings(world, service, name));
  made.alarms = { names: alarmed.names, triggered: [] };
  const check = () => {
    if (!isUnderWay(made) || made.rollback) return;
    const ringing = quiet.filter((name) => rings(world, service, name));
    if (ringing.length === 0) return world.timeline.after(every, check);
    made.alarms = { names: alarmed.names, triggered: ringing };
    failDeployment(world, service, deployment, { words: 'alarm detected', by: 'alarm', rollback: alarmed.rollback });
    wake();
  };
  world.timeline.after(every, check);
}

function rings(world: World, service: EcsService, name: string): boolean {
  const alarm = world.alarms.find((it) => it.region === service.cluster.region && it.name === name);
  return alarm !== undefined && valueOfAlarm(world, alarm) === 'ALARM';
}
