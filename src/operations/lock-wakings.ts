// What becomes of locks and freezes by themselves: they end, their owners are asked, and who waits is told.
import { sentence } from '../core/cards.ts';
import { PlatformError } from '../core/errors.ts';
import { nagFreezeCard, stagePhrase } from '../core/freeze-cards.ts';
import { freezeById, holdsNow as isFrozen, nextLook as nextFreezeLook } from '../core/freezes.ts';
import { nagCard } from '../core/lock-cards.ts';
import { lockById, nextLook } from '../core/locks.ts';
import { keys, type Freeze, type Lock } from '../core/records.ts';
import { say, type Reply } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import type { Waking } from './wakings.ts';

/** Ends a lock at its time, tells who waits once it is free, asks its owner whether it is still needed. */
export const wakeLock: Waking = async (world, id) => {
  const found = await lockById(world, id);
  if (!found) return undefined;
  const { value: lock, rev } = found;
  const now = world.clock.now();
  if (lock.freed) {
    await tellFree(world, lock, rev);
    return undefined;
  }
  if (lock.until !== undefined && lock.until <= now) {
    await world.store.put<Lock>(keys.lock(lock.target), { ...lock, freed: { at: now } }, { ifRev: rev });
    return now;
  }
  if (nextLook(lock) > now) return nextLook(lock);
  await toOwner(world, lock, nagCard(lock));
  const asked: Lock = { ...lock, nagged: now };
  const written = await world.store.put(keys.lock(lock.target), asked, { ifRev: rev });
  return written === undefined ? now : nextLook(asked);
};

/** Ends a freeze at its time, asks who declared it whether it is still needed. */
export const wakeFreeze: Waking = async (world, id) => {
  const found = await freezeById(world, id);
  if (!found) return undefined;
  const { value: freeze, rev } = found;
  const now = world.clock.now();
  if (!isFrozen(freeze, now)) {
    await toOwner(world, freeze, sentence(say('freeze.over', { stage: stagePhrase(freeze.stage) }), { sign: 'lock' }));
    if (!(await world.store.delete(keys.freeze(freeze.stage), rev))) return now;
    await world.audit.note({
      id: `${id}/thawed`,
      kind: 'thawed',
      by: 'opsjack',
      what: freeze.stage,
      outcome: 'ran out',
    });
    return undefined;
  }
  if (now >= nextFreezeLook(freeze, freeze.nagged ?? freeze.since)) {
    await toOwner(world, freeze, nagFreezeCard(freeze));
    const asked: Freeze = { ...freeze, nagged: now };
    if ((await world.store.put(keys.freeze(freeze.stage), asked, { ifRev: rev })) === undefined) return now;
  }
  return nextFreezeLook(freeze, now);
};

/** Everybody who waits, one by one: who was told is off the list before the next is. Then the record is gone. */
async function tellFree(world: World, lock: Lock, rev: number): Promise<void> {
  const { freed, name: target, id, place } = lock;
  if (!freed) return;
  const key = keys.lock(lock.target);
  if (freed.by === undefined) {
    const about = { by: 'opsjack', target: lock.target, channel: place.channel, outcome: 'ran out' };
    await world.audit.note({ id: `${id}/unlocked`, kind: 'unlocked', ...about });
  }
  const person = { person: freed.by ?? lock.by };
  const reply = sentence(say(freed.by === undefined ? 'lock.ended' : 'lock.freed', { target, person }), {
    sign: 'lock',
  });
  const said: Lock = { ...lock, freed: { ...freed, isSaid: true } };
  let at: number | undefined = rev;
  if (!freed.isSaid) {
    await patiently(world, () => toOwner(world, lock, reply));
    at = await world.store.put(key, said, { ifRev: at });
  }
  for (const [index, { by, locale }] of lock.waiting.entries()) {
    if (at === undefined) return;
    await patiently(world, () => world.chat.post({ channel: by }, reply, locale));
    at = await world.store.put<Lock>(key, { ...said, waiting: lock.waiting.slice(index + 1) }, { ifRev: at });
  }
  if (at !== undefined) await world.store.delete(key, at);
}

/** Where it was locked, else in a direct message. */
async function toOwner(world: World, { place, by, locale }: Lock | Freeze, reply: Reply): Promise<void> {
  const { channel, thread } = place;
  try {
    await world.chat.post({ channel, ...(thread ? { thread } : {}) }, reply, locale);
  } catch (error) {
    if (mayPass(error)) throw error;
    await world.chat.post({ channel: by }, reply, locale);
  }
}

/** Somebody Slack will never let us reach is not waited for. */
async function patiently(world: World, post: () => Promise<unknown>): Promise<void> {
  try {
    await post();
  } catch (error) {
    if (mayPass(error)) throw error;
    world.log.warn({ err: error }, 'who waits for a lock could not be told');
  }
}

function mayPass(error: unknown): boolean {
  return !(error instanceof PlatformError) || (error.retryable && !error.unsure);
}
