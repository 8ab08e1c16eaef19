// Answers to a question: while a slot is awaited, its own parser reads the text first.
import type { Intent, Slot, Slots } from '../../intents/catalog.ts';
import { amountSlots } from '../../intents/slots.ts';
import { amounts, withSpare } from './amounts.ts';
import type { Names } from './extract.ts';
import type { Filled } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import { marksIn, type Marked } from './marks.ts';
import { markBareNumbers } from './numbers.ts';
import { percentIn } from './percent.ts';
import { targetOf } from './targets.ts';
import { timeIn } from './times.ts';

export type Awaiting = { intent: Intent; slot: Slot; slots?: Slots };

/** What the text answers to the question, or nothing when it is no plain answer. */
export function answer(awaiting: Awaiting, given: Marked, lexicon: Lexicon, names: Names): Filled | undefined {
  const { slot } = awaiting;
  const marked = isSize(slot) ? withBareNumbers(given, lexicon) : given;
  if (marked.text.includes('?') || rest(marked, lexicon, slot) !== '') return undefined;
  if (awaiting.intent === 'Traffic' && slot === 'count') {
    const count = percentIn(marked, lexicon);
    return count === undefined ? undefined : { slots: { count } };
  }
  if (isSize(slot)) return sizesAnswer(slot, marked, lexicon);
  if (slot === 'other') {
    const { target, unknown, several } = targetOf(marked, lexicon, names);
    const other = several ? undefined : (target ?? unknown);
    return other === undefined ? undefined : { slots: { other } };
  }
  if (slot === 'target') {
    const about = targetOf(marked, lexicon, names);
    if (about.target !== undefined && !about.several) return { slots: { target: about.target } };
    return about.unknown === undefined ? undefined : { slots: {}, unknownTarget: about.unknown };
  }
  const value = valueOf(slot, marked, lexicon);
  return value === undefined || value === '' ? undefined : { slots: { [slot]: value } };
}

function isSize(slot: Slot): slot is (typeof amountSlots)[number] {
  return (amountSlots as readonly Slot[]).includes(slot);
}

function sizesAnswer(slot: (typeof amountSlots)[number], marked: Marked, lexicon: Lexicon): Filled | undefined {
  const read = amounts(marked, lexicon);
  const [only, second] = read.spare;
  const isBare = Object.keys(read.slots).length === 0;
  const { slots, conflict } =
    isBare && only !== undefined && second === undefined
      ? { slots: { [slot]: only } as Slots, conflict: [] }
      : withSpare(read);
  if (Object.keys(slots).length === 0) return undefined;
  const { count } = slots;
  if (typeof count === 'number' && Object.keys(slots).length === 1 && conflict.length === 0)
    return { slots: { [slot]: count } };
  return { slots, ...(conflict.length > 0 ? { conflict } : {}) };
}

/** Number words that need no counter when a number was asked for: 열둘. */
function withBareNumbers(given: Marked, lexicon: Lexicon): Marked {
  const marked = { text: given.text, marks: given.marks.map((mark) => ({ ...mark })) };
  const { numbers } = lexicon.sentences;
  if (numbers.counters.length > 0) {
    markBareNumbers(marked, numbers);
  }
  for (const mark of marked.marks) if (mark.kind === 'number') mark.digits = true;
  return marked;
}

function valueOf(slot: Slot, marked: Marked, lexicon: Lexicon): string | undefined {
  if (slot === 'version') {
    const number = marksIn(marked, 'number')[0]?.raw;
    return marksIn(marked, 'version')[0]?.value ?? marksIn(marked, 'name')[0]?.raw ?? number;
  }
  if (slot === 'duration') return marksIn(marked, 'duration')[0]?.value;
  if (slot === 'time') return timeIn(marked);
  return lexicon.filters.find(({ regex }) => marked.text.search(regex) >= 0)?.key ?? marksIn(marked, 'stage')[0]?.value;
}

/** What is left of the text without marks, role words, particles and words that say nothing. */
function rest(marked: Marked, lexicon: Lexicon, slot: Slot): string {
  const { particles, fillers, joined, numbers } = lexicon.sentences;
  let left = marked.text;
  if (isSize(slot))
    for (const regex of [lexicon.share, ...lexicon.amounts.map((it) => it.regex)]) left = left.replaceAll(regex, ' ');
  left = left
    .replaceAll(/\uE000[A-Z]\d+\uE001/g, ' ')
    .replaceAll(/[^\p{L}\p{N} ']/gu, ' ')
    .toLowerCase();
  const small = [...particles, ...fillers, ...numbers.counters, slot, slot === 'version' ? 'v' : ''].filter(
    (it) => it !== '',
  );
  const words = left.split(' ').filter((it) => it !== '');
  return words.filter((word) => !isSmall(word, small, joined)).join(' ');
}

/** Made of small words only; where words are written together, of several in a row. */
function isSmall(word: string, small: readonly string[], joined: boolean): boolean {
  if (small.includes(word) || word === "'") return true;
  if (!joined || word.length > 12) return false;
  return small.some((it) => word.startsWith(it) && isSmall(word.slice(it.length), small, true));
}
