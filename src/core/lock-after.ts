// After a rollback, ours or AWS's, a target is kept as it is until somebody has looked: it locks behind itself.
import { newId } from './ids.ts';
import { holdsNow, nextLook } from './locks.ts';
import { day, keys, type Lock, type Plan } from './records.ts';
import { say, type Phrase } from './reply.ts';
import type { World } from './world.ts';

/** Why an ended plan locks its target; nothing where it does not. */
export function lockReason({ state, outcome, intent, change }: Plan): Phrase | undefined {
  if (state !== 'ended' || change.kind !== 'deploy') return undefined;
  const version = { version: change.artifact.label };
  if (outcome === 'rolled-back') return say('lock.after.rolled-back', version);
  if (outcome === 'stopped') return say('lock.after.stopped', version);
  const isBack = intent === 'Rollback' || intent === 'Undo';
  return outcome === 'done' && isBack ? say('lock.after.rollback', version) : undefined;
}

/** Locks the target of an ended plan where that is due; once, however often it is called. */
export async function lockAfter(world: World, plan: Plan): Promise<void> {
  const reason = lockReason(plan);
  if (!reason || plan.change.kind !== 'deploy') return;
  const done = keys.lockedAfter(plan.id);
  if (await world.store.get(done)) return;
  const now = world.clock.now();
  const key = keys.lock(plan.target.key);
  const found = await world.store.get<Lock>(key);
  if (found?.value.automatic !== plan.id) {
    const held = found && holdsNow(found.value, now) ? found.value : undefined;
    const tried = plan.outcome === 'done' ? plan.before.artifact : plan.change.artifact;
    const lock: Lock = {
      ...(held ?? fresh(plan, now)),
      // Who locked it for themselves keeps it, and has to look too.
      waiting: found?.value.waiting ?? [],
      automatic: plan.id,
      reason,
      ...(tried ? { away: tried.ref } : {}),
    };
    await world.wakeups.at(lock.id, nextLook(lock));
    if ((await world.store.put(key, lock, { ifRev: found?.rev ?? 0 })) === undefined) return lockAfter(world, plan);
  }
  await world.audit.note({
    id: `${plan.id}/locked`,
    kind: 'locked',
    by: 'opsjack',
    target: plan.target.key,
    plan: plan.id,
    what: `after ${plan.outcome === 'done' ? 'rollback' : plan.outcome}`,
  });
  await world.store.put(done, { kind: 'locked-after', schema: 1 }, { expires: now + 2 * day });
}

function fresh({ target, by, place, locale }: Plan, now: number): Omit<Lock, 'waiting'> {
  const { key, name } = target;
  return { kind: 'lock', schema: 1, id: newId('lock'), target: key, name, by, since: now, place, locale };
}
