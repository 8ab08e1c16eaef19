// Which right a change takes.
import type { Right } from '../../intents/catalog.ts';
import type { Plan } from './records.ts';

/**
 * The right it takes to make a change. Going back takes less only where it is the way back: to what ran immediately
 * before and ended well. To any other version it is a deployment.
 */
export function rightOf({
  change,
  exempt,
}: Pick<Plan, 'change' | 'exempt'>): Right & ('scale' | 'deploy' | 'rollback') {
  if (change.kind === 'scale') return 'scale';
  return exempt && change.kind === 'deploy' ? 'rollback' : 'deploy';
}
