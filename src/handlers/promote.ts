// What one stage runs, put on the next: the version by name, resolved anew where it is to run.
import type { Handler } from '../core/call.ts';
import { Refusal } from '../core/errors.ts';
import type { Target } from '../core/facts.ts';
import { influencesOf } from '../core/influences.ts';
import { siblingIn } from '../core/plan-guards.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { planned } from './deploy.ts';
import { statusOf } from './look.ts';

const usual: readonly string[] = ['staging', 'prod'];

export const promote: Handler = async ({ command, target, world }) => {
  if (!target) throw new Error('a promotion needs a target');
  const { source, destination } = await sides(world, target, command.slots.filter);
  const platform = world.inventory.platform(destination);
  if (!platform.deploy || !platform.resolve) throw new Refusal(say('refuse.capability', { target: destination.name }));
  const running = (await statusOf(world, source)).version;
  if (!running) throw new Refusal(say('refuse.nothing-runs', { target: source.name }));
  const [status, artifact, influences] = await Promise.all([
    statusOf(world, destination),
    platform.resolve(destination, running.label),
    influencesOf(world, destination),
  ]);
  return planned('Promote', status, artifact, influences);
};

/** From where to where: the stage that was said, else the one after the target's own; the last stage takes from the one before. */
async function sides(world: World, target: Target, stage: string | undefined) {
  const order = world.policy.order().length > 0 ? world.policy.order() : usual;
  const at = order.indexOf(target.stage ?? '');
  const wanted = stage ?? order[at + 1] ?? target.stage;
  if (wanted !== undefined && wanted !== target.stage) {
    return { source: target, destination: await sibling(world, target, wanted) };
  }
  const before = order[at - 1];
  if (before === undefined)
    throw new Refusal(say('refuse.no-sibling', { target: target.name, stage: wanted ?? 'prod' }));
  return { source: await sibling(world, target, before), destination: target };
}

async function sibling(world: World, target: Target, stage: string): Promise<Target> {
  const found = await siblingIn(world, target, stage);
  if (!found) throw new Refusal(say('refuse.no-sibling', { target: target.name, stage }));
  return found;
}
