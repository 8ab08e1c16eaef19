// Load and what is in alarm now, for plans and for what comes after them.
import type { Capacity, Metrics, Sizes, Target } from './facts.ts';
import { say, type Phrase } from './reply.ts';
import type { World } from './world.ts';

const patience = 4000;
/** Percent of CPU from which fewer are warned of. */
const busy = 70;

/** Load and alarms; nothing where the platform does not tell, or not in time. */
export async function loadOf(world: World, target: Target): Promise<Metrics | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = world.clock.after(patience, () => resolve(undefined));
  try {
    return await Promise.race([world.inventory.platform(target).metrics?.(target), late]);
  } catch (error) {
    world.log.warn({ target: target.key, err: error }, 'load and alarms are not known');
    return undefined;
  } finally {
    cancel();
  }
}

/** Names of alarms that are going off, where they are known. */
export async function alarmsOf(world: World, target: Target): Promise<string[] | undefined> {
  return (await loadOf(world, target))?.alarms.map(({ name }) => name);
}

/** A warning that names the alarms. */
export function alarmWarnings(load: Metrics | undefined): Phrase[] {
  const names = load?.alarms.map(({ name }) => name) ?? [];
  return names.length > 0 ? [say('warn.alarm', { names: names.join(', ') })] : [];
}

/** What fewer of them would carry: CPU as it is now, shared by as many as the numbers allow at most. */
export function loadWarnings(load: Metrics | undefined, { running }: Capacity, { max, desired }: Sizes): Phrase[] {
  const count = desired ?? max;
  if (load?.cpu === undefined || count === undefined || count < 1 || count >= running) return [];
  const after = Math.round((load.cpu * running) / count);
  return after < busy ? [] : [say('warn.load', { cpu: Math.round(load.cpu), count, after })];
}
