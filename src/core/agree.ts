// Decisions people take about a plan. Each is one conditional write; the answer is nothing, or why it did not count.
import { confirmWithin, keys, minute, over, type Claim, type Plan, type PlanState } from './records.ts';
import { putPlan } from './plan-store.ts';
import { say, type Phrase } from './reply.ts';
import { rightOf } from './rights.ts';
import type { Posted } from './ports.ts';
import type { World } from './world.ts';

/** How soon a decision is taken up if this process dies right after recording it. Ahead of the record: a wake-up for now would find nothing yet. */
const takeUp = 2000;

/** Records the requester's confirmation and queues its wake-up. Throws when it could not be recorded. */
export async function confirm(
  world: World,
  id: string,
  by: string,
  from: { message?: Posted; responseUrl?: string } = {},
): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  const plan = found.value;
  const now = world.clock.now();
  if (plan.state !== 'proposed') return late(plan.state);
  if (plan.by !== by) return say('late.not-yours', { person: { person: plan.by } });
  if (now >= plan.proposedAt + confirmWithin) return late('expired');
  await world.policy.allow(by, rightOf(plan.intent, plan.change), plan.target);
  const claim = await world.store.get<Claim>(keys.claim(plan.target.key));
  if (claim?.value.plan !== id) return late('superseded');
  // Before the record: a crash in between leaves a wake-up that finds nothing to do, never a decision nobody takes up.
  await world.wakeups.at(id, now + takeUp);
  const agreed: Plan = {
    ...plan,
    state: 'agreed',
    agreedAt: now,
    ...(from.message && !plan.message ? { message: from.message } : {}),
    // Where the bot is no member, only the newest answer address reaches the person.
    place: from.responseUrl ? { ...plan.place, responseUrl: from.responseUrl } : plan.place,
  };
  const rev = await putPlan(world, agreed, found.rev);
  return rev === undefined ? confirm(world, id, by, from) : undefined;
}

/** Drops a plan nobody confirmed. */
export async function cancel(world: World, id: string, by: string): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  if (found.value.state !== 'proposed') return late(found.value.state);
  if (found.value.by !== by) return say('late.not-yours', { person: { person: found.value.by } });
  await world.wakeups.at(id, world.clock.now() + takeUp);
  const rev = await putPlan(world, { ...found.value, state: 'cancelled' }, found.rev);
  return rev === undefined ? cancel(world, id, by) : undefined;
}

/** Asks a running deployment to stop and go back. Anybody with the right may. */
export async function stop(world: World, id: string, by: string): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  const plan = found.value;
  await world.policy.allow(by, 'rollback', plan.target);
  if (over(plan) || plan.state === 'proposed') return late(plan.state);
  if (plan.stop && !plan.stop.refused) return say('late.stopping', { person: { person: plan.stop.by } });
  if (!plan.stoppable) return say('refuse.cannot-stop', { target: plan.target.name });
  const now = world.clock.now();
  await world.wakeups.at(id, now + takeUp);
  const rev = await putPlan(world, { ...plan, stop: { by, at: now } }, found.rev);
  return rev === undefined ? stop(world, id, by) : undefined;
}

/** When a plan's first wake-up is due: at its expiry. */
export function expiry(plan: Plan): number {
  return plan.proposedAt + confirmWithin;
}

/** How long an agreed plan may wait for its start. */
export const startWithin = 5 * minute;

function late(state: PlanState): Phrase {
  if (state === 'agreed' || state === 'starting' || state === 'watching') return say('late.confirmed');
  return say(state === 'proposed' ? 'late.not-started' : `late.${state}`);
}
