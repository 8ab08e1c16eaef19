// What is in alarm, for plans and for what comes after them.
import type { Target } from './facts.ts';
import { say, type Phrase } from './reply.ts';
import type { World } from './world.ts';

const patience = 4000;

/** Names of alarms that are going off; nothing where the platform does not tell, or not in time. */
export async function alarmsOf(world: World, target: Target): Promise<string[] | undefined> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = world.clock.after(patience, () => resolve(undefined));
  try {
    const metrics = await Promise.race([world.inventory.platform(target).metrics?.(target), late]);
    return metrics?.alarms.map(({ name }) => name);
  } catch (error) {
    world.log.warn({ target: target.key, err: error }, 'alarms are not known');
    return undefined;
  } finally {
    cancel();
  }
}

/** A warning that names them. */
export async function alarmWarnings(world: World, target: Target): Promise<Phrase[]> {
  const names = await alarmsOf(world, target);
  return names?.length ? [say('warn.alarm', { names: names.join(', ') })] : [];
}
