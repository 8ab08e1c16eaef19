// What people see of a plan: one message edited in place, and a mention in its thread when it ended badly.
import { note } from '../core/audit-plan.ts';
import { sentence } from '../core/cards.ts';
import { lockAfter } from '../core/lock-after.ts';
import { planCard } from '../core/plan-cards.ts';
import { changeWord } from '../core/plan-words.ts';
import { PlatformError } from '../core/errors.ts';
import type { Posted } from '../core/ports.ts';
import { day, keys, minute, type Claim, type Last, type Live, type Plan, type Scheduled } from '../core/records.ts';
import { say, type Sign } from '../core/reply.ts';
import { setRevert } from '../core/reverts.ts';
import type { World } from '../core/world.ts';
import { beginWatch } from './health.ts';
import { save, type Step } from './step.ts';

/** Edits the plan's message; a failure costs one edit, never the operation. */
export async function showPlan(world: World, plan: Plan): Promise<void> {
  if (!plan.message) return;
  await world.chat.update(plan.message, planCard(plan), plan.locale).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, err: error }, 'edit failed');
  });
}

/** Frees the target until the time has come, and says when that is. */
export async function shelve(world: World, plan: Plan, rev: number): Promise<Step> {
  await free(world, plan);
  const index: Scheduled = { kind: 'scheduled', schema: 1, plan: plan.id };
  await world.store.put(keys.scheduled(plan.id), index, { expires: plan.startAt! + day });
  const shelved: Plan = { ...plan, shelved: true };
  void showPlan(world, shelved);
  return save(world, shelved, rev);
}

/** Makes the end known until Slack took it, and frees the target. */
export async function tell(world: World, plan: Plan, rev: number): Promise<Step> {
  await release(world, plan);
  const now = world.clock.now();
  try {
    await note(world, plan);
    const message = await placed(world, plan);
    if (message) await finish(world, plan, message);
    return await save(world, { ...plan, told: true, ...(message ? { message } : {}) }, rev);
  } catch (error) {
    const tries = (plan.tellTries ?? 0) + 1;
    const over = now - (plan.endedAt ?? plan.proposedAt) > day;
    world.log[over ? 'error' : 'warn']({ plan: plan.id, tries, err: error }, 'the end could not be shown');
    if (over) return save(world, { ...plan, told: true }, rev);
    return save(world, { ...plan, tellTries: tries }, rev, now + Math.min(10 * minute, 5000 * 2 ** (tries - 1)));
  }
}

/** Where the end stands now: on the plan's own card, else in a new message, else in a direct one. */
async function placed(world: World, plan: Plan): Promise<Posted | undefined> {
  const card = planCard(plan);
  if (plan.message) {
    try {
      await world.chat.update(plan.message, card, plan.locale);
      return plan.message;
    } catch (error) {
      if (passing(error)) throw error;
    }
  }
  // A question nobody answered may vanish with its card; what was done to AWS may not.
  if (plan.state !== 'ended') return undefined;
  const { channel, thread, responseUrl } = plan.place;
  const to = { channel, ...(thread ? { thread } : {}), ...(responseUrl ? { responseUrl } : {}) };
  return world.chat.post(to, card, plan.locale).catch((error: unknown) => {
    if (passing(error)) throw error;
    return world.chat.post({ channel: plan.by }, card, plan.locale);
  });
}

/** Whether trying again may help. */
function passing(error: unknown): boolean {
  return !(error instanceof PlatformError) || error.retryable || error.unsure;
}

/** The sign seen from afar, and who asked is told where it ended badly: once, even if Slack says neither yes nor no. */
async function finish(world: World, plan: Plan, message: Posted): Promise<void> {
  await world.chat.react(message, endSign(plan));
  if (plan.state !== 'ended' || plan.outcome === 'done') return;
  // Who stopped it knows.
  if (plan.outcome === 'stopped' && (plan.stop ?? plan.decision)?.by === plan.by) return;
  await mention(world, plan, message).catch((error: unknown) => {
    if (error instanceof PlatformError && error.retryable && !error.unsure) throw error;
    world.log.warn({ plan: plan.id, err: error }, 'who asked could not be told');
  });
}

async function mention(world: World, plan: Plan, message: Posted): Promise<void> {
  const key =
    plan.outcome === 'not-started'
      ? 'told.not-started'
      : plan.outcome === 'unfinished'
        ? 'told.unfinished'
        : 'told.failed';
  // AWS's own words are for whoever looks closer, not for the card.
  const more = plan.cause?.words ? [say('cause.aws-says', { words: plan.cause.words })] : [];
  const about = { person: { person: plan.by }, target: plan.target.name, change: changeWord(plan) };
  const reply = sentence(say(key, about), { more });
  await world.chat.post({ channel: message.channel, thread: plan.place.thread ?? message.ts }, reply, plan.locale);
}

function endSign(plan: Plan): Sign {
  if (plan.state !== 'ended' || plan.outcome === 'not-started') return 'no';
  if (plan.outcome === 'done') return 'done';
  if (plan.outcome === 'stopped') return 'back';
  return plan.outcome === 'unfinished' ? 'unknown' : 'failed';
}

async function free(world: World, plan: Plan): Promise<void> {
  const key = keys.claim(plan.target.key);
  const held = await world.store.get<Claim>(key);
  if (held?.value.plan === plan.id) await world.store.delete(key, held.rev);
}

/** Frees the target and remembers what was done, each time the same. */
async function release(world: World, plan: Plan): Promise<void> {
  // Before it is freed: nothing can start in between.
  await lockAfter(world, plan);
  await free(world, plan);
  if (plan.state !== 'ended' || plan.outcome !== 'done') return;
  const last: Last = { kind: 'last', schema: 1, plan: plan.id };
  const expires = world.clock.now() + day;
  await world.store.put(keys.lastBy(plan.by), last, { expires });
  await world.store.put(keys.lastOf(plan.target.key), last, { expires });
  if (plan.lasts !== undefined) await setRevert(world, plan);
  if (plan.change.kind !== 'scale') await beginWatch(world, plan);
  if (plan.change.kind !== 'deploy') return;
  const live: Live = {
    kind: 'live',
    schema: 1,
    label: plan.change.artifact.label,
    by: plan.by,
    at: plan.endedAt ?? 0,
    operation: plan.id,
  };
  await world.store.put(keys.live(plan.target.key), live);
}
