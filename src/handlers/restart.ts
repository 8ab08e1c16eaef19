// The same version, started anew: a forced new deployment on ECS, RestartAppServer on Beanstalk.
import { deployHindrance } from '../core/guards.ts';
import { run } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { Refusal } from '../core/errors.ts';
import { say } from '../core/reply.ts';
import { statusOf } from './look.ts';

export const restart: Handler = async ({ target, world }) => {
  if (!target) throw new Error('a restart needs a target');
  if (!world.inventory.platform(target).restart) throw new Refusal(say('refuse.capability', { target: target.name }));
  const status = await statusOf(world, target);
  const hindrance = deployHindrance(status, 'Restart');
  if (hindrance) {
    const look = [run('button.status', 'Status', { target: target.key })];
    throw new Refusal(say(`hindrance.${hindrance}`, { target: target.name }), look);
  }
  return {
    draft: {
      intent: 'Restart',
      target,
      change: { kind: 'restart' },
      before: { sizes: {}, capacity: status.capacity, ...(status.version ? { artifact: status.version } : {}) },
      warnings: target.platform === 'ecs' ? [say('warn.moved-tags')] : [],
      ...(status.strategy ? { strategy: status.strategy } : {}),
    },
  };
};
