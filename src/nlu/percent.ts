// Percentages: the share of the traffic that a version gets.
import type { Lexicon } from './lexicon.ts';
import { marksIn, type Marked } from './marks.ts';

/** The one number said with a percent sign or word, else the only number there is. */
export function percentIn(marked: Marked, lexicon: Lexicon): number | undefined {
  const shares = new Set([...marked.text.matchAll(lexicon.share)].map(([, index]) => Number(index)));
  const numbers = marksIn(marked, 'number');
  const found = shares.size > 0 ? numbers.filter(({ index }) => shares.has(index)) : numbers;
  return found.length === 1 && Number.isInteger(found[0]!.value) ? found[0]!.value : undefined;
}
