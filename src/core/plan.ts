// From a resolved change to a plan that waits for its requester. One open plan a target: a new one supersedes the older.
import { randomBytes } from 'node:crypto';
import type { Locale } from '../../intents/catalog.ts';
import { expiry } from './agree.ts';
import type { Draft } from './call.ts';
import { Refusal } from './errors.ts';
import { planCard } from './plan-cards.ts';
import { day, keys, retention, underWay, type Claim, type Plan } from './records.ts';
import { run } from './cards.ts';
import type { Command } from '../../intents/catalog.ts';
import { say } from './reply.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

/** Records the plan, posts its card and returns it. Refuses while a change of the target is under way. */
export async function propose(
  world: World,
  draft: Draft,
  about: { command: Command; request: Request; locale: Locale },
): Promise<Plan> {
  const now = world.clock.now();
  const { request } = about;
  const platform = world.inventory.platform(draft.target);
  const plan: Plan = {
    kind: 'plan',
    schema: 1,
    ...draft,
    id: newId('plan'),
    state: 'proposed',
    command: about.command,
    by: request.by,
    place: request.place,
    locale: world.channelLocales[request.place.channel] ?? about.locale,
    proposedAt: now,
    attempts: 0,
    stoppable: draft.change.kind === 'deploy' && platform.abort !== undefined,
  };
  await world.wakeups.at(plan.id, expiry(plan));
  await world.store.put(keys.plan(plan.id), plan, { ifRev: 0, expires: now + retention });
  await claim(world, plan);
  const message = await world.chat.post(destination(request), planCard(plan), plan.locale);
  if (message) await remember(world, plan.id, message);
  return plan;
}

async function claim(world: World, plan: Plan): Promise<void> {
  const key = keys.claim(plan.target.key);
  const held = await world.store.get<Claim>(key);
  const other = held && (await world.store.get<Plan>(keys.plan(held.value.plan)));
  if (other && underWay(other.value)) {
    await world.store.put(keys.plan(plan.id), { ...plan, state: 'superseded', told: true });
    throw new Refusal(say('refuse.running', { target: plan.target.name, person: { person: other.value.by } }), [
      run('button.running', 'Running', { target: plan.target.key }),
    ]);
  }
  const value: Claim = { kind: 'claim', schema: 1, plan: plan.id };
  const rev = await world.store.put(key, value, { ifRev: held?.rev ?? 0, expires: world.clock.now() + day });
  if (rev === undefined) return claim(world, plan);
  if (other?.value.state === 'proposed') {
    const superseded = await world.store.put(
      keys.plan(other.value.id),
      { ...other.value, state: 'superseded' },
      { ifRev: other.rev },
    );
    // It was confirmed meanwhile: the change under way wins and this plan goes.
    if (superseded === undefined) {
      await world.store.put(key, held!.value, { ifRev: rev, expires: world.clock.now() + day });
      return claim(world, plan);
    }
    await world.wakeups.at(other.value.id, world.clock.now());
  }
}

async function remember(world: World, id: string, message: NonNullable<Plan['message']>): Promise<void> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found || found.value.message) return;
  const rev = await world.store.put(keys.plan(id), { ...found.value, message }, { ifRev: found.rev });
  if (rev === undefined) await remember(world, id, message);
}

/** Where the answer to a request goes. */
export function destination(request: Request, onlyAsker = false) {
  const { place, by } = request;
  return {
    channel: place.channel,
    ...(place.thread ? { thread: place.thread } : {}),
    ...(onlyAsker && !place.direct ? { private: by } : {}),
    ...(place.responseUrl ? { responseUrl: place.responseUrl } : {}),
  };
}

/** An id nobody can guess. */
export function newId(kind: string): string {
  return `${kind}_${randomBytes(10).toString('hex')}`;
}
