// The stages of a blue/green deployment, and the hooks that pause it between them.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
import { isUnderWay, rollBack } from './ecs-deployments.ts';
import type { EcsService, HookRun, HookStage, PauseHook, ServiceDeployment, Stage } from './ecs-types.ts';
import type { World } from './world.ts';

export const stages: readonly Stage[] = [
  'PRE_SCALE_UP',
  'SCALE_UP',
  'POST_SCALE_UP',
  'TEST_TRAFFIC_SHIFT',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
  'BAKE_TIME',
  'CLEAN_UP',
];

/** Where AWS lets a deployment pause. */
export const pauseStages: readonly HookStage[] = [
  'RECONCILE_SERVICE',
  'PRE_SCALE_UP',
  'POST_SCALE_UP',
  'POST_TEST_TRAFFIC_SHIFT',
  'PRE_PRODUCTION_TRAFFIC_SHIFT',
  'POST_PRODUCTION_TRAFFIC_SHIFT',
];

type Wake = () => void;

/** The blue/green deployment that is on its way forth, where there is one. */
function staged(service: EcsService): ServiceDeployment | undefined {
  const made = service.deployments[0]?.serviceDeployment;
  return service.strategy === 'BLUE_GREEN' && made && isUnderWay(made) && !made.rollback ? made : undefined;
}

/** Whether the new tasks may not start yet. */
export function holdsNew(service: EcsService): boolean {
  return staged(service)?.stage === 'PRE_SCALE_UP';
}

/** Whether the old tasks have to stay. */
export function holdsOld(service: EcsService): boolean {
  const made = staged(service);
  return made !== undefined && made.stage !== 'CLEAN_UP';
}

/** Goes through the stages that are over; `wake` is called when it is worth looking again. */
export function advanceStages(world: World, service: EcsService, wake: Wake): void {
  const made = staged(service);
  if (!made) return;
  if (!made.stage) enter(world, service, made, stages[0]!, wake);
  while (made.stage !== 'CLEAN_UP' && !waiting(made) && isOver(service, made)) {
    enter(world, service, made, stages[stages.indexOf(made.stage!) + 1]!, wake);
  }
}

export function waiting(made: ServiceDeployment): HookRun | undefined {
  return made.hooks?.find((it) => it.status === 'AWAITING_ACTION');
}

function isOver(service: EcsService, made: ServiceDeployment): boolean {
  if (durationOf(service, made.stage!) !== undefined) return made.stageIsUp === true;
  if (made.stage !== 'SCALE_UP') return true;
  const primary = service.deployments[0];
  return service.tasks.filter((it) => it.deployment === primary && it.healthy).length >= service.desired;
}

/** Unsped milliseconds of a stage that takes its time. */
function durationOf(service: EcsService, stage: Stage): number | undefined {
  if (stage === 'TEST_TRAFFIC_SHIFT') return 10_000;
  if (stage === 'PRODUCTION_TRAFFIC_SHIFT') return 20_000;
  return stage === 'BAKE_TIME' ? (service.bakeMinutes ?? 0) * 60_000 : undefined;
}

function enter(world: World, service: EcsService, made: ServiceDeployment, stage: Stage, wake: Wake): void {
  Object.assign(made, { stage, stageIsUp: false, updatedAt: world.timeline.now() });
  const duration = durationOf(service, stage);
  if (duration !== undefined) {
    world.timeline.after(duration, () => {
      if (made.stage !== stage) return;
      made.stageIsUp = true;
      wake();
    });
  }
  for (const hook of service.hooks ?? []) if (isAt(hook, stage)) pause(world, service, made, { hook, stage, wake });
}

/** The traffic is not shifted yet when a hook pauses before that. */
function isAt({ stages: at }: PauseHook, stage: Stage): boolean {
  return at.some(
    (it) => it === stage || (it === 'PRE_PRODUCTION_TRAFFIC_SHIFT' && stage === 'PRODUCTION_TRAFFIC_SHIFT'),
  );
}

type Pause = { hook: PauseHook; stage: Stage; wake: Wake };

function pause(world: World, service: EcsService, made: ServiceDeployment, { hook, wake }: Pause): void {
  const wait = hook.minutes * 60_000;
  const run: HookRun = {
    id: `ecs-pause-${world.ids.mixed(43)}`,
    status: 'AWAITING_ACTION',
    expiresAt: world.timeline.now() + wait / world.timeline.speed(),
    action: hook.action,
  };
  made.hooks = [...(made.hooks ?? []), run];
  world.timeline.after(wait, () => {
    if (run.status !== 'AWAITING_ACTION') return;
    run.status = 'TIMED_OUT';
    if (hook.action === 'ROLLBACK') giveBack(world, service, 'a lifecycle hook timed out');
    wake();
  });
}

/** Does what somebody decided about a deployment that waits. */
export function decide(world: World, service: EcsService, run: HookRun, action: 'CONTINUE' | 'ROLLBACK'): void {
  run.status = action === 'CONTINUE' ? 'SUCCEEDED' : 'FAILED';
  if (action === 'ROLLBACK') giveBack(world, service, 'of a ContinueServiceDeployment request');
}

function giveBack(world: World, service: EcsService, why: string): void {
  rollBack(world, service, `Service deployment rolled back because ${why}.`);
}
