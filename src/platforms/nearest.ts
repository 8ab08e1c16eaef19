// "Did you mean": which names look most like the one that does not exist.
import { Refusal } from '../core/errors.ts';
import type { Target } from '../core/ports.ts';
import { say } from '../core/reply.ts';

/** The refusal of a version that does not exist, with the ones that do and look like it. */
export function unknownVersion(target: Target, version: string, existing: readonly string[]): Refusal {
  const near = nearest(version, existing).join(', ') || 'none';
  return new Refusal(say('refuse.version.unknown', { version: { code: version }, target: target.name, nearest: near }));
}

/** At most three names that look like `wanted`, nearest first; the first given wins between equals. */
function nearest(wanted: string, names: readonly string[]): string[] {
  const low = wanted.toLowerCase();
  return [...new Set(names)]
    .map((name) => ({ name, distance: edits(low, name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** Levenshtein distance. */
function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 0; i < a.length; i += 1) {
    const next = [i + 1];
    for (let j = 0; j < b.length; j += 1) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (a[i] === b[j] ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
