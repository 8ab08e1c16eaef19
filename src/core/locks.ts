// Locks: at most one a target, by conditional writes alone. Its first wake-up is queued before its record is written.
import type { Locale } from '../../intents/catalog.ts';
import type { Target } from './facts.ts';
import { newId } from './ids.ts';
import { day, hour, keys, type Lock } from './records.ts';
import { Refusal } from './errors.ts';
import { lockedCard } from './lock-cards.ts';
import { say, type Phrase } from './reply.ts';
import type { Place } from './request.ts';
import type { World } from './world.ts';

/** When an owner is first asked whether a lock is still needed, and how often after that. */
export const askAfter = 4 * hour;
export const askEvery = day;
/** How soon a decision is taken up if this process dies right after recording it. */
const takeUp = 2000;

type Found = { value: Lock; rev: number };
type Asked = {
  target: Target;
  by: string;
  why: string;
  until?: number | undefined;
  place: Place;
  locale: Locale;
  /** The lock that may be taken over. */
  steals?: string | undefined;
};

/** The lock that holds a target now. */
export async function lockOf(world: World, target: string): Promise<Lock | undefined> {
  const found = await world.store.get<Lock>(keys.lock(target));
  return found && holdsNow(found.value, world.clock.now()) ? found.value : undefined;
}

/** A lock by the id its buttons carry, also when it holds no more. */
export async function lockById(world: World, id: string): Promise<Found | undefined> {
  return (await world.store.list<Lock>(keys.lock(''))).find(({ value }) => value.id === id);
}

/** Whether it keeps others away. */
export function holdsNow({ freed, until }: Lock, now: number): boolean {
  return freed === undefined && (until === undefined || until > now);
}

/** Whether it holds this person too: its owner works under it, unless it came after a rollback. */
export function holdsBack({ automatic, by: owner }: Lock, by: string): boolean {
  return automatic !== undefined || owner !== by;
}

/** When a lock needs to be looked at next: its end, or when its owner is to be asked. */
export function nextLook({ nagged, since, until }: Lock): number {
  const ask = nagged === undefined ? since + askAfter : nagged + askEvery;
  return Math.min(until ?? Infinity, ask);
}

/** Locks a target, renews one's own lock, or takes over the one that `steals` names; with what was there. Refuses where somebody else holds it. */
export async function lock(world: World, asked: Asked): Promise<{ lock: Lock; stolen?: Lock }> {
  const { target, by, why, until, place, locale } = asked;
  const now = world.clock.now();
  const key = keys.lock(target.key);
  const found = await world.store.get<Lock>(key);
  const held = found && holdsNow(found.value, now) ? found.value : undefined;
  const steals = held !== undefined && held.by !== by && held.id === asked.steals;
  if (held && held.by !== by && !steals) throw await lockedRefusal(world, held, by, target);
  const { until: _until, ...own } = held?.by === by ? { ...held, nagged: now } : fresh(target, by, now);
  const waiting = (found?.value.waiting ?? []).filter((one) => one.by !== by);
  const next: Lock = { ...own, why, place, locale, waiting, ...(until === undefined ? {} : { until }) };
  await world.wakeups.at(next.id, nextLook(next));
  const rev = await world.store.put(key, next, { ifRev: found?.rev ?? 0 });
  if (rev === undefined) return lock(world, asked);
  await world.audit.note({
    id: `${next.id}/${rev}`,
    kind: steals ? 'stolen' : 'locked',
    by,
    target: target.key,
    channel: place.channel,
    why,
    ...(steals ? { what: `lock of ${held.by}` } : {}),
    ...(until === undefined ? {} : { outcome: `until ${new Date(until).toISOString()}` }),
  });
  return steals ? { lock: next, stolen: held } : { lock: next };
}

function fresh(target: Target, by: string, now: number): Omit<Lock, 'place' | 'locale' | 'waiting'> & Partial<Lock> {
  return { kind: 'lock', schema: 1, id: newId('lock'), target: target.key, name: target.name, by, since: now };
}

/** Frees a target: its owner may, and who has `admin`. The answer is nothing, or why it did not count. */
export async function unlock(world: World, id: string, by: string, at?: Place): Promise<Phrase | undefined> {
  const found = await lockById(world, id);
  const now = world.clock.now();
  if (!found || !holdsNow(found.value, now)) return say('lock.gone');
  const { value } = found;
  const target = await targetOf(world, value);
  if (value.by === by) await world.policy.allow(by, 'lock', target);
  else if (!(await world.policy.may(by, 'admin', target))) throw await lockedRefusal(world, value, by, target);
  await world.wakeups.at(id, now + takeUp);
  // Said where it was locked, unless that is where the answer stands.
  const isSaid = at && at.channel === value.place.channel && at.thread === value.place.thread;
  const freed: Lock = { ...value, freed: { by, at: now, ...(isSaid ? { isSaid } : {}) } };
  const rev = await world.store.put(keys.lock(value.target), freed, { ifRev: found.rev });
  if (rev === undefined) return unlock(world, id, by, at);
  const channel = value.place.channel;
  await world.audit.note({ id: `${id}/unlocked`, kind: 'unlocked', by, target: value.target, channel });
  await world.wakeups.at(id, now);
  return undefined;
}

/** Somebody wants to know when it is free. */
export async function wait(world: World, id: string, by: string, locale: Locale): Promise<Phrase> {
  const found = await lockById(world, id);
  if (!found || !holdsNow(found.value, world.clock.now())) return say('lock.gone');
  const { value } = found;
  const { name: target } = value;
  await world.policy.allow(by, 'status', await targetOf(world, value));
  if (value.by === by) return say('lock.own', { target });
  if (value.waiting.some((one) => one.by === by)) return say('lock.waiting', { target });
  const waiting = [...value.waiting, { by, locale }];
  const rev = await world.store.put(keys.lock(value.target), { ...value, waiting }, { ifRev: found.rev });
  return rev === undefined ? wait(world, id, by, locale) : say('lock.waiting', { target });
}

/** Its owner still needs it: asked again a day later. */
export async function keep(world: World, id: string, by: string): Promise<Phrase> {
  const found = await lockById(world, id);
  const now = world.clock.now();
  if (!found || !holdsNow(found.value, now)) return say('lock.gone');
  const { value } = found;
  if (value.by !== by) return say('late.not-yours', { person: { person: value.by } });
  await world.policy.allow(by, 'lock', await targetOf(world, value));
  const kept: Lock = { ...value, nagged: now };
  await world.wakeups.at(id, nextLook(kept));
  const rev = await world.store.put(keys.lock(value.target), kept, { ifRev: found.rev });
  if (rev === undefined) return keep(world, id, by);
  return say('lock.kept', { target: value.name, at: { time: nextLook(kept), style: 'day' } });
}

/** What a lock says to whoever it keeps away. */
export async function lockedRefusal(world: World, held: Lock, by: string, target?: Target): Promise<Refusal> {
  const mayUnlock = held.by === by || (await world.policy.may(by, 'admin', target));
  const card = lockedCard(held, { mayUnlock, isOwner: held.by === by });
  return new Refusal(say('hold.locked', { target: held.name }), [], 'everyone', card);
}

/** The target a lock is of, as far as it still exists. */
export async function targetOf(world: World, { target }: Lock): Promise<Target | undefined> {
  return (await world.inventory.find(target)).find(({ key }) => key === target);
}
