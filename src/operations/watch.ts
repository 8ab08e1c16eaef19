// Watching until the truth is known: new numbers or version there *and* healthy, or failed, or gone back.
import { PlatformError, Refusal, reasonOf } from '../core/errors.ts';
import type { Outcome, Plan } from '../core/records.ts';
import type { Progress } from '../core/facts.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { save, type Step } from './step.ts';
import { lookAgain } from './next.ts';
import { showPlan } from './tell.ts';

/** Looks at what AWS shows, sends a stop that was asked for, shows what is new, and ends the plan when it is over. */
export async function look(world: World, plan: Plan, rev: number): Promise<Step> {
  const now = world.clock.now();
  const platform = world.inventory.platform(plan.target);
  const about = { change: plan.change, since: plan.startedAt ?? now, ...(plan.handle ? { handle: plan.handle } : {}) };
  try {
    if (plan.stop && !plan.stop.sent) {
      await platform.abort!(plan.target, about);
      return await save(world, { ...plan, stop: { ...plan.stop, sent: true } }, rev);
    }
    const progress = await platform.progress!(plan.target, about);
    const { reason: _reason, ...rest } = plan;
    const seen: Plan = { ...rest, progress };
    const outcome = outcomeOf(plan, progress);
    if (outcome) {
      return await save(
        world,
        { ...seen, state: 'ended', outcome, endedAt: now, ...(progress.cause ? { cause: progress.cause } : {}) },
        rev,
      );
    }
    return await shown(world, plan, seen, rev);
  } catch (error) {
    if (error instanceof Refusal && plan.stop && !plan.stop.sent) {
      // Too late to stop: say so and go on watching.
      return save(world, { ...plan, stop: { ...plan.stop, sent: true }, reason: error.reason }, rev);
    }
    world.log.warn({ plan: plan.id, err: error }, 'could not look');
    const reason = error instanceof PlatformError ? reasonOf(error) : say('error.bug');
    return shown(world, plan, { ...plan, reason }, rev);
  }
}

/** Saves and edits only when what people see has changed. */
async function shown(world: World, before: Plan, after: Plan, rev: number): Promise<Step> {
  const again = lookAgain(after, world.clock.now());
  if (visible(before) === visible(after)) return { again };
  await showPlan(world, after);
  return save(world, after, rev, again);
}

function visible({ progress, reason, stop }: Plan): string {
  return JSON.stringify([progress, reason, stop]);
}

function outcomeOf(plan: Plan, progress: Progress): Outcome | undefined {
  switch (progress.state) {
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'rolled-back':
      return plan.stop?.sent ? 'stopped' : 'rolled-back';
    case 'running':
    case 'rolling-back':
      return undefined;
  }
}
