// Watching until the truth is known: new numbers or version there *and* healthy, or failed, or gone back.
import { noteCalls } from '../core/audit-plan.ts';
import { PlatformError, reasonOf } from '../core/errors.ts';
import type { Outcome, Plan } from '../core/records.ts';
import type { Progress } from '../core/facts.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { putPlan } from '../core/plan-store.ts';
import { afterFailure, noted, tellPaused, withDecision } from './pause.ts';
import { save, type Step } from './step.ts';
import { lookAgain } from './next.ts';
import { giveUp } from './start.ts';
import { showPlan } from './tell.ts';

/** Looks at what AWS shows, sends a stop that was asked for, shows what is new, and ends the plan when it is over. */
export async function look(world: World, found: Plan, rev: number, last: boolean): Promise<Step> {
  const now = world.clock.now();
  const announced = announcing(found);
  const at = announced === found ? rev : await putPlan(world, announced, rev);
  if (at === undefined) return { again: 0, lost: true };
  const plan = await withDecision(world, await withStop(world, announced, found), found);
  const { seen, progress } = await seeing(world, plan);
  const outcome = progress && outcomeOf(plan, progress);
  if (outcome) {
    const cause = progress?.cause ? { cause: progress.cause } : {};
    return save(world, { ...seen, state: 'ended', outcome, endedAt: now, ...cause }, at);
  }
  return last ? giveUp(world, seen, at) : shown(world, found, seen, at);
}

function aboutOf(world: World, plan: Plan) {
  const since = plan.startedAt ?? world.clock.now();
  return {
    change: plan.change,
    since,
    operation: plan.id,
    by: plan.by,
    ...(plan.handle ? { handle: plan.handle } : {}),
  };
}

const isOpen = (asked: Plan['stop'] | Plan['decision']): boolean => !!asked && !asked.sent && !asked.refused;

/** Taken by AWS, or perhaps: what followed says that it was. */
const wentOut = (asked: Plan['stop'] | Plan['decision']): boolean =>
  !!asked && !asked.refused && (asked.sent === true || asked.unsure === true);

/** What goes out to AWS next is written down first: who goes on after a crash knows that it may have arrived. */
function announcing(plan: Plan): Plan {
  const { stop, decision } = plan;
  const stops = stop && isOpen(stop) && !stop.unsure ? { stop: { ...stop, unsure: true } } : undefined;
  const decides =
    decision && isOpen(decision) && !decision.unsure ? { decision: { ...decision, unsure: true } } : undefined;
  return stops || decides ? { ...plan, ...stops, ...decides } : plan;
}

/**
 * The plan with what became of a stop. One that fails is sent again at the next look; it never keeps us from looking.
 * `before`: the plan as it was before this try.
 */
async function withStop(world: World, plan: Plan, before: Plan): Promise<Plan> {
  if (!plan.stop || !isOpen(plan.stop)) return plan;
  const calls: string[] = [];
  const called = (call: string) => void calls.push(call);
  const { by } = plan.stop;
  try {
    await world.inventory.platform(plan.target).abort!(plan.target, { ...aboutOf(world, plan), by, called });
    return { ...plan, stop: { ...plan.stop, sent: true } };
  } catch (error) {
    world.log.warn({ plan: plan.id, err: error }, 'could not stop');
    return { ...plan, stop: { ...plan.stop, ...afterFailure(error, before.stop) } };
  } finally {
    await noteCalls(world, plan, by, calls);
  }
}

/** The plan with the progress AWS shows now, or with why there is none. */
async function seeing(world: World, plan: Plan): Promise<{ seen: Plan; progress?: Progress }> {
  try {
    const progress = await world.inventory.platform(plan.target).progress!(plan.target, aboutOf(world, plan));
    const { reason: _reason, ...rest } = plan;
    return { seen: { ...rest, progress }, progress };
  } catch (error) {
    world.log.warn({ plan: plan.id, err: error }, 'could not look');
    return { seen: { ...plan, reason: error instanceof PlatformError ? reasonOf(error) : say('error.bug') } };
  }
}

/** Saves and edits only when what people see has changed. */
async function shown(world: World, before: Plan, after: Plan, rev: number): Promise<Step> {
  const again = lookAgain(after, world.clock.now());
  if (visible(before) === visible(after)) return { again };
  const told = noted(waited(world, before, after));
  void showPlan(world, told);
  const saved = await putPlan(world, told, rev);
  if (saved !== undefined && told.pauseTold !== before.pauseTold) await tellPaused(world, told);
  return { again };
}

/** How long it is watched counts from the end of its last pause. */
function waited(world: World, before: Plan, after: Plan): Plan {
  const { pause } = after.progress ?? {};
  if (pause) return { ...after, watchedFrom: pause.until ?? world.clock.now() };
  return before.progress?.pause ? { ...after, watchedFrom: world.clock.now() } : after;
}

function visible({ progress, reason, stop, decision }: Plan): string {
  return JSON.stringify([progress, reason, stop, decision]);
}

function outcomeOf(plan: Plan, progress: Progress): Outcome | undefined {
  switch (progress.state) {
    case 'done':
      return 'done';
    case 'failed':
      return 'failed';
    case 'rolled-back':
      return wentOut(plan.stop) || (plan.decision?.verb === 'rollback' && wentOut(plan.decision))
        ? 'stopped'
        : 'rolled-back';
    case 'running':
    case 'rolling-back':
      return undefined;
  }
}
