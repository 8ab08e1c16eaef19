import { putPlan } from '../core/plan-store.ts';
import type { Plan } from '../core/records.ts';
import type { World } from '../core/world.ts';

/** When to take the next step: `again: 0` means at once, a time means then, nothing means never. */
export type Step = { again?: number };

/** Saves unless somebody else did meanwhile; either way the plan is looked at again. */
export async function save(world: World, plan: Plan, rev: number, again = 0): Promise<Step> {
  await putPlan(world, plan, rev);
  return { again };
}
