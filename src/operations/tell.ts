// What people see of a plan: one message edited in place, and a mention in its thread when it ended badly.
import { sentence } from '../core/cards.ts';
import { changeWord, planCard } from '../core/plan-cards.ts';
import { day, keys, type Claim, type Last, type Live, type Plan } from '../core/records.ts';
import { say, type Sign } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { save, type Step } from './step.ts';

/** Edits the plan's message; a failure costs one edit, never the operation. */
export async function showPlan(world: World, plan: Plan): Promise<void> {
  if (!plan.message) return;
  await world.chat.update(plan.message, planCard(plan), plan.locale).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, err: error }, 'edit failed');
  });
}

/** Makes the end known until Slack took it, and frees the target. */
export async function tell(world: World, plan: Plan, rev: number): Promise<Step> {
  await release(world, plan);
  try {
    const message = plan.message ?? (await postAgain(world, plan));
    if (plan.message) await world.chat.update(plan.message, planCard(plan), plan.locale);
    const bad = plan.state === 'ended' && plan.outcome !== 'done';
    if (message) {
      await world.chat.react(message, endSign(plan));
      if (bad) await mention(world, plan, message);
    }
    return await save(world, { ...plan, told: true, ...(message ? { message } : {}) }, rev);
  } catch (error) {
    world.log.warn({ plan: plan.id, err: error }, 'the end could not be shown yet');
    return { again: world.clock.now() + 5000 };
  }
}

/** The message was never recorded (a crash between posting and saving): the end is said in a new one. */
async function postAgain(world: World, plan: Plan) {
  if (plan.state !== 'ended') return undefined;
  const { channel, thread, responseUrl } = plan.place;
  return world.chat.post(
    { channel, ...(thread ? { thread } : {}), ...(responseUrl ? { responseUrl } : {}) },
    planCard(plan),
    plan.locale,
  );
}

async function mention(world: World, plan: Plan, message: NonNullable<Plan['message']>): Promise<void> {
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

/** Frees the target and remembers what was done, each time the same. */
async function release(world: World, plan: Plan): Promise<void> {
  const key = keys.claim(plan.target.key);
  const held = await world.store.get<Claim>(key);
  if (held?.value.plan === plan.id) await world.store.delete(key, held.rev);
  if (plan.state !== 'ended' || plan.outcome !== 'done') return;
  const last: Last = { kind: 'last', schema: 1, plan: plan.id };
  const expires = world.clock.now() + day;
  await world.store.put(keys.lastBy(plan.by), last, { expires });
  await world.store.put(keys.lastOf(plan.target.key), last, { expires });
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
