// Numbers in words: "twenty five", "두 대". Digits are found with the other tokens.
import type { Sentences } from '../../intents/sentences.ts';
import { put, type Mark, type Marked } from './marks.ts';

type Numbers = Sentences['numbers'];

/** Marks numbers written as words. Languages with counters need one behind the number: 네 is four, and yes. */
export function markNumberWords(marked: Marked, numbers: Numbers): void {
  const regex = numberPattern(numbers);
  if (!regex) return;
  marked.text = marked.text.replaceAll(regex, (raw: string) => {
    const value = numberOf(raw, numbers);
    return value === undefined ? raw : put(marked.marks, { kind: 'number', value, raw, digits: false } satisfies Mark);
  });
}

const compiled = new WeakMap<Numbers, RegExp | null>();

function numberPattern(numbers: Numbers): RegExp | null {
  const cached = compiled.get(numbers);
  if (cached !== undefined) return cached;
  const words = Object.keys(numbers.words).toSorted((a, b) => b.length - a.length);
  const regex = words.length === 0 ? null : numbers.counters.length > 0 ? counted(words, numbers) : spaced(words);
  compiled.set(numbers, regex);
  return regex;
}

function spaced(words: string[]): RegExp {
  const word = `(?:${words.join('|')})`;
  return new RegExp(`(?<![\\p{L}\\p{N}])${word}(?:(?: |-| and )${word}){0,5}(?![\\p{L}\\p{N}])`, 'giu');
}

function counted(words: string[], numbers: Numbers): RegExp {
  const after = numbers.after.length > 0 ? `|(?<=${numbers.after.join('|')}) ?` : '';
  return new RegExp(
    `(?:(?<![\\p{L}\\p{N}])${after})(?:${words.join('|')}){1,6}(?= ?(?:${numbers.counters.join('|')}))`,
    'gu',
  );
}

/** The value of number words in a row: smaller ones add up, a hundred multiplies what is before it. */
export function numberOf(raw: string, numbers: Numbers): number | undefined {
  const words = Object.keys(numbers.words).toSorted((a, b) => b.length - a.length);
  let rest = raw.toLowerCase().replaceAll(/ and |[\s-]/g, '');
  let total = 0;
  let part = 0;
  while (rest !== '') {
    const word = words.find((it) => rest.startsWith(it));
    if (word === undefined) return undefined;
    const value = numbers.words[word]!;
    if (value >= 100) part = Math.max(1, part) * value;
    else if (value === 10 && part > 0 && part < 10 && numbers.counters.length > 0) part *= value;
    else part += value;
    if (value >= 1000) {
      total += part;
      part = 0;
    }
    rest = rest.slice(word.length);
  }
  return total + part;
}
