// Guards that need no facts: what no request may ask for, whoever asks and whatever runs.
import type { Amount, Intent, Slots } from '../../intents/catalog.ts';
import type { Hindrance, Status } from './facts.ts';

/** More of anything than this is taken for a slip of the finger. */
export const LARGEST_SIZE = 1000;

export type SizesProblem = 'zero' | 'negative' | 'too-large' | 'min-over-max';

/**
 * What is wrong with the numbers asked for, before relative ones are resolved; nothing when they may be planned.
 * Zero instances is refused too: it is taking the target down, not scaling it.
 */
export function sizesProblem(slots: Pick<Slots, 'min' | 'max' | 'count'>): SizesProblem | undefined {
  for (const size of [slots.min, slots.max, slots.count]) {
    const problem = size === undefined ? undefined : sizeProblem(size);
    if (problem) return problem;
  }
  const { min, max } = slots;
  return typeof min === 'number' && typeof max === 'number' && min > max ? 'min-over-max' : undefined;
}

function sizeProblem(size: Amount): SizesProblem | undefined {
  if (typeof size === 'number') return Number.isNaN(size) || size > LARGEST_SIZE ? 'too-large' : signProblem(size);
  const by = Number(size.slice(1));
  if (!(by <= LARGEST_SIZE)) return 'too-large';
  return by === 0 ? 'zero' : undefined;
}

function signProblem(size: number): SizesProblem | undefined {
  if (size < 0) return 'negative';
  return size === 0 ? 'zero' : undefined;
}

/**
 * What stands in the way of another version. A deployment that is running does not stand in the way of going back:
 * it may be the very trouble.
 */
export function deployHindrance(status: Status, intent: Intent): Hindrance | undefined {
  const hindrance = status.hindrances.deploy;
  const goesBack = intent === 'Rollback' || intent === 'Undo';
  return hindrance === 'deploying' && goesBack ? undefined : hindrance;
}
