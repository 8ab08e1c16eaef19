// What OpsJack is doing now, and how to stop it.
import { Refusal } from '../core/errors.ts';
import { plain, run, sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { keys, underWay, type Claim, type Plan } from '../core/records.ts';
import { stopButton } from '../core/plan-cards.ts';
import { changeWord } from '../core/plan-words.ts';
import { say, type Line } from '../core/reply.ts';
import type { World } from '../core/world.ts';

export const running: Handler = async ({ target, world }) => {
  const plans = await underWayPlans(world, target?.key);
  if (plans.length === 0)
    return { reply: sentence(say('running.none'), { actions: [run('button.fleet', 'Fleet', {})] }) };
  const lines = plans.slice(0, 10).map((plan): Line => {
    const since = say('since', { at: { time: plan.agreedAt ?? plan.proposedAt, style: 'time' } });
    return {
      sign: 'changing',
      label: plain(plan.target.name),
      parts: [changeWord(plan), say('by', { person: { person: plan.by } }), since],
    };
  });
  return {
    reply: { parts: [{ kind: 'lines', lines }], actions: plans.slice(0, 5).flatMap((plan) => stopButton(plan, true)) },
  };
};

export const abort: Handler = async ({ target, world }) => {
  const plans = await underWayPlans(world, target?.key);
  const [only] = plans;
  if (!only) throw new Refusal(say('running.none'));
  const buttons = plans.slice(0, 5).flatMap((plan) => stopButton(plan, true));
  if (buttons.length === 0) throw new Refusal(say('refuse.cannot-stop', { target: only.target.name }));
  const more = plans.slice(0, 5).map((plan) => say('header', { target: plan.target.name, state: changeWord(plan) }));
  return { reply: sentence(say('abort.which'), { more, actions: buttons }) };
};

/** Changes under way, of one target or of all. */
export async function underWayPlans(world: World, target: string | undefined): Promise<Plan[]> {
  const only = target === undefined ? undefined : await world.store.get<Claim>(keys.claim(target));
  const claims = target === undefined ? await world.store.list<Claim>(keys.claim('')) : only ? [only] : [];
  const found = await Promise.all(claims.map((claim) => world.store.get<Plan>(keys.plan(claim.value.plan))));
  return found.flatMap((record) => (record && underWay(record.value) ? [record.value] : []));
}
