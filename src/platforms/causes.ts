// Causes as every platform lists them: equal ones once with a count, worst first.
import type { Cause, CauseKind } from '../core/ports.ts';

const worstFirst: readonly CauseKind[] = [
  'image-missing',
  'secret-unreadable',
  'out-of-memory',
  'exit-code',
  'health-check',
  'wrong-version',
  'update-failed',
  'requests-failing',
  'instances-unhealthy',
  'no-room',
  'below-desired',
  'aws-says',
];

/** Counts are added up where everything else but AWS's words is equal. */
export function collapsed(causes: readonly Cause[]): Cause[] {
  const byKey = Map.groupBy(causes, ({ kind, args }) => {
    const { count: _count, ...rest } = args;
    return JSON.stringify([kind, Object.entries(rest).toSorted(([a], [b]) => a.localeCompare(b))]);
  });
  const once = [...byKey.values()].map((same) => {
    const [first] = same;
    const total = same.reduce((sum, { args }) => sum + Number(args['count'] ?? 0), 0);
    return 'count' in first!.args ? { ...first!, args: { ...first!.args, count: total } } : first!;
  });
  return once.toSorted((a, b) => worstFirst.indexOf(a.kind) - worstFirst.indexOf(b.kind));
}
