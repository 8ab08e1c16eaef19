import { putPlan } from '../core/plan-store.ts';
import type { Plan } from '../core/records.ts';
import type { World } from '../core/world.ts';

/** When to take the next step: `again: 0` means at once, a time means then, nothing means never. `lost`: somebody else wrote first. */
export type Step = { again?: number; lost?: true };

/** Saves unless somebody else did meanwhile; then the plan is looked at again at once. */
export async function save(world: World, plan: Plan, rev: number, again = 0): Promise<Step> {
  const saved = await putPlan(world, plan, rev);
  return saved === undefined ? { again: 0, lost: true } : { again };
}
