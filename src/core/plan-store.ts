import { keys, retention, type Plan } from './records.ts';
import type { World } from './world.ts';

/** Writes a plan as far as `ifRev` still holds; what is not written any more is kept for the retention. The new rev, or nothing. */
export function putPlan(world: World, plan: Plan, ifRev?: number): Promise<number | undefined> {
  const expires = world.clock.now() + retention;
  return world.store.put(keys.plan(plan.id), plan, ifRev === undefined ? { expires } : { ifRev, expires });
}
