// Drops what waits for this person here: a question, an unconfirmed plan. Running work is Abort's.
import { sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { cancel as cancelPlan } from '../core/agree.ts';
import { keys, type Claim, type Plan } from '../core/records.ts';
import { stopButton } from '../core/plan-cards.ts';
import { changeWord } from '../core/plan-words.ts';
import { say } from '../core/reply.ts';
import { underWayPlans } from './running.ts';

export const cancel: Handler = async ({ request, world }) => {
  const waiting = keys.awaiting(request.place, request.by);
  const question = await world.store.get(waiting);
  if (question) await world.store.delete(waiting);
  const claims = await world.store.list<Claim>(keys.claim(''));
  const plans = await Promise.all(claims.map((claim) => world.store.get<Plan>(keys.plan(claim.value.plan))));
  const mine = plans.flatMap((found) =>
    found &&
    found.value.state === 'proposed' &&
    found.value.by === request.by &&
    found.value.place.channel === request.place.channel &&
    found.value.place.thread === request.place.thread
      ? [found.value]
      : [],
  );
  const cancelled = await Promise.all(mine.map((plan) => cancelPlan(world, plan.id, request.by)));
  const dropped = cancelled.filter((one) => one === undefined).length;
  const running = (await underWayPlans(world, undefined)).filter((plan) => plan.by === request.by).slice(0, 3);
  const more = running.map((plan) => say('cancel.running', { target: plan.target.name, change: changeWord(plan) }));
  const actions = running.flatMap((plan) => stopButton(plan, true));
  if (!question && dropped === 0) return { reply: sentence(say('cancel.nothing'), { more, actions }) };
  return {
    reply: sentence(say('cancel.done', { count: dropped }), { more: [say('nothing.changed'), ...more], actions }),
  };
};
