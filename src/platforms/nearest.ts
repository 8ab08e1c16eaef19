// "Did you mean": which names look most like the one that does not exist.

/** At most three names that look like `wanted`, nearest first; the first given wins between equals. */
export function nearest(wanted: string, names: readonly string[]): string[] {
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
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min(row[j + 1]! + 1, next[j]! + 1, row[j]! + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1)!;
}
