// A deployment that waits at a hook of AWS's: what somebody decided is sent, and whoever must decide is told, once.
import { noteCalls } from '../core/audit-plan.ts';
import { PlatformError, Refusal } from '../core/errors.ts';
import { sentence } from '../core/cards.ts';
import { isPaused } from '../core/pauses.ts';
import { changeWord } from '../core/plan-words.ts';
import type { Plan } from '../core/records.ts';
import { say, type Phrase } from '../core/reply.ts';
import type { World } from '../core/world.ts';

/**
 * The plan with what became of the decision. One that fails is sent again at the next look; AWS takes it only once.
 * `before`: the plan as it was before this try.
 */
export async function withDecision(world: World, plan: Plan, before: Plan): Promise<Plan> {
  const { decision, target, handle } = plan;
  if (!decision || decision.sent || decision.refused) return plan;
  const { hook, verb: action } = decision;
  const calls: string[] = [];
  const called = (call: string) => void calls.push(call);
  const { by } = decision;
  const answer = { hook, action, operation: plan.id, by, called, ...(handle ? { handle } : {}) };
  try {
    await world.inventory.platform(target).resume!(target, answer);
    return { ...plan, decision: { ...decision, sent: true } };
  } catch (error) {
    world.log.warn({ plan: plan.id, err: error }, 'could not say how it goes on');
    return { ...plan, decision: { ...decision, ...afterFailure(error, before.decision) } };
  } finally {
    await noteCalls(world, plan, by, calls);
  }
}

/** What a failure says about what was sent. Refused after an earlier try without an answer: that try was taken. */
export function afterFailure(
  error: unknown,
  before: { unsure?: boolean } | undefined,
): { sent?: true; refused?: Phrase; unsure?: boolean } {
  if (error instanceof Refusal) return before?.unsure ? { sent: true } : { refused: error.reason };
  const isUnsure = !(error instanceof PlatformError) || error.unsure;
  return { unsure: isUnsure || before?.unsure === true };
}

/** Marks a pause nobody was told of yet: the mark is saved first, then `tellPaused` tells. */
export function noted(plan: Plan): Plan {
  const hook = plan.progress?.pause?.hook;
  return hook === undefined || !isPaused(plan) || plan.pauseTold === hook ? plan : { ...plan, pauseTold: hook };
}

/** Mentions who asked for the change, in its thread. */
export async function tellPaused(world: World, plan: Plan): Promise<void> {
  const { message, place, progress, by, target } = plan;
  if (!message) return;
  const until = progress?.pause?.until;
  const about = { person: { person: by }, target: target.name, change: changeWord(plan) };
  const said =
    until === undefined
      ? say('told.paused', about)
      : say('told.paused-until', { ...about, until: { time: until, style: 'time' } });
  const to = { channel: message.channel, thread: place.thread ?? message.ts };
  await world.chat.post(to, sentence(said), plan.locale).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, err: error }, 'who must decide could not be told');
  });
}
