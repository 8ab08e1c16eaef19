// A version tried beside the one that runs, with a share of the traffic.
import type { Handler } from '../core/call.ts';
import { Refusal } from '../core/errors.ts';
import { influencesOf } from '../core/influences.ts';
import { say } from '../core/reply.ts';
import { exact, planned } from './deploy.ts';
import { statusOf } from './look.ts';

export const traffic: Handler = async (call) => {
  const { command, target, world } = call;
  const { version, count } = command.slots;
  if (!target || version === undefined) throw new Error('a split needs a target and a version');
  const platform = world.inventory.platform(target);
  const canSplit = platform.deploy && platform.resolve && (await platform.splits?.(target));
  if (!canSplit) throw new Refusal(say('refuse.no-split', { target: target.name }));
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > 99)
    throw new Refusal(say('refuse.percent'));
  const [status, artifact, influences] = await Promise.all([
    statusOf(world, target),
    exact(call, platform, target, version),
    influencesOf(world, target),
  ]);
  return planned('Traffic', status, artifact, influences, count);
};
