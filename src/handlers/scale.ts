// Min, max, a fixed size or an amount more or less: resolved to numbers, shown as a plan.
import { alarmWarnings, loadOf, loadWarnings } from '../core/alarms.ts';
import { Refusal } from '../core/errors.ts';
import { fill, lastDigit, range, run, sentence } from '../core/cards.ts';
import { LARGEST_SIZE, sizesProblem, type SizesProblem } from '../core/guards.ts';
import { influencesOf, numberWarnings } from '../core/influences.ts';
import { resolveSizes } from '../core/sizes.ts';
import type { Draft, Handler } from '../core/call.ts';
import type { Sizes, Status, Target } from '../core/facts.ts';
import type { Command, Slots } from '../../intents/catalog.ts';
import { say, type Action, type Phrase } from '../core/reply.ts';
import { milliseconds } from '../core/durations.ts';
import { untilOf } from '../core/until.ts';
import type { World } from '../core/world.ts';
import { statusOf } from './look.ts';

export const scale: Handler = async ({ command, target, request, world, register }) => {
  if (!target) throw new Error('scale needs a target');
  if (!world.inventory.platform(target).scale) throw new Refusal(say('refuse.capability', { target: target.name }));
  const [status, influences, load] = await Promise.all([
    statusOf(world, target),
    influencesOf(world, target),
    loadOf(world, target),
  ]);
  refuseHindered(status, target);
  const isNew = register === true && status.hindrances.scale === 'no-scalable-target';
  const answer = sizesFor(command.slots, status, isNew);
  const problem = 'problem' in answer ? answer.problem : undefined;
  const mayStop = problem === 'zero' && (await world.policy.may(request.by, 'danger', target));
  if (problem && !mayStop) throw refusal(problem, answer.sizes, command, status);
  if (same(answer.sizes, status)) {
    return {
      reply: sentence(say('scale.same', { target: target.name, range: range(status.capacity) }), {
        actions: [run('button.status', 'Status', { target: target.key })],
      }),
    };
  }
  const around = [
    ...loadWarnings(load, status.capacity, answer.sizes),
    ...alarmWarnings(load),
    ...numberWarnings(influences, answer.sizes, status.capacity.running),
  ];
  const planned = draft(answer.sizes, status, around, isNew);
  return { draft: { ...planned, ...(await timing(world, request.by, command.slots)) } };
};

/** When it starts and for how long it stays, where that was said. */
async function timing(world: World, by: string, { duration, time }: Slots): Promise<Pick<Draft, 'startAt' | 'lasts'>> {
  const [startAt, end] = [await untilOf(world, by, { time }), await untilOf(world, by, { duration })];
  return {
    ...(startAt === undefined ? {} : { startAt }),
    ...(end === undefined ? {} : { lasts: milliseconds(duration)! }),
  };
}

/** The numbers; of a service that gets a scalable target both, as they were said. */
function sizesFor(slots: Slots, { capacity }: Status, isNew: boolean): ReturnType<typeof resolveSizes> {
  if (!isNew) return resolveSizes(slots, capacity);
  const { min, max } = slots;
  if (typeof min !== 'number' || typeof max !== 'number') return { problem: 'fixed-only', sizes: {} };
  const problem = sizesProblem({ min, max });
  return problem ? { problem, sizes: { min, max } } : { sizes: { min, max } };
}

function draft(sizes: Sizes, status: Status, around: readonly Phrase[], isNew: boolean): Draft {
  const { capacity, target } = status;
  return {
    intent: 'Scale',
    target,
    change: { kind: 'scale', sizes, ...(isNew ? { register: true } : {}) },
    before: { sizes: sizesOf(status), capacity },
    warnings: [...(isNew ? [say('warn.registers')] : []), ...warnings(sizes, status), ...around],
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
  { capacity, target, hindrances }: Status,
): Refusal {
  const about = {
    target: target.name,
    min: sizes.min ?? 0,
    max: sizes.max ?? 0,
    largest: LARGEST_SIZE,
    range: range(capacity),
  };
  const canRegister = hindrances.scale === 'no-scalable-target';
  const offered = offers(problem, sizes, fill(command, { target: target.key }), canRegister);
  return new Refusal(say(`refuse.${problem}`, about), offered);
}

/** What the person probably meant, as a plan to open. */
function offers(
  problem: SizesProblem | 'fixed-only',
  sizes: Sizes,
  { slots }: Command,
  canRegister: boolean,
): Action[] {
  if (problem === 'fixed-only') {
    const count = slots.min ?? slots.max;
    const { min: _min, max: _max, ...rest } = slots;
    const fix =
      typeof count === 'number' ? [run('button.fix-at', 'Scale', { ...rest, count }, 'primary', { count })] : [];
    return canRegister ? [...fix, ...registerButton(slots)] : fix;
  }
  if (problem !== 'min-over-max' || sizes.min === undefined || sizes.max === undefined) return [];
  // Only one of the two was said: the other one is in the way. Both said: they were swapped.
  const { min, max } = sizes;
  if (slots.max === undefined) return [rangeButton({ ...slots, min, max: min })];
  if (slots.min === undefined) return [rangeButton({ ...slots, min: max, max })];
  return [rangeButton({ ...slots, min: max, max: min })];
}

/** Where min and max were both asked: the service could be made to scale between them. */
function registerButton(slots: Slots): Action[] {
  const { min, max } = slots;
  if (typeof min !== 'number' || typeof max !== 'number' || sizesProblem({ min, max })) return [];
  const label = say('button.register', { min, max, last: lastDigit({ min, max }) });
  return [{ kind: 'button', label, click: { command: { intent: 'Scale', slots }, register: true } }];
}

function rangeButton(slots: Slots & { min: number; max: number }): Action {
  const { min, max } = slots;
  return run('button.range', 'Scale', slots, undefined, { min, max, last: lastDigit({ min, max }) });
}
