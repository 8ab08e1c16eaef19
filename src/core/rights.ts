// Which right a change takes, and on what.
import type { Right } from '../../intents/catalog.ts';
import type { Change, Target } from './facts.ts';
import type { ApprovalRule } from './grants.ts';
import type { Policy } from './policy.ts';
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

type Touching = { target: Target; change: Change };

/** Everything a change touches: a swap has two sides. */
export function touched({ target, change }: Touching): Target[] {
  return change.kind === 'swap' ? [target, change.other] : [target];
}

/** Refuses where somebody may not make the change on all that it touches. */
export async function allowChange(policy: Policy, by: string, asked: Touching & Pick<Plan, 'exempt'>): Promise<void> {
  for (const target of touched(asked)) await policy.allow(by, rightOf(asked), target);
}

/** The strictest rule of agreement of all that it touches, with the target it is about. */
export async function approvalRule(
  policy: Policy,
  asked: Touching & Pick<Plan, 'exempt'>,
): Promise<{ rule: ApprovalRule; target: Target } | undefined> {
  const found = await Promise.all(
    touched(asked).map(async (target) => ({ target, rule: await policy.approval(rightOf(asked), target) })),
  );
  const rules = found.flatMap(({ target, rule }) => (rule ? [{ target, rule }] : []));
  return rules.toSorted((a, b) => b.rule.need - a.rule.need)[0];
}
