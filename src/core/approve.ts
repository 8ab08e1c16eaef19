// Agreement by others: each vote is one record that is written once; counting them is the operation's next step.
import { createHash } from 'node:crypto';
import { late, takeUp } from './agree.ts';
import { Refusal } from './errors.ts';
import type { Draft } from './call.ts';
import { whoPhrase } from './policy.ts';
import { keys, retention, type Approval, type Plan, type Vote } from './records.ts';
import { say, type Phrase } from './reply.ts';
import { approvalRule } from './rights.ts';
import type { World } from './world.ts';

/** The agreement a change needs, or nothing. Refuses where nobody could give it. */
export async function approvalFor(world: World, draft: Draft, by: string): Promise<Approval | undefined> {
  const found = await approvalRule(world.policy, draft);
  if (!found) return undefined;
  const { rule, target } = found;
  const from = [...(rule.from ?? (await world.policy.holders('approve', target)))];
  const people = await world.policy.expand(from);
  const eligible = people.filter((id) => id !== by);
  if (!from.includes('everyone') && eligible.length < rule.need) {
    throw new Refusal(say('refuse.nobody-approves', { need: rule.need, from: from.map(whoPhrase) }));
  }
  return { need: rule.need, from, eligible, within: rule.within, hash: hashOf(draft) };
}

/** Names the exact effect that is agreed to. */
function hashOf({ target, change, before }: Draft): string {
  return createHash('sha256')
    .update(JSON.stringify([target.key, change, before]))
    .digest('hex');
}

/** Records somebody's answer; the answer is nothing, or why it did not count. Throws when it could not be recorded. */
export async function vote(world: World, id: string, by: string, isYes: boolean): Promise<Phrase | undefined> {
  const plan = (await world.store.get<Plan>(keys.plan(id)))?.value;
  if (!plan) return say('late.gone');
  const { approval } = plan;
  if (plan.state !== 'approving' || !approval) return late(plan.state);
  const now = world.clock.now();
  if (now >= (approval.until ?? 0)) return late('expired');
  if (by === plan.by) return say('late.own');
  if (!(await isApprover(world, approval, by))) return say('late.not-approver', { from: approval.from.map(whoPhrase) });
  await world.wakeups.at(id, now + takeUp);
  const value: Vote = { kind: 'vote', schema: 1, by, hash: approval.hash, isYes, at: now };
  const rev = await world.store.put(keys.vote(id, by), value, { ifRev: 0, expires: now + retention });
  return rev === undefined ? say('late.voted') : undefined;
}

/** Whether somebody was among those asked when the plan was made, and is now. Fails when the chat does not tell. */
export async function isApprover(world: World, { from, eligible }: Approval, by: string): Promise<boolean> {
  if ((await world.people.kind(by)) === 'gone') return false;
  if (from.includes('everyone')) return (await world.people.kind(by)) === 'member';
  return eligible.includes(by) && (await world.policy.expand(from)).includes(by);
}

/** Answers to exactly this plan, oldest first. */
export async function votesOn(world: World, plan: Plan): Promise<{ by: string; isYes: boolean; at: number }[]> {
  const found = await world.store.list<Vote>(keys.vote(plan.id, ''));
  return found
    .filter(({ value }) => value.hash === plan.approval?.hash)
    .map(({ value: { by, isYes, at } }) => ({ by, isYes, at }))
    .toSorted((a, b) => a.at - b.at);
}
