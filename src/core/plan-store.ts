import { note } from './audit-plan.ts';
import { keys, retention, type Plan } from './records.ts';
import type { World } from './world.ts';

/**
 * Writes a plan as far as `ifRev` still holds, and notes what it says; what is not written any more is kept for the
 * retention. The new rev, or nothing.
 */
export async function putPlan(world: World, plan: Plan, ifRev?: number): Promise<number | undefined> {
  const expires = world.clock.now() + retention;
  const rev = await world.store.put(keys.plan(plan.id), plan, ifRev === undefined ? { expires } : { ifRev, expires });
  if (rev === undefined) return undefined;
  // It is decided now, and each further step notes what is missing.
  await note(world, plan).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, err: error }, 'a step could not be noted');
  });
  return rev;
}
