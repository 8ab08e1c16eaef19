// Temporary changes: their end is a record of its own, which people may put off, bring forward or drop.
import { takeUp } from './agree.ts';
import { plain, range, sizesPhrase } from './cards.ts';
import type { Capacity } from './facts.ts';
import { day, hour, keys, minute, type Plan, type Revert } from './records.ts';
import { say, type Action, type Line, type Phrase, type Reply } from './reply.ts';
import type { World } from './world.ts';

export type RevertVerb = 'keep' | 'longer' | 'now';

/** The id of the end of a temporary change. */
export function revertId(plan: string): string {
  return plan.replace(/^plan/u, 'revert');
}

/** How long before the end people are reminded, ms. */
export function notice({ lasts }: Revert): number {
  return Math.min(10 * minute, lasts / 4);
}

/** Records when a finished temporary change is taken back; once, however often it is called. */
export async function setRevert(world: World, plan: Plan): Promise<void> {
  const id = revertId(plan.id);
  const at = (plan.endedAt ?? world.clock.now()) + plan.lasts!;
  const { target, by, place, locale, lasts = 0 } = plan;
  const value: Revert = {
    kind: 'revert',
    schema: 1,
    id,
    plan: plan.id,
    target,
    by,
    place,
    locale,
    at,
    lasts,
    state: 'waiting',
    tries: 0,
  };
  await world.wakeups.at(id, at - notice(value));
  await putRevert(world, value, 0);
}

/** Writes it as far as `ifRev` holds; the new rev, or nothing. */
export function putRevert(world: World, revert: Revert, ifRev: number): Promise<number | undefined> {
  return world.store.put(keys.revert(revert.id), revert, {
    ifRev,
    expires: Math.max(revert.at, world.clock.now()) + 7 * day,
  });
}

/** Records what somebody decides about the end of a temporary change; the answer is nothing, or why it did not count. */
export async function decideRevert(
  world: World,
  id: string,
  by: string,
  verb: RevertVerb,
): Promise<Phrase | undefined> {
  const found = await world.store.get<Revert>(keys.revert(id));
  if (!found) return say('late.gone');
  const revert = found.value;
  await world.policy.allow(by, 'scale', revert.target);
  if (revert.state !== 'waiting') return say('revert.over');
  const now = world.clock.now();
  await world.wakeups.at(id, now + takeUp);
  const rev = await putRevert(world, { ...after(revert, verb, now), decided: { by, verb }, isStale: true }, found.rev);
  if (rev === undefined) return decideRevert(world, id, by, verb);
  await world.audit.note({
    id: `${id}/${verb}/${revert.at}`,
    kind: 'kept',
    by,
    target: revert.target.key,
    plan: revert.plan,
    what: verb,
  });
  return undefined;
}

function after(revert: Revert, verb: RevertVerb, now: number): Revert {
  switch (verb) {
    case 'keep':
      return { ...revert, state: 'kept' };
    case 'longer':
      return { ...revert, at: revert.at + revert.lasts, reminded: false };
    case 'now':
      return { ...revert, at: now };
  }
}

/** What a temporary change offers while it lasts. */
export function revertButtons(id: string, lasts: number): Action[] {
  const button = (verb: RevertVerb, label: Phrase): Action => ({ kind: 'button', label, click: { revert: id, verb } });
  return [
    { ...button('keep', say('button.keep')), style: 'primary' } as Action,
    button('longer', say('button.longer', { duration: { duration: lasts } })),
    button('now', say('button.revert-now')),
  ];
}

/** Soon it is taken back; what that changes, and what can be done about it. */
export function reminderCard(revert: Revert, plan: Plan, now: Capacity | undefined): Reply {
  const { by, decided, at } = revert;
  const sizes = sizesPhrase(plan.before.sizes);
  const lines: Line[] = [{ label: say('label.capacity'), parts: now ? [range(now)] : [plain('–')] }];
  const isOpen = revert.state === 'waiting' && decided?.verb !== 'now';
  const state = say('revert.reminder', { sizes, at: { time: at, style: 'time' } });
  return {
    header: { sign: isOpen ? 'ask' : 'back', text: say('header', { target: plan.target.name, state }) },
    parts: [{ kind: 'lines', lines }],
    actions: isOpen ? revertButtons(revert.id, revert.lasts) : [],
    foot: [footOf(revert, by, at)],
  };
}

function footOf({ state, decided }: Revert, by: string, at: number): Phrase {
  const person = { person: decided?.by ?? by };
  if (state === 'kept') return say('revert.kept', { person });
  if (decided?.verb === 'longer') return say('revert.extended', { person, at: { time: at, style: 'time' } });
  if (state === 'done' || decided?.verb === 'now') return say('revert.back');
  return say('revert.leave', { person, at: { time: at, style: 'time' } });
}

/** How long an unanswered question about a revert stands. */
export const askedFor = hour;
