// Starting once: the start is won by one conditional write, AWS is asked before it is told, "not sure" is never repeated blindly.
import { PlatformError, Refusal, reasonOf } from '../core/errors.ts';
import { note, noteCalls } from '../core/audit-plan.ts';
import { deployHindrance } from '../core/guards.ts';
import { heldBack, noteOverride } from '../core/holds.ts';
import { showPlan } from './tell.ts';
import type { Capacity, Sizes, Status } from '../core/facts.ts';
import type { Platform, Session } from '../core/ports.ts';
import { putPlan } from '../core/plan-store.ts';
import { day, keys, type Claim, type Plan } from '../core/records.ts';
import { say, type Phrase } from '../core/reply.ts';
import { approvalRule, rightOf, touched } from '../core/rights.ts';
import type { World } from '../core/world.ts';
import { stillAgreed } from './approving.ts';
import { save, type Step } from './step.ts';
import { startLease, tryAgain } from './next.ts';

const patience = 8000;

/** Re-checks rights and the world as the plan saw it, then wins the start. */
export async function claimStart(world: World, plan: Plan, rev: number): Promise<Step> {
  const now = world.clock.now();
  const may = await Promise.all(touched(plan).map((target) => world.policy.may(plan.by, rightOf(plan), target)));
  if (may.includes(false)) return end(world, plan, rev, say('late.right-gone'));
  if (!(await isAllowed(world, plan))) return end(world, plan, rev, say('late.rules'));
  if (!(await stillAgreed(world, plan))) return end(world, plan, rev, say('late.approver-gone'));
  const hold = await heldBack(world, plan);
  if (hold) return end(world, plan, rev, hold.said);
  const status = (await world.inventory.status([plan.target], patience)).get(plan.target.key);
  if (!status || status instanceof Error) {
    world.log.warn({ plan: plan.id, err: status }, 'no state before the start');
    const reason = status instanceof PlatformError ? reasonOf(status) : say('error.bug');
    const waiting = { ...plan, attempts: plan.attempts + 1, reason };
    if (plan.attempts === 0) void showPlan(world, waiting);
    return save(world, waiting, rev, tryAgain(waiting, now));
  }
  const moved = changedMeanwhile(plan, status);
  if (moved) return end(world, plan, rev, moved);
  if (!(await holds(world, plan))) return end(world, plan, rev, say('late.superseded'));
  await noteOverride(world, plan);
  return save(world, { ...plan, state: 'starting', startedAt: now, busyUntil: 0, attempts: 0 }, rev);
}

/** A plan made under other rules is not started, but what was set for later: then the rules of now have their say. */
async function isAllowed(world: World, plan: Plan): Promise<boolean> {
  if (plan.rules === undefined || plan.rules === world.policy.hash()) return true;
  if (plan.startAt === undefined) return false;
  const { change, target } = plan;
  const ceiling = (await world.policy.ceiling(target)) ?? Infinity;
  const { min = 0, max = 0, desired = 0 } = change.kind === 'scale' ? change.sizes : {};
  if (Math.max(min, max, desired) > ceiling) return false;
  const found = await approvalRule(world.policy, plan);
  return !found || (plan.votes ?? []).length >= found.rule.need;
}

/** Whether the target is this plan's; taken again where a crash left it to nobody. */
async function holds(world: World, plan: Plan): Promise<boolean> {
  const key = keys.claim(plan.target.key);
  const held = await world.store.get<Claim>(key);
  if (held) return held.value.plan === plan.id;
  const value: Claim = { kind: 'claim', schema: 1, plan: plan.id };
  const rev = await world.store.put(key, value, { ifRev: 0, expires: world.clock.now() + day });
  return rev !== undefined || holds(world, plan);
}

/** Why the plan no longer fits what is there, if it doesn't. */
function changedMeanwhile(plan: Plan, status: Status): Phrase | undefined {
  const { capacity } = status;
  const { sizes, artifact } = plan.before;
  if (plan.change.kind === 'scale') {
    if (!fits(sizes, capacity)) return say('late.moved');
    const hindrance = status.hindrances.scale;
    return hindrance && hindrance !== 'no-scalable-target'
      ? say(`hindrance.${hindrance}`, { target: plan.target.name })
      : undefined;
  }
  if (artifact && status.version && status.version.ref !== artifact.ref) return say('late.moved');
  const hindrance = deployHindrance(status, plan.intent);
  return hindrance ? say(`hindrance.${hindrance}`, { target: plan.target.name }) : undefined;
}

function fits(sizes: Sizes, capacity: Capacity): boolean {
  return sizes.desired === undefined
    ? sizes.min === capacity.min && sizes.max === capacity.max
    : sizes.desired === capacity.desired;
}

/** Whether something is there that this plan neither found nor makes: a repeated start would undo what somebody else did. */
async function overtaken(world: World, { target, change, before }: Plan): Promise<boolean> {
  const status = (await world.inventory.status([target], patience)).get(target.key);
  if (!status || status instanceof Error) return false;
  if (change.kind === 'scale') return !fits(before.sizes, status.capacity) && !fits(change.sizes, status.capacity);
  if (change.kind !== 'deploy') return false;
  const { version } = status;
  if (!version || !before.artifact) return false;
  return version.ref !== before.artifact.ref && version.label !== change.artifact.label;
}

