// Numbers in words: "twenty five", "두 대". Digits are found with the other tokens.
import type { Sentences } from '../../intents/sentences.ts';
import { put, type Mark, type Marked } from './marks.ts';

type Numbers = Sentences['numbers'];

/** Marks numbers written as words. Languages with counters need one behind the number: 네 is four, and yes. */
export function markNumberWords(marked: Marked, numbers: Numbers): void {
  multiply(marked, numbers);
  const regex = numberPattern(numbers);
  if (!regex) return;
  marked.text = marked.text.replaceAll(regex, (raw: string, at: number, whole: string) => {
    // Right behind a name such a word is a particle: "only" is 만, and so is ten thousand.
    if (whole[at - 1] === '\uE001' && numbers.particles.includes(raw)) return raw;
    const value = numberOf(raw, numbers);
    return value === undefined ? raw : put(marked.marks, { kind: 'number', value, raw, digits: false } satisfies Mark);
  });
}

/** Marks number words that stand without a counter, for answers to "how many?". */
export function markBareNumbers(marked: Marked, numbers: Numbers): void {
  const words = Object.keys(numbers.words).toSorted((a, b) => b.length - a.length);
  const regex = new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')}){1,6}${endOf(numbers)}`, 'gu');
  marked.text = marked.text.replaceAll(regex, (raw: string) => {
    const value = numberOf(raw, numbers);
    return value === undefined ? raw : put(marked.marks, { kind: 'number', value, raw, digits: true });
  });
}

/** Digits with a large number word behind them and a counter after it: 5만 대. Without a counter 만 may be "only". */
function multiply(marked: Marked, numbers: Numbers): void {
  const large = Object.keys(numbers.words).filter((word) => numbers.words[word]! >= 100);
  if (numbers.counters.length === 0 || large.length === 0) return;
  const regex = new RegExp(`\\uE000N(\\d+)\\uE001 ?(${large.join('|')})(?= ?(?:${spacedOut(numbers.counters)}))`, 'gu');
  marked.text = marked.text.replaceAll(regex, (raw: string, index: string, word: string) => {
    const mark = marked.marks[Number(index)]!;
    if (mark.kind !== 'number') return raw;
    return put(marked.marks, {
      ...mark,
      value: mark.value * numbers.words[word]!,
      raw: mark.raw + word,
      digits: false,
    });
  });
}

const compiled = new WeakMap<Numbers, RegExp | null>();

function numberPattern(numbers: Numbers): RegExp | null {
  const cached = compiled.get(numbers);
  if (cached !== undefined) return cached;
  const words = Object.keys(numbers.words).toSorted((a, b) => b.length - a.length);
  const regex =
    words.length === 0 ? null : numbers.counters.length > 0 ? counted(words, numbers) : spaced(words, numbers);
  compiled.set(numbers, regex);
  return regex;
}

/** One word, tens with a unit ("twenty five"), or either with a hundred or more around it; "four twelve" stays two numbers. */
function spaced(words: string[], numbers: Numbers): RegExp {
  const among = (from: number, to: number) =>
    words.filter((word) => numbers.words[word]! >= from && numbers.words[word]! < to).join('|') || '(?!)';
  const small = `(?:(?:${among(20, 100)})[ -](?:${among(1, 10)})|(?:${among(0, 100)}))`;
  const big = `(?:${among(100, Number.POSITIVE_INFINITY)})`;
  return new RegExp(
    `(?<![\\p{L}\\p{N}])(?:${small}(?:[ -]${big}(?:[ -]${small})?)?|${big}(?:[ -]${small})?)(?![\\p{L}\\p{N}])`,
    'giu',
  );
}

function counted(words: string[], numbers: Numbers): RegExp {
  const after = numbers.after.length > 0 ? `|(?<=${numbers.after.join('|')}) ?` : '';
  const before = `(?:(?<![\\p{L}\\p{N}])${after})`;
  const strong = words.filter((word) => !numbers.weak.includes(word));
  const several = `(?:(?:${words.join('|')}){2,6}|${strong.join('|')})(?= ?(?:${spacedOut(numbers.counters)}))`;
  const weak = `(?:${spacedOut(numbers.weak)})(?= ?(?:${spacedOut(numbers.firm)}))`;
  const alone = `(?:${spacedOut(numbers.alone)})${endOf(numbers)}`;
  return new RegExp(`${before}(?:${several}|${weak}|${alone})`, 'gu');
}

/** What must follow a number that has no counter. */
function endOf(numbers: Numbers): string {
  return `(?=${spacedOut(numbers.behind)}|[\\s,.!~、。]|$)`;
}

function spacedOut(words: readonly string[]): string {
  return words.length === 0 ? '(?!)' : words.map((word) => word.replaceAll(' ', ' ?')).join('|');
}

/** The value of number words in a row: smaller ones add up, a hundred multiplies what is before it. */
export function numberOf(raw: string, numbers: Numbers): number | undefined {
  const words = Object.keys(numbers.words).toSorted((a, b) => b.length - a.length);
  let rest = bare(raw);
  let total = 0;
  let part = 0;
  while (rest !== '') {
    const word = words.find((it) => rest.startsWith(bare(it)));
    if (word === undefined) return undefined;
    const value = numbers.words[word]!;
    if (value >= 100) part = Math.max(1, part) * value;
    else if (value === 10 && part > 0 && part < 10 && numbers.counters.length > 0) part *= value;
    else part += value;
    if (value >= 1000) {
      total += part;
      part = 0;
    }
    rest = rest.slice(bare(word).length);
  }
  return total + part;
}

function bare(text: string): string {
  return text.toLowerCase().replaceAll(/[\s-]/g, '');
}
