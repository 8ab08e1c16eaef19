// Clicks on a lock's buttons that count at once; *Steal* asks for a reason first.
import type { Decision } from './decisions.ts';
import { keep, lockById, unlock, wait } from './locks.ts';
import { say, type Click, type Phrase } from './reply.ts';
import type { Request } from './request.ts';
import { tongue } from './tongue.ts';
import type { World } from './world.ts';

/** What a click on a lock decides; nothing for one that asks first. */
export function lockDecision(
  world: World,
  request: Request,
  { lock: id, verb }: Extract<Click, { lock: string }>,
): Decision | undefined {
  const { by } = request;
  if (verb === 'notify') return { id, decide: async () => wait(world, id, by, await tongue(world).ofReader(request)) };
  if (verb === 'keep') return { id, decide: () => keep(world, id, by) };
  return verb === 'unlock' ? { id, decide: () => freeIt(world, request, id) } : undefined;
}

/** It is said where the lock was made; who clicks elsewhere is told as well. */
async function freeIt(world: World, { by, place }: Request, id: string): Promise<Phrase | undefined> {
  const lock = (await lockById(world, id))?.value;
  const problem = await unlock(world, id, by);
  if (problem || !lock) return problem;
  const isSame = lock.place.channel === place.channel && lock.place.thread === place.thread;
  return isSame ? undefined : say('lock.freed', { target: lock.name, person: { person: by } });
}
