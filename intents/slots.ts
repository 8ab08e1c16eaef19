// What a slot's value may look like, and how a word finds the names that exist.
import type { Slot } from './catalog.ts';

/** What stands for a slot in text sent to a recognizer: plain ASCII words, so that every engine reads them as words. */
export const placeholders = {
  target: 'target',
  version: 'version',
  min: '4',
  max: '12',
  count: '6',
  duration: 'duration',
  time: 'sometime',
  filter: 'stage',
  language: 'language',
  other: 'target',
  reason: 'reason',
} as const satisfies Record<Slot, string>;

/** Slots whose value is an Amount. */
export const amountSlots = ['min', 'max', 'count'] as const satisfies readonly Slot[];

export type NameMatch = {
  /** Names the word stands for: one is certain, several need a choice. */
  names: string[];
  /** Names that look or sound alike; they may be suggested, never acted on. */
  near: string[];
};

/**
 * The names a word stands for: the name itself, else names that start with the word as whole parts
 * (`checkout` in `checkout-prod`), else names that have them further on, else names that begin with it. Only the first of these that fits anything counts. A name given twice is one name.
 */
export function matchNames(word: string, names: readonly string[]): NameMatch {
  const known = [...new Set(names)];
  if (known.includes(word)) return { names: [word], near: [] };
  const wanted = squash(word);
  if (wanted === '') return { names: [], near: [] };
  for (const fits of [sameName, leadsParts, hasParts, beginsWith]) {
    const found = known.filter((name) => fits(name, word));
    if (found.length > 0) return { names: found, near: [] };
  }
  return { names: [], near: nearNames(wanted, known) };
}

/** A name without case and separators: `Api-Prod` and `api prod` are the same to a person. */
export function squash(name: string): string {
  return name.toLowerCase().replaceAll(/[\s._:/-]/g, '');
}

/** The words a name is made of: `api-prod-2` is api, prod, 2. */
export function partsOf(name: string): string[] {
  return name
    .toLowerCase()
    .split(/[\s._:/-]/)
    .filter((part) => part !== '');
}

function sameName(name: string, word: string): boolean {
  return squash(name) === squash(word);
}

/** The first parts: `worker` leads worker-prod, not deploy-worker. */
function leadsParts(name: string, word: string): boolean {
  return `${partsOf(name).join(' ')} `.startsWith(`${partsOf(word).join(' ')} `);
}

function hasParts(name: string, word: string): boolean {
  return ` ${partsOf(name).join(' ')} `.includes(` ${partsOf(word).join(' ')} `);
}

function beginsWith(name: string, word: string): boolean {
  return word.length >= 3 && squash(name).startsWith(squash(word));
}

function nearNames(wanted: string, names: readonly string[]): string[] {
  const most = wanted.length < 4 ? 0 : wanted.length < 7 ? 1 : 2;
  const scored = names.map((name) => ({ name, edits: closest(wanted, name, most) }));
  return scored
    .filter((it) => it.edits <= most)
    .toSorted((a, b) => a.edits - b.edits)
    .slice(0, 5)
    .map((it) => it.name);
}

/** Fewest edits to the whole name or to one of its parts. */
function closest(wanted: string, name: string, most: number): number {
  const forms = [squash(name), ...partsOf(name).filter((part) => part.length >= 4)];
  return Math.min(...forms.map((form) => edits(wanted, form, most)));
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; more than `most` is not counted out. */
export function edits(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most || a.length > 80 || b.length > 80) return most + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}
