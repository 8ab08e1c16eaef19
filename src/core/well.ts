// Versions that ended well: what a rollback may go back to where the platform itself does not remember.
import type { Artifact, Target } from './facts.ts';
import { day, type Well } from './records.ts';
import type { World } from './world.ts';

const most = 5;
const keyOf = (target: Target): string => `well/${target.key}`;

/** Remembers a version that was still well after it was watched. */
export async function noteWell(world: World, target: Target, artifact: Artifact): Promise<void> {
  const found = await world.store.get<Well>(keyOf(target));
  const others = (found?.value.artifacts ?? []).filter(({ ref }) => ref !== artifact.ref);
  const value: Well = { kind: 'well', schema: 1, artifacts: [artifact, ...others].slice(0, most) };
  const saved = await world.store.put(keyOf(target), value, {
    ifRev: found?.rev ?? 0,
    expires: world.clock.now() + 365 * day,
  });
  if (saved === undefined) await noteWell(world, target, artifact);
}

/** Versions that ended well on a target, newest first. */
export async function wellEnded(world: World, target: Target): Promise<Artifact[]> {
  return (await world.store.get<Well>(keyOf(target)))?.value.artifacts ?? [];
}
