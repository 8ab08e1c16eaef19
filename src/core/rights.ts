// Which right a change takes.
import type { Right } from '../../intents/catalog.ts';
import type { Change } from './facts.ts';
import type { PlanIntent } from './records.ts';

/** The right it takes to make a change: going back is less than going forwards. */
export function rightOf(intent: PlanIntent, change: Change): Right & ('scale' | 'deploy' | 'rollback') {
  if (change.kind === 'scale') return 'scale';
  const isBack = intent === 'Rollback' || intent === 'Undo';
  return isBack && change.kind === 'deploy' ? 'rollback' : 'deploy';
}
