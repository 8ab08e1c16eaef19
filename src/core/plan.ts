// From a resolved change to a plan that waits for its requester. One open plan a target: a new one supersedes the older.
import type { Locale } from '../../intents/catalog.ts';
import { expiry, takeUp } from './agree.ts';
import { approvalFor } from './approve.ts';
import type { Draft } from './call.ts';
import { Refusal } from './errors.ts';
import { underHolds } from './holds.ts';
import { newId } from './ids.ts';
import { planCard } from './plan-cards.ts';
import { putPlan } from './plan-store.ts';
import { day, isOpen, keys, over, underWay, type Claim, type Plan } from './records.ts';
import { run } from './cards.ts';
import type { Command } from '../../intents/catalog.ts';
import { say } from './reply.ts';
import { allowChange } from './rights.ts';
import { withGuards } from './plan-guards.ts';
import type { Place, Request } from './request.ts';
import type { World } from './world.ts';

/** Records the plan, posts its card and returns it. Refuses while a change of the target is under way. */
export async function propose(
  world: World,
  asked: Draft,
  about: { command: Command; request: Request; locale: Locale; overrides?: string },
): Promise<Plan> {
  const now = world.clock.now();
  const { request } = about;
  const { notes, ...under } = await underHolds(world, { ...asked, by: request.by }, about);
  const draft = await withGuards(world, { ...asked, ...(under.exempt ? { exempt: under.exempt } : {}) }, request.by);
  await allowChange(world.policy, request.by, draft);
  const platform = world.inventory.platform(draft.target);
  const approval = await approvalFor(world, draft, request.by);
  if (approval && request.place.direct) throw new Refusal(say('refuse.approval-direct', { target: draft.target.name }));
  const { reason } = about.command.slots;
  const plan: Plan = {
    kind: 'plan',
    schema: 1,
    ...draft,
    ...under,
    warnings: [...draft.warnings, ...notes],
    id: newId('plan'),
    state: 'proposed',
    command: about.command,
    by: request.by,
    place: request.place,
    locale: world.channelLocales[request.place.channel] ?? about.locale,
    proposedAt: now,
    attempts: 0,
    rules: world.policy.hash(),
    stoppable: draft.change.kind === 'deploy' && platform.abort !== undefined,
    ...(platform.calls ? { hasCalls: true as const } : {}),
    ...(reason === undefined ? {} : { why: reason }),
    ...(approval ? { approval } : {}),
  };
  await open(world, plan, request.place);
  return plan;
}

/** Records a plan, takes its target and posts its card. */
export async function open(world: World, plan: Plan, place: Place): Promise<void> {
  await world.wakeups.at(plan.id, plan.state === 'proposed' ? expiry(plan) : world.clock.now() + takeUp);
  await putPlan(world, plan, 0);
  await claim(world, plan);
  const message = await world.chat.post(destination({ by: plan.by, place }), planCard(plan), plan.locale);
  if (message) await remember(world, plan.id, message);
}

/** Takes the target for this plan. The older plan's own record decides: superseded, or confirmed meanwhile and then in the way. */
async function claim(world: World, plan: Plan): Promise<void> {
  const key = keys.claim(plan.target.key);
  const held = await world.store.get<Claim>(key);
  const other = held && (await world.store.get<Plan>(keys.plan(held.value.plan)));
  if (other && underWay(other.value)) {
    await putPlan(world, { ...plan, state: 'superseded' });
    throw new Refusal(say('refuse.running', { target: plan.target.name, person: { person: other.value.by } }), [
      run('button.running', 'Running', { target: plan.target.key }),
    ]);
  }
  if (other && isOpen(other.value)) {
    const superseded = await putPlan(world, { ...other.value, state: 'superseded' }, other.rev);
    if (superseded === undefined) return claim(world, plan);
    await world.wakeups.at(other.value.id, world.clock.now());
  }
  const value: Claim = { kind: 'claim', schema: 1, plan: plan.id };
  const rev = await world.store.put(key, value, { ifRev: held?.rev ?? 0, expires: world.clock.now() + day });
  if (rev === undefined) await claim(world, plan);
}

async function remember(world: World, id: string, message: NonNullable<Plan['message']>): Promise<void> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found || found.value.message) return;
  // It ended while its card was being posted: the card must say so too.
  const ended = over(found.value);
  const rev = await putPlan(world, { ...found.value, message, ...(ended ? { told: false } : {}) }, found.rev);
  if (rev === undefined) return remember(world, id, message);
  if (ended) await world.wakeups.at(id, world.clock.now());
}

export { newId };

/** Where the answer to a request goes. */
export function destination(request: Pick<Request, 'by' | 'place'>, onlyAsker = false) {
  const { place, by } = request;
  return {
    channel: place.channel,
    ...(place.thread ? { thread: place.thread } : {}),
    ...(onlyAsker && !place.direct ? { private: by } : {}),
    ...(place.responseUrl ? { responseUrl: place.responseUrl } : {}),
  };
}
