// Two environments change addresses, as in a blue/green switch: both sides shown before and after.
import { plain, run, sentence, where } from '../core/cards.ts';
import type { Call, Handler } from '../core/call.ts';
import { Refusal } from '../core/errors.ts';
import type { Status, Target } from '../core/facts.ts';
import { say, type Action } from '../core/reply.ts';
import { statusOf } from './look.ts';

export const swap: Handler = async (call) => {
  const { target, world } = call;
  if (!target) throw new Error('a swap needs a target');
  if (!world.inventory.platform(target).swap) throw new Refusal(say('refuse.capability', { target: target.name }));
  const others = await partners(call, target);
  const [other] = others;
  if (!other) throw new Refusal(say('refuse.no-partner', { target: target.name }));
  if (others.length > 1) return { reply: which(target, others) };
  const [mine, theirs] = await Promise.all([statusOf(world, target), statusOf(world, other)]);
  for (const side of [mine, theirs]) refuseBusy(side);
  return {
    draft: {
      intent: 'Swap',
      target,
      change: { kind: 'swap', other },
      before: {
        sizes: {},
        capacity: mine.capacity,
        ...(mine.address ? { address: mine.address } : {}),
        ...(theirs.address ? { otherAddress: theirs.address } : {}),
      },
      warnings: [mine, theirs].flatMap(({ health, target: { name } }) =>
        health === 'degraded' || health === 'down'
          ? [say('warn.side-unwell', { target: name, health: say(`health.${health}`) })]
          : [],
      ),
    },
  };
};

/** The one that was named, else every other environment of the same application. */
async function partners({ command, world }: Call, target: Target): Promise<Target[]> {
  const { other } = command.slots;
  const candidates = other === undefined ? (await world.inventory.all()).targets : await world.inventory.find(other);
  return candidates.filter(
    (one) =>
      one.key !== target.key &&
      one.platform === target.platform &&
      one.account === target.account &&
      one.region === target.region &&
      one.group === target.group,
  );
}

function which(target: Target, others: readonly Target[]) {
  const actions = others.slice(0, 10).map((other): Action => ({
    kind: 'button',
    label: plain(other.name),
    click: { command: { intent: 'Swap', slots: { target: target.key, other: other.key } } },
    hint: where(other),
  }));
  return sentence(say('ask.other', { intent: say('intent.Swap'), target: target.name }), { sign: 'ask', actions });
}

function refuseBusy({ hindrances, target }: Status): void {
  const hindrance = hindrances.deploy;
  if (!hindrance || hindrance === 'single-instance') return;
  const look = [run('button.status', 'Status', { target: target.key })];
  throw new Refusal(say(`hindrance.${hindrance}`, { target: target.name }), look);
}
