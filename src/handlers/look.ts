// The state of one target for a change, or the failure to get it.
import { PlatformError } from '../core/errors.ts';
import type { Status, Target } from '../core/facts.ts';
import type { World } from '../core/world.ts';

const patience = 10_000;

/** The target's state now. Throws what the platform threw, or not-found when it is gone. */
export async function statusOf(world: World, target: Target): Promise<Status> {
  const found = (await world.inventory.status([target], patience)).get(target.key);
  if (found instanceof Error) throw found;
  if (found) return found;
  throw new PlatformError({
    platform: target.platform,
    operation: 'status',
    code: 'NotFound',
    reason: 'not-found',
    retryable: false,
    unsure: false,
  });
}
