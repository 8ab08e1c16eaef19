// Min, max, a fixed size or an amount more or less: resolved to numbers, shown as a plan.
import { Refusal } from '../core/errors.ts';
import { fill, lastDigit, range, run, sentence } from '../core/cards.ts';
import { LARGEST_SIZE, type SizesProblem } from '../core/guards.ts';
import { resolveSizes } from '../core/sizes.ts';
import type { Draft, Handler } from '../core/call.ts';
import type { Sizes, Status, Target } from '../core/facts.ts';
import type { Command, Slots } from '../../intents/catalog.ts';
import { say, type Action, type Phrase } from '../core/reply.ts';
import { milliseconds } from '../core/durations.ts';
import { untilOf } from '../core/until.ts';
import type { World } from '../core/world.ts';
import { statusOf } from './look.ts';

export const scale: Handler = async ({ command, target, request, world }) => {
  if (!target) throw new Error('scale needs a target');
  if (!world.inventory.platform(target).scale) throw new Refusal(say('refuse.capability', { target: target.name }));
  const status = await statusOf(world, target);
  refuseHindered(status, target);
  const answer = resolveSizes(command.slots, status.capacity);
  const mayStop =
    'problem' in answer && answer.problem === 'zero' && (await world.policy.may(request.by, 'danger', target));
  if ('problem' in answer && !mayStop) throw refusal(answer.problem, answer.sizes, command, target, status);
  if (same(answer.sizes, status)) {
    return {
      reply: sentence(say('scale.same', { target: target.name, range: range(status.capacity) }), {
        actions: [run('button.status', 'Status', { target: target.key })],
      }),
    };
  }
  return { draft: { ...draft(answer.sizes, status), ...(await timing(world, request.by, command.slots)) } };
};

/** When it starts and for how long it stays, where that was said. */
async function timing(world: World, by: string, { duration, time }: Slots): Promise<Pick<Draft, 'startAt' | 'lasts'>> {
  const [startAt, end] = [await untilOf(world, by, { time }), await untilOf(world, by, { duration })];
  return {
    ...(startAt === undefined ? {} : { startAt }),
    ...(end === undefined ? {} : { lasts: milliseconds(duration)! }),
  };
}

function draft(sizes: Sizes, status: Status): Draft {
  const { capacity, target } = status;
  return {
    intent: 'Scale',
    target,
    change: { kind: 'scale', sizes },
    before: { sizes: sizesOf(status), capacity },
    warnings: warnings(sizes, status),
  };
}

/** The numbers as they are, in the shape a scale takes. */
export function sizesOf({ capacity }: Status): Sizes {
  return capacity.min === undefined || capacity.max === undefined
    ? { desired: capacity.desired }
    : { min: capacity.min, max: capacity.max };
}

function same(sizes: Sizes, { capacity }: Status): boolean {
  return (
    (sizes.min ?? capacity.min) === capacity.min &&
    (sizes.max ?? capacity.max) === capacity.max &&
    (sizes.desired === undefined || sizes.desired === capacity.desired)
  );
}

function warnings(sizes: Sizes, { capacity, health }: Status): Phrase[] {
  const ceiling = sizes.desired ?? sizes.max ?? capacity.running;
  const list: Phrase[] = [];
  if (ceiling < capacity.running)
    list.push(say('warn.stops', { count: capacity.running - ceiling, running: capacity.running }));
  if (sizes.min !== undefined && sizes.min === sizes.max && capacity.min !== capacity.max) list.push(say('warn.fixed'));
  if (health === 'degraded' || health === 'down') list.push(say('warn.unwell', { health: say(`health.${health}`) }));
  return list;
}

function refuseHindered(status: Status, target: Target): void {
  const hindrance = status.hindrances.scale;
  if (!hindrance || hindrance === 'no-scalable-target') return;
  throw new Refusal(say(`hindrance.${hindrance}`, { target: target.name }), [
    run('button.status', 'Status', { target: target.key }),
  ]);
}

function refusal(
  problem: SizesProblem | 'fixed-only',
  sizes: Sizes,
  command: Command,
  target: Target,
  { capacity }: Status,
): Refusal {
  const about = {
    target: target.name,
    min: sizes.min ?? 0,
    max: sizes.max ?? 0,
    largest: LARGEST_SIZE,
    range: range(capacity),
  };
  return new Refusal(say(`refuse.${problem}`, about), offers(problem, sizes, command, target));
}

/** What the person probably meant, as a plan to open. */
function offers(problem: SizesProblem | 'fixed-only', sizes: Sizes, command: Command, target: Target): Action[] {
  const { slots } = fill(command, { target: target.key });
  if (problem === 'fixed-only') {
    const count = slots.min ?? slots.max;
    const { min: _min, max: _max, ...rest } = slots;
    return typeof count === 'number' ? [run('button.fix-at', 'Scale', { ...rest, count }, 'primary', { count })] : [];
  }
  if (problem !== 'min-over-max' || sizes.min === undefined || sizes.max === undefined) return [];
  // Only one of the two was said: the other one is in the way. Both said: they were swapped.
  const { min, max } = sizes;
  if (slots.max === undefined) return [rangeButton({ ...slots, min, max: min })];
  if (slots.min === undefined) return [rangeButton({ ...slots, min: max, max })];
  return [rangeButton({ ...slots, min: max, max: min })];
}

function rangeButton(slots: Slots & { min: number; max: number }): Action {
  const { min, max } = slots;
  return run('button.range', 'Scale', slots, undefined, { min, max, last: lastDigit({ min, max }) });
}