/** Asks AWS to make the change (the driver looks first whether it is already there). */
export async function start(world: World, plan: Plan, rev: number): Promise<Step> {
  if (plan.attempts > 0 && (await overtaken(world, plan))) return end(world, plan, rev, say('late.moved'));
  // Nothing is changed that the log does not know of.
  await note(world, plan);
  const now = world.clock.now();
  // Unsure until AWS answers: a process that dies now leaves a change that may have been made.
  const busy: Plan = { ...plan, busyUntil: now + startLease, attempts: plan.attempts + 1, unsure: true };
  await world.wakeups.at(plan.id, busy.busyUntil!);
  const won = await putPlan(world, busy, rev);
  if (won === undefined) return { again: 0 };
  void showPlan(world, busy);
  const handle = await make(world, busy);
  const after = handle.ok ? (latest: Plan) => watching(latest, handle.value) : failed(world, plan, handle.error);
  return conclude(world, busy, won, after);
}

/** Saves what came of an attempt over what people decided meanwhile (a stop): neither is lost to the other. */
async function conclude(world: World, tried: Plan, rev: number, after: (latest: Plan) => Plan): Promise<Step> {
  const plan = after(tried);
  const saved = await putPlan(world, plan, rev);
  if (saved !== undefined) return { again: plan.state === 'starting' ? plan.busyUntil! : 0 };
  const found = await world.store.get<Plan>(keys.plan(plan.id));
  const mine = found?.value.state === 'starting' && found.value.attempts === tried.attempts;
  return mine ? conclude(world, found.value, found.rev, after) : { again: 0 };
}

function watching(plan: Plan, handle: string | undefined): Plan {
  const { reason: _reason, unsure: _unsure, ...rest } = plan;
  return { ...rest, state: 'watching', attempts: 0, ...(handle ? { handle } : {}) };
}

async function make(world: World, plan: Plan): Promise<{ ok: true; value?: string } | { ok: false; error: unknown }> {
  const platform = world.inventory.platform(plan.target);
  const calls: string[] = [];
  const called = (call: string) => void calls.push(call);
  const about = { operation: plan.id, since: plan.startedAt ?? world.clock.now(), by: plan.by, called };
  try {
    const handle = await made(platform, plan, about);
    return { ok: true, ...(handle === undefined ? {} : { value: handle }) };
  } catch (error) {
    return { ok: false, error };
  } finally {
    await noteCalls(world, plan, plan.by, calls);
  }
}

/** Calls the platform for the plan's change; the handle of what was started, where there is one. */
async function made(
  platform: Platform,
  { target, change }: Plan,
  about: Session & { since: number },
): Promise<string | undefined> {
  switch (change.kind) {
    case 'scale': {
      const { kind: _kind, ...sizes } = change;
      await platform.scale!(target, { ...sizes, ...about });
      return undefined;
    }
    case 'deploy': {
      const { kind: _kind, ...artifact } = change;
      return platform.deploy!(target, { ...artifact, ...about });
    }
    case 'restart':
      return platform.restart!(target, about);
    case 'swap':
      await platform.swap!(target, { other: change.other, ...about });
      return undefined;
  }
}

/** What a plan becomes when its attempt failed: tried again where that may help, else ended. */
function failed(world: World, before: Plan, error: unknown): (latest: Plan) => Plan {
  const now = world.clock.now();
  // An error nobody foresaw may have come after the change was made.
  const sure = error instanceof Refusal || (error instanceof PlatformError && !error.unsure);
  const unsure = before.unsure === true || !sure;
  world.log.warn({ plan: before.id, attempt: before.attempts + 1, err: error }, 'start did not succeed');
  if (error instanceof PlatformError && (error.unsure || error.retryable)) {
    return (latest) => ({
      ...latest,
      busyUntil: tryAgain(latest, now),
      reason: reasonOf(error),
      unsure,
    });
  }
  const reason =
    error instanceof Refusal ? error.reason : error instanceof PlatformError ? reasonOf(error) : say('error.bug');
  return (latest) => ended({ ...latest, unsure }, reason, now);
}

/** Ends what could not be started in time, or watched to an end. */
export function giveUp(world: World, plan: Plan, rev: number): Promise<Step> {
  if (plan.state !== 'watching') {
    const unknown = say(plan.unsure ? 'late.maybe-started' : 'late.not-started');
    return end(world, plan, rev, plan.reason ?? unknown);
  }
  const { reason: _reason, ...rest } = plan;
  return save(world, { ...rest, state: 'ended', outcome: 'unfinished', endedAt: world.clock.now() }, rev);
}

/** Ends a plan that nothing was done of. */
export function end(world: World, plan: Plan, rev: number, reason: Phrase): Promise<Step> {
  return save(world, ended(plan, reason, world.clock.now()), rev);
}

function ended(plan: Plan, reason: Phrase, endedAt: number): Plan {
  return { ...plan, state: 'ended', outcome: plan.unsure ? 'unfinished' : 'not-started', reason, endedAt };
}
