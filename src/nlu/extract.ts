// What a text names: targets, versions, numbers, stages, durations and times, by our own grammar and never by a recognizer.
import { matchNames, squash } from '../../intents/slots.ts';
import type { Lexicon, Vocabulary } from './lexicon.ts';
import { consume, put, type Mark, type Marked } from './marks.ts';
import { markNumberWords } from './numbers.ts';
import { filled, markTimes } from './times.ts';
import { markTokens } from './tokens.ts';

export type Names = {
  targets: readonly string[];
  /** Any word shaped like a name counts as one that exists. */
  open: boolean;
};

/** The text with marks for names, versions, numbers in digits: what no language and no translator may change. */
export function markNames(text: string, lexicon: Lexicon, words: Vocabulary, names: Names): Marked {
  const marks: Mark[] = [];
  const marked: Marked = { text: ` ${joinNames(text, names.targets)} `, marks };
  marked.text = markTokens(marked.text, marks, lexicon, words, (token) => knownTarget(token, words, names));
  markSpokenNames(marked, lexicon, names);
  markLanguages(marked, lexicon);
  markPlainNames(marked, words, names);
  return marked;
}

/** Marks what is said in words of the lexicon's language: stages, versions, numbers, durations, times; amounts are left. */
export function markWords(marked: Marked, lexicon: Lexicon, zone: string, now: number): void {
  markLanguages(marked, lexicon);
  consume(marked, lexicon.stages, (stage, _, raw) => ({ kind: 'stage', value: stage, raw }));
  markVersions(marked, lexicon);
  markNumberWords(marked, lexicon.sentences.numbers);
  consume(marked, lexicon.durations, (key, found, raw) => durationMark(key, found, raw));
  markTimes(marked, lexicon, zone, now);
}

/** Names written with spaces are joined again: `api prod` where api-prod exists. */
function joinNames(text: string, targets: readonly string[]): string {
  const several = targets.filter((name) => /[._:/-]/.test(name) && name.length < 80).slice(0, 2000);
  if (several.length === 0 || !/[a-z0-9] [a-z0-9]/i.test(text)) return text;
  const bySquash = new Map(several.map((name) => [squash(name), name]));
  const tokens = [...text.matchAll(/[A-Za-z0-9]+/g)];
  let joined = '';
  let from = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    for (let size = Math.min(5, tokens.length - at); size >= 2; size -= 1) {
      const run = tokens.slice(at, at + size);
      const start = run[0]!.index;
      const end = run.at(-1)!.index + run.at(-1)![0].length;
      const raw = text.slice(start, end);
      const name = /^[A-Za-z0-9 ]+$/.test(raw) && isFree(text, start, end) ? bySquash.get(squash(raw)) : undefined;
      if (name === undefined) continue;
      joined += text.slice(from, start) + name;
      from = end;
      at += size - 1;
      break;
    }
  }
  return joined + text.slice(from);
}

function isFree(text: string, start: number, end: number): boolean {
  return !/[\w._:/@+-]/.test(text[start - 1] ?? ' ') && !/[\w/@+-]/.test(text[end] ?? ' ');
}

function knownTarget(token: string, words: Vocabulary, names: Names): Mark | undefined {
  const plainWord = /^[a-z]+$/i.test(token) && words.has(token);
  if (names.targets.includes(token)) return plainWord ? undefined : { kind: 'target', names: [token], raw: token };
  if (plainWord || /^[\d.,:/+-]+$/.test(token) || !/[a-z]/i.test(token)) return undefined;
  if (/^v?\d/i.test(token)) return undefined;
  const found = matchNames(token, names.targets).names;
  return found.length > 0 ? { kind: 'target', names: found, raw: token } : undefined;
}

/** Names said in the language's own script: 체크아웃 for checkout. */
function markSpokenNames(marked: Marked, lexicon: Lexicon, names: Names): void {
  for (const { said, written } of lexicon.names) {
    if (!marked.text.includes(said)) continue;
    const regex = new RegExp(`${startOf(said)}${said.replaceAll(' ', ' ?')}`, 'gu');
    marked.text = marked.text.replaceAll(regex, (raw: string) => {
      for (const word of written) {
        const found = matchNames(word, names.targets).names;
        if (found.length > 0) return put(marked.marks, { kind: 'target', names: found, raw: word });
      }
      return names.open ? put(marked.marks, { kind: 'name', raw: written[0]!, shaped: false }) : raw;
    });
  }
}

/** Where words stand apart, a name begins a word; Japanese and Chinese write on, and only a change of script tells. */
function startOf(said: string): string {
  if (/^\p{Script=Han}/u.test(said)) return '';
  return /^\p{Script=Katakana}/u.test(said) ? '(?<![\\p{Script=Katakana}ー])' : '(?<![\\p{L}\\p{N}])';
}

/** Without a name so far, words of no language may be one, and so may a target called like an everyday word. */
function markPlainNames(marked: Marked, words: Vocabulary, names: Names): void {
  if (/\uE000[TX]/.test(marked.text)) return;
  let first = true;
  marked.text = marked.text.replaceAll(
    /(?<![\p{L}\p{N}\uE000'])[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}]{3,60}(?![\p{N}\uE001])/gu,
    (word: string) => {
      const lead = first;
      first = false;
      if (!lead && names.targets.includes(word)) return put(marked.marks, { kind: 'target', names: [word], raw: word });
      return words.has(word) ? word : put(marked.marks, { kind: 'name', raw: word, shaped: false });
    },
  );
}

function markLanguages(marked: Marked, lexicon: Lexicon): void {
  consume(marked, lexicon.languages, (language, _, raw) => ({ kind: 'language', value: language, raw }));
}

function durationMark(key: string, found: Readonly<Record<string, Mark>>, raw: string): Mark | undefined {
  const value = filled(key, found);
  return value === undefined ? undefined : { kind: 'duration', value, raw };
}

function markVersions(marked: Marked, lexicon: Lexicon): void {
  consume(marked, lexicon.versions, (key, found, raw) => {
    const value = key.replaceAll(/\{(\w+)\}/g, (_, name: string) => shownMark(found[name]));
    return value === '' ? undefined : { kind: 'version', value, raw };
  });
}

function shownMark(mark: Mark | undefined): string {
  if (!mark) return '';
  if (mark.kind === 'target') return mark.names.length === 1 ? mark.names[0]! : mark.raw;
  return mark.kind === 'number' || mark.kind === 'name' ? mark.raw : mark.value;
}
