// Decisions people take about a plan. Each is one conditional write; the answer is nothing, or why it did not count.
import {
  confirmWithin,
  isOpen,
  keys,
  minute,
  underWay,
  type Awaited,
  type Claim,
  type Plan,
  type PlanState,
} from './records.ts';
import { heldBack, heldRefusal } from './holds.ts';
import { putPlan } from './plan-store.ts';
import { say, type Phrase } from './reply.ts';
import { allowChange } from './rights.ts';
import type { Posted } from './ports.ts';
import type { World } from './world.ts';

/** How soon a decision is taken up if this process dies right after recording it. Ahead of the record: a wake-up for now would find nothing yet. */
export const takeUp = 2000;

type From = { message?: Posted; responseUrl?: string; /** What was typed to confirm. */ typed?: string };

/**
 * Records the requester's confirmation and queues its wake-up. Throws when it could not be recorded. A dangerous plan
 * is confirmed by its target's name, typed.
 */
export async function confirm(world: World, id: string, by: string, from: From = {}): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  const plan = found.value;
  const now = world.clock.now();
  if (plan.state !== 'proposed') return late(plan.state);
  if (plan.by !== by) return say('late.not-yours', { person: { person: plan.by } });
  if (now >= expiry(plan)) return late('expired');
  await allowChange(world.policy, by, plan);
  const claim = await world.store.get<Claim>(keys.claim(plan.target.key));
  if (claim?.value.plan !== id) return late('superseded');
  const hold = await heldBack(world, plan);
  if (hold) throw await heldRefusal(world, hold, plan);
  if (plan.danger && from.typed !== plan.target.name) return askName(world, plan, from.typed);
  // Before the record: a crash in between leaves a wake-up that finds nothing to do, never a decision nobody takes up.
  await world.wakeups.at(id, now + takeUp);
  const agreed: Plan = {
    ...plan,
    ...confirmed(plan, now),
    ...(from.message && !plan.message ? { message: from.message } : {}),
    // Where the bot is no member, only the newest answer address reaches the person.
    place: from.responseUrl ? { ...plan.place, responseUrl: from.responseUrl } : plan.place,
  };
  const rev = await putPlan(world, agreed, found.rev);
  return rev === undefined ? confirm(world, id, by, from) : undefined;
}

/** What becomes of a plan its requester confirmed. */
function confirmed({ approval, startAt }: Plan, now: number): Partial<Plan> {
  if (approval) return { state: 'approving', approval: { ...approval, until: now + approval.within } };
  return ready(startAt, now);
}

/** What becomes of a plan that everybody agreed to. */
export function ready(startAt: number | undefined, now: number): Pick<Plan, 'state' | 'agreedAt'> {
  return { state: startAt === undefined ? 'agreed' : 'scheduled', agreedAt: now };
}

/** A name on a button can be clicked by mistake; a typed one is meant. */
async function askName(world: World, plan: Plan, typed: string | undefined): Promise<Phrase> {
  const value: Awaited = { kind: 'awaited', schema: 1, plan: plan.id };
  const expires = expiry(plan);
  await world.store.put<Awaited>(keys.awaiting(plan.place, plan.by), value, { expires });
  const name = { target: plan.target.name };
  return typed === undefined ? say('danger.type', name) : say('danger.wrong', name);
}

/** Drops a plan that nothing was done of yet. */
export async function cancel(world: World, id: string, by: string): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  if (!isOpen(found.value) && found.value.state !== 'scheduled') return late(found.value.state);
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
  if (!underWay(plan)) return late(plan.state);
  if (plan.stop && !plan.stop.refused) return say('late.stopping', { person: { person: plan.stop.by } });
  if (!plan.stoppable) return say('refuse.cannot-stop', { target: plan.target.name });
  const now = world.clock.now();
  await world.wakeups.at(id, now + takeUp);
  const rev = await putPlan(world, { ...plan, stop: { by, at: now } }, found.rev);
  return rev === undefined ? stop(world, id, by) : undefined;
}

/** When a plan's first wake-up is due: at its expiry. */
export function expiry(plan: Plan): number {
  return plan.expiresAt ?? plan.proposedAt + confirmWithin;
}

/** How long an agreed plan may wait for its start. */
export const startWithin = 5 * minute;

/** Why an answer to a plan in this state counts no more. */
export function late(state: PlanState): Phrase {
  if (state === 'agreed' || state === 'starting' || state === 'watching') return say('late.confirmed');
  return say(state === 'proposed' ? 'late.not-started' : `late.${state}`);
}
