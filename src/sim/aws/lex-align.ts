// Lays a text over an utterance: words must be equal, slots take what their types allow.
import { slotOf, type Token } from './lex-tokens.ts';

/** Whether some words may be the value of a slot: its type knows them, or would take them as it takes anything. */
export type Fits = (slot: string, words: string) => 'sure' | 'open' | undefined;

/** What each slot took, and how many tokens went to slots that would have taken anything. */
export type Aligned = { filled: Record<string, string>; open: number };

const longest = { words: 6, characters: 16 };

/** The text as the utterance, or undefined when it is not such a sentence. */
export function align(
  utterance: readonly Token[],
  said: readonly Token[],
  source: string,
  fits: Fits,
): Aligned | undefined {
  const [head, ...tail] = utterance;
  if (!head) return said.length === 0 ? { filled: {}, open: 0 } : undefined;
  const slot = slotOf(head);
  if (slot === undefined) return said[0]?.text === head.text ? align(tail, said.slice(1), source, fits) : undefined;
  const most = said.every((it) => !it.alone) ? longest.words : longest.characters;
  for (let length = Math.min(most, said.length); length > 0; length -= 1) {
    const words = source.slice(said[0]?.start, said[length - 1]?.end);
    const trust = fits(slot, words);
    const rest = trust ? align(tail, said.slice(length), source, fits) : undefined;
    if (!rest) continue;
    return { filled: { ...rest.filled, [slot]: words }, open: rest.open + (trust === 'open' ? length : 0) };
  }
  return undefined;
}

/** What stands in the place of a slot where the words around it are those of the utterance. */
export function between(
  utterance: readonly Token[],
  said: readonly Token[],
  source: string,
  slot: string,
): string | undefined {
  const at = utterance.findIndex((it) => slotOf(it) === slot);
  const before = utterance[at - 1]?.text;
  const after = utterance[at + 1];
  const start = before === undefined ? 0 : said.findIndex((it) => it.text === before) + 1;
  if (at === -1 || (before !== undefined && start === 0)) return undefined;
  const stop = after && !slotOf(after) ? said.findIndex((it, index) => index > start && it.text === after.text) : -1;
  const end = stop === -1 ? start + 1 : stop;
  const [first, last] = [said[start], said[Math.min(end, start + 3) - 1]];
  return first && last ? source.slice(first.start, last.end) : undefined;
}
