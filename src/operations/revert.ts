// The end of a temporary change: a reminder, then back to what was there before, never over somebody's later change.
import { open } from '../core/plan.ts';
import { askedFor, notice, putRevert, reminderCard } from '../core/reverts.ts';
import type { Sizes, Status } from '../core/facts.ts';
import { keys, minute, over, underWay, type Claim, type Plan, type Revert } from '../core/records.ts';
import { sentence } from '../core/cards.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';

const patience = 8000;
/** When to try again while AWS does not answer or another change is under way. */
const retry = minute / 2;

/** Takes the end of a temporary change one step on. */
export async function revertDue(world: World, id: string): Promise<number | undefined> {
  const found = await world.store.get<Revert>(keys.revert(id));
  const plan = found && (await world.store.get<Plan>(keys.plan(found.value.plan)))?.value;
  if (!found || !plan) return undefined;
  const { value: revert, rev } = found;
  const now = world.clock.now();
  if (revert.isStale) return refreshed(world, revert, rev, plan);
  if (revert.state !== 'waiting') return undefined;
  if (now >= revert.at) return goBack(world, revert, rev, plan);
  const remindAt = revert.at - notice(revert);
  if (revert.reminded) return revert.at;
  if (now < remindAt) return remindAt;
  return remind(world, revert, rev, plan);
}

async function statusOf(world: World, { target }: Plan): Promise<Status | undefined> {
  const status = (await world.inventory.status([target], patience)).get(target.key);
  return status instanceof Error ? undefined : status;
}

/** Who reminds claims it first: a second card would be noise. */
async function remind(world: World, revert: Revert, rev: number, plan: Plan): Promise<number> {
  const next: Revert = { ...revert, reminded: true };
  const won = await putRevert(world, next, rev);
  if (won === undefined) return world.clock.now();
  const card = reminderCard(next, plan, (await statusOf(world, plan))?.capacity);
  const { channel, thread } = plan.place;
  const root = thread ?? plan.message?.ts;
  const message = await world.chat
    .post({ channel, ...(root && !plan.place.direct ? { thread: root } : {}) }, card, plan.locale)
    .catch((error: unknown) => {
      world.log.warn({ revert: revert.id, err: error }, 'nobody could be reminded');
      return undefined;
    });
  if (message) await putRevert(world, { ...next, message }, won);
  return revert.at;
}

/** Shows what was decided on the reminder. */
async function refreshed(world: World, revert: Revert, rev: number, plan: Plan): Promise<number | undefined> {
  const { isStale: _isStale, ...next } = revert;
  if ((await putRevert(world, next, rev)) === undefined) return world.clock.now();
  if (revert.message) {
    const card = reminderCard(next, plan, (await statusOf(world, plan))?.capacity);
    await world.chat.update(revert.message, card, plan.locale).catch((error: unknown) => {
      world.log.warn({ revert: revert.id, err: error }, 'a reminder could not be edited');
    });
  }
  return revert.state === 'waiting' ? world.clock.now() : undefined;
}

/** Starts the plan that takes it back, or asks where the numbers are no longer those of the change. */
async function goBack(world: World, revert: Revert, rev: number, plan: Plan): Promise<number | undefined> {
  if (plan.change.kind !== 'scale') return undefined;
  const again = world.clock.now() + retry;
  const id = `plan_back${revert.tries}${revert.id.slice('revert'.length)}`;
  const made = (await world.store.get<Plan>(keys.plan(id)))?.value;
  // Made, and then this process died, or another change took its place before it began.
  if (made && !(over(made) && made.outcome === undefined)) return settled(world, revert, rev);
  if (made) return (await putRevert(world, { ...revert, tries: revert.tries + 1 }, rev)) && world.clock.now();
  if (await isBusy(world, plan)) return again;
  const status = await statusOf(world, plan);
  if (!status) return again;
  const now = sizesOf(status);
  if (same(plan.before.sizes, now)) return settled(world, revert, rev);
  const isOurs = same(plan.change.sizes, now);
  await openBack(world, id, plan, status, isOurs);
  return settled(world, revert, rev);
}

async function settled(world: World, revert: Revert, rev: number): Promise<number | undefined> {
  const saved = await putRevert(world, { ...revert, state: 'done', isStale: true }, rev);
  return saved === undefined ? world.clock.now() : world.clock.now() + 1;
}

async function isBusy(world: World, { target }: Plan): Promise<boolean> {
  const claim = await world.store.get<Claim>(keys.claim(target.key));
  const other = claim && (await world.store.get<Plan>(keys.plan(claim.value.plan)))?.value;
  return other !== undefined && underWay(other);
}

/** What was agreed to with the temporary change is agreed; over somebody's later change it is a question again. */
async function openBack(world: World, id: string, plan: Plan, status: Status, isOurs: boolean): Promise<void> {
  const now = world.clock.now();
  const { target, by, place, locale } = plan;
  const { responseUrl: _responseUrl, ...stays } = place;
  const back: Plan = {
    kind: 'plan',
    schema: 1,
    id,
    intent: 'Undo',
    command: { intent: 'Undo', slots: { target: target.key } },
    target,
    change: { kind: 'scale', sizes: plan.before.sizes },
    before: { sizes: sizesOf(status), capacity: status.capacity },
    warnings: isOurs ? [] : [say('warn.moved')],
    by,
    place: stays,
    locale,
    proposedAt: now,
    attempts: 0,
    stoppable: false,
    reverts: plan.id,
    ...(isOurs ? { state: 'agreed', agreedAt: now } : { state: 'proposed', expiresAt: now + askedFor }),
  };
  await open(world, back, {
    ...stays,
    ...(plan.message && !stays.direct ? { thread: stays.thread ?? plan.message.ts } : {}),
  });
  if (isOurs) return;
  const thread = stays.thread ?? plan.message?.ts;
  const to = { channel: stays.channel, ...(thread && !stays.direct ? { thread } : {}) };
  await world.chat.post(to, sentence(say('revert.moved', { person: { person: by } })), locale);
}

function sizesOf({ capacity }: Status): Sizes {
  return capacity.min === undefined || capacity.max === undefined
    ? { desired: capacity.desired }
    : { min: capacity.min, max: capacity.max };
}

function same(a: Sizes, b: Sizes): boolean {
  return a.desired === undefined ? a.min === b.min && a.max === b.max : a.desired === b.desired;
}
