// What value a slot takes from some words. https://docs.aws.amazon.com/lexv2/latest/dg/API_SlotValueSelectionSetting.html
import { date, duration, number, time, type Reads } from './lex-values.ts';
import type { LexLocale, LexSlot, LexSlotType, SlotValue } from './lex-types.ts';

/** `sure`: the type knows it; otherwise it was only expanded from what was said. */
export type Resolved = { slot: NonNullable<SlotValue>; sure: boolean };

const readers: Record<string, Reads> = {
  'AMAZON.Number': number,
  'AMAZON.Percentage': number,
  'AMAZON.Date': date,
  'AMAZON.Time': time,
  'AMAZON.Duration': duration,
};

/** The value of a slot in `words`; undefined when the type does not allow it. `asked`: the slot was asked for. */
export function resolve(
  { locale, now }: { locale: LexLocale; now: number },
  { type }: LexSlot,
  words: string,
  asked: boolean,
): Resolved | undefined {
  const custom = locale.slotTypes.find((it) => it.name === type);
  if (custom) return resolveCustom(custom, words, asked);
  const reader = readers[type];
  if (reader) {
    const read = reader(words, locale.id, now);
    return read && { slot: valued(read.original, read.value, [read.value]), sure: true };
  }
  if (type === 'AMAZON.AlphaNumeric') {
    // It keeps letters and digits only, 30 at most.
    const found = words.split(/\s+/u).find((it) => /^[A-Za-z0-9]{1,30}$/u.test(it));
    return found === undefined ? undefined : { slot: valued(found, found, [found]), sure: /\d/u.test(found) };
  }
  if (type === 'AMAZON.FreeFormInput') return asked ? { slot: valued(words, words, [words]), sure: true } : undefined;
  return words.trim() === '' ? undefined : { slot: valued(words.trim(), words.trim(), []), sure: false };
}

function resolveCustom({ restricted, values }: LexSlotType, words: string, asked: boolean): Resolved | undefined {
  const known = values
    .flatMap(({ value, synonyms }) => [value, ...synonyms].map((word) => ({ value, word })))
    .filter(({ word }) => contains(words, word))
    .toSorted((a, b) => b.word.length - a.word.length)[0];
  if (known) {
    const original = words.slice(...where(words, known.word));
    return { slot: valued(original, known.value, [known.value]), sure: true };
  }
  // As in AWS's own example, a count before other words is lost: "1 dozen roses" is "dozen roses".
  const said = words.trim().replace(/^\d+\s+(?=\D)/u, '');
  if (restricted || said === '' || (!asked && said.split(/\s+/u).length > 4)) return undefined;
  return { slot: valued(said, said, []), sure: false };
}

/** As a word of its own, where letters have spaces between words. */
function contains(words: string, word: string): boolean {
  return where(words, word)[1] > 0;
}

function where(words: string, word: string): [number, number] {
  const plain = word.replaceAll(/[.*+?^${}()|[\]\\]/gu, String.raw`\$&`);
  const edge = String.raw`[\p{Script=Latin}\p{N}]`;
  const found = new RegExp(`(?<!${edge}|${edge}[.-])${plain}(?!${edge}|[.-]${edge})`, 'iu').exec(words);
  return found ? [found.index, found.index + found[0].length] : [0, 0];
}

function valued(originalValue: string, interpretedValue: string, resolvedValues: string[]): NonNullable<SlotValue> {
  return { value: { originalValue, interpretedValue, resolvedValues } };
}
