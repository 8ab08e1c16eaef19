// What would happen to a reading, before rights and AWS are asked: shared by everything that shows or counts it.
import { catalog, missing } from '../../intents/catalog.ts';
import { matchNames } from '../../intents/slots.ts';
import { sizesProblem } from './guards.ts';
import type { Reading } from './ports.ts';

export type Outcome = 'read' | 'plan' | 'ask' | 'choose' | 'suggest' | 'refuse' | 'fallback';

/** Under this an intent is only a guess. */
export const ENOUGH = 0.4;
/** A change needs to be this much likelier than what else it could have been. */
const apart = 0.1;

/** The outcome of a reading; `targets` are the names that exist, or nothing where every name counts. */
export function outcomeOf(reading: Reading, targets?: readonly string[]): Outcome {
  const { intent, slots, confidence } = reading;
  if (!intent) return 'fallback';
  if (confidence < ENOUGH) return 'suggest';
  const isChange = catalog[intent].risk === 'change';
  if (isChange && sizesProblem(slots)) return 'refuse';
  if (reading.unknownTarget !== undefined && slots.target === undefined) {
    return matchNames(reading.unknownTarget, targets ?? []).near.length > 0 ? 'suggest' : 'ask';
  }
  if ((reading.conflict ?? []).length > 0 || isCloseCall(reading, isChange)) return 'choose';
  if (targets && slots.target !== undefined && matchNames(slots.target, targets).names.length > 1) return 'choose';
  if (missing({ intent, slots }) || isDayAlone(slots.time)) return 'ask';
  return isChange && !reading.held ? 'plan' : 'read';
}

function isCloseCall(reading: Reading, isChange: boolean): boolean {
  const next = reading.guesses[0];
  if (!next || next.confidence < ENOUGH || reading.confidence - next.confidence >= apart) return false;
  return isChange || catalog[next.intent].risk === 'change';
}

function isDayAlone(time: string | undefined): boolean {
  return time !== undefined && /^\d{4}-\d\d-\d\d$/.test(time);
}
