// What must be true of the audit log after a run: whole, and every change in it once from its plan to its end.
import { verifyChain } from '../../src/core/audit-chain.ts';
import type { AuditEntry, AuditKind } from '../../src/core/audit.ts';
import type { Plan } from '../../src/core/records.ts';
import type { Records } from './records.ts';

/** Every broken promise of the log; nothing when all were kept. */
export async function brokenAudit({ rows, plans }: Pick<Records, 'rows' | 'plans'>): Promise<string[]> {
  const entries: AuditEntry[] = [];
  const whole = await verifyChain(readable(rows), (link) => void entries.push(...link.entries));
  const problems = whole.whole ? [] : [`audit: link ${whole.at} is ${whole.fault}`];
  const ids = Map.groupBy(entries, ({ id }) => id);
  for (const [id, same] of ids) if (same.length > 1) problems.push(`audit: ${id} is there ${same.length} times`);
  return [...problems, ...plans.flatMap((plan) => missing(plan, entries))];
}

function missing(plan: Plan, entries: readonly AuditEntry[]): string[] {
  const noted = new Set(entries.filter((entry) => entry.plan === plan.id).map(({ kind }) => kind));
  const due: AuditKind[] = [
    ...(plan.reverts === undefined ? (['planned'] as const) : []),
    ...(plan.startedAt === undefined ? [] : (['started'] as const)),
    ...(plan.state === 'ended' ? (['ended'] as const) : []),
  ];
  return due.filter((kind) => !noted.has(kind)).map((kind) => `audit: ${plan.id} has no entry "${kind}"`);
}

/** The rows as a store that can be read. */
function readable(rows: Records['rows']) {
  return {
    get<T>(key: string) {
      const row = rows.find((one) => one.key === key);
      return Promise.resolve(row && found<T>(row));
    },
    list<T>(prefix: string) {
      return Promise.resolve(rows.filter(({ key }) => key.startsWith(prefix)).map((row) => found<T>(row)));
    },
  };
}

function found<T>({ key, value }: { key: string; value: unknown }) {
  return { key, value: value as T, rev: 1 };
}
