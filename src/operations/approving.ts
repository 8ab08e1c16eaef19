// A plan that waits for others: counts their answers, reminds them once, and goes on or ends.
import { ready } from '../core/agree.ts';
import { isApprover, votesOn } from '../core/approve.ts';
import { sentence } from '../core/cards.ts';
import { changeWord } from '../core/plan-words.ts';
import { whoPhrase } from '../core/policy.ts';
import type { Plan } from '../core/records.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { save, type Step } from './step.ts';
import { showPlan } from './tell.ts';

/** Takes a plan in `approving` one step on. */
export async function approving(world: World, plan: Plan, rev: number): Promise<Step> {
  const approval = plan.approval!;
  const now = world.clock.now();
  const votes = await votesOn(world, plan);
  if (votes.some(({ isYes }) => !isYes)) return save(world, { ...plan, votes, state: 'cancelled' }, rev);
  if (votes.length >= approval.need) {
    const agreed: Plan = { ...plan, votes, ...ready(plan.startAt, votes[approval.need - 1]!.at) };
    return save(world, agreed, rev);
  }
  if (now >= approval.until!) return save(world, { ...plan, votes, state: 'expired' }, rev);
  if (!approval.asked || (votes.length === 0 && !approval.reminded && now >= halfOf(plan)))
    return ask(world, { ...plan, votes }, rev);
  const again = approval.reminded || votes.length > 0 ? approval.until! : Math.min(halfOf(plan), approval.until!);
  if (votes.length === (plan.votes ?? []).length) return { again };
  void showPlan(world, { ...plan, votes });
  return save(world, { ...plan, votes }, rev, again);
}

function halfOf({ approval }: Plan): number {
  return approval!.until! - approval!.within / 2;
}

/** Names the approvers in the thread, once at first and once at half. Who posts claims it first: twice would be noise, an outage costs the reminder. */
async function ask(world: World, plan: Plan, rev: number): Promise<Step> {
  const approval = { ...plan.approval!, asked: true, ...(plan.approval!.asked ? { reminded: true } : {}) };
  const next = { ...plan, approval };
  const step = await save(world, next, rev, 0);
  if (step.lost) return step;
  void showPlan(world, next);
  const about = {
    from: approval.from.map(whoPhrase),
    person: { person: plan.by },
    target: plan.target.name,
    change: changeWord(plan),
    until: { time: approval.until!, style: 'time' as const },
  };
  const reply = sentence(say(approval.reminded ? 'approval.reminder' : 'approval.asked', about), { sign: 'ask' });
  const thread = plan.place.thread ?? plan.message?.ts;
  const to = { channel: plan.message?.channel ?? plan.place.channel, ...(thread ? { thread } : {}) };
  await world.chat.post(to, reply, plan.locale).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, err: error }, 'approvers were not told');
  });
  return step;
}

/** Whether everybody who agreed may still agree. Fails when the chat does not tell. */
export async function stillAgreed(world: World, plan: Plan): Promise<boolean> {
  if (!plan.approval) return true;
  for (const { by } of plan.votes ?? []) if (!(await isApprover(world, plan.approval, by))) return false;
  return (plan.votes ?? []).length >= plan.approval.need;
}
