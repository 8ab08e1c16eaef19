// Text in which what was found stands as a mark: a name, version, number ... that phrases and the recognizer can refer to.
import { toPattern, parseTemplate } from '../../intents/template.ts';
import type { Phrases, Sentences } from '../../intents/sentences.ts';
import { placeholders } from '../../intents/slots.ts';
import type { Segment } from '../core/ports.ts';

const open = '\uE000';
const close = '\uE001';

/**
 * `target`: a name that exists. `name`: a word that can only be a name. `clock`: 09:30. `day`: days from now as `+1`,
 * a weekday `1` to `7`, or a date. `stage`: a stage or region. `language`: its code.
 */
type Worded = 'version' | 'clock' | 'day' | 'stage' | 'duration' | 'time' | 'language';
export type Mark =
  | { kind: 'target'; names: string[]; raw: string }
  | { kind: 'name'; raw: string; shaped: boolean }
  | { kind: Worded; value: string; raw: string }
  | { kind: 'number'; value: number; raw: string; digits: boolean };

type Of<K extends Mark['kind']> = K extends Worded
  ? { kind: K; value: string; raw: string }
  : Extract<Mark, { kind: K }>;

const letters = {
  target: 'T',
  name: 'X',
  version: 'V',
  clock: 'C',
  day: 'D',
  stage: 'S',
  duration: 'L',
  time: 'M',
  number: 'N',
  language: 'G',
} as const;
const kinds = Object.fromEntries(Object.entries(letters).map(([kind, letter]) => [letter, kind]));

export type Marked = { text: string; marks: Mark[] };

/** Adds a mark to the list and returns what stands for it in the text. */
export function put(marks: Mark[], mark: Mark): string {
  marks.push(mark);
  return sign(mark.kind, marks.length - 1);
}

function sign(kind: Mark['kind'], index: number): string {
  return `${open}${letters[kind]}${index}${close}`;
}

/** Marks of a kind still in the text, in order, each with its index. */
export function marksIn<K extends Mark['kind']>(marked: Marked, kind: K): (Of<K> & { index: number })[] {
  const found = marked.text.matchAll(new RegExp(`${open}${letters[kind]}(\\d+)${close}`, 'g'));
  return [...found].map(([, index]) => ({ ...(marked.marks[Number(index)] as Of<K>), index: Number(index) }));
}

/** Plain text for a recognizer: placeholders for what was found, digits for numbers. `asWords`: words that may be no names stay. */
export function render(marked: Marked, asWords = false): string {
  return marked.text.replaceAll(/\uE000([A-Z])(\d+)\uE001/g, (_, letter: string, index: string) => {
    const kind = kinds[letter] as Mark['kind'];
    const mark = marked.marks[Number(index)]!;
    if (mark.kind === 'number') return mark.digits ? mark.raw : String(mark.value);
    if (mark.kind === 'name') return asWords && !mark.shaped ? mark.raw : placeholders.target;
    if (kind === 'clock' || kind === 'day') return placeholders.time;
    if (kind === 'stage') return placeholders.filter;
    return placeholders[kind as 'target' | 'version' | 'duration' | 'time' | 'language'];
  });
}

/** What changes a number's meaning and stands right at it: `+2`, `50%`, `2x`. */
const withSign = /((?:[+-]|(?<=\s)x)?\uE000N\d+\uE001(?:%|x(?!\p{L}))?|\uE000[A-Z]\d+\uE001)/u;
const anyMark = /\uE000[A-Z](\d+)\uE001/u;

/** The text for a translator: what was found is kept as it stands, a number with its sign. */
export function toSegments({ text, marks }: Marked): Segment[] {
  return text.split(withSign).flatMap((part): Segment[] => {
    const found = anyMark.exec(part);
    if (!found) return part === '' ? [] : [part];
    const id = Number(found[1]);
    return [{ keep: part.replace(anyMark, () => marks[id]!.raw), id }];
  });
}

/** A translated text with its marks back in their places. */
export function fromSegments(segments: readonly Segment[], marks: Mark[]): Marked {
  const text = segments.map((it) => {
    if (typeof it === 'string') return it;
    const { kind, raw } = marks[it.id]!;
    return it.keep.replace(raw, () => sign(kind, it.id));
  });
  return { text: ` ${text.join('').trim()} `, marks };
}

/** The words as typed, for what stands between two places. */
export function plain(marked: Marked): string {
  return marked.text.replaceAll(/\uE000[A-Z](\d+)\uE001/g, (_, index: string) => marked.marks[Number(index)]!.raw);
}

const slotPatterns: Readonly<Record<string, string>> = {
  a: `${open}N(?<a>\\d+)${close}`,
  b: `${open}N(?<b>\\d+)${close}`,
  l: `${open}L(?<l>\\d+)${close}`,
  t: `${open}C(?<t>\\d+)${close}`,
  day: `${open}D(?<day>\\d+)${close}`,
  stage: `${open}S(?<stage>\\d+)${close}`,
  target: `${open}[TX](?<target>\\d+)${close}`,
  version: `${open}V(?<version>\\d+)${close}`,
  time: `${open}[MDL](?<time>\\d+)${close}`,
};

export type Pattern = { key: string; regex: RegExp };

/** One pattern a key; templates of a key are alternatives, in their order. */
export function patterns(phrases: Phrases, sentences: Pick<Sentences, 'rules' | 'joined'>): Pattern[] {
  return Object.entries(phrases).map(([key, templates]) => ({ key, regex: anyOf(templates, sentences) }));
}

/** Finds any of the templates, not inside a Latin word. */
export function anyOf(templates: readonly string[], sentences: Pick<Sentences, 'rules' | 'joined'>): RegExp {
  const gap = sentences.joined ? ' ?' : ' ';
  const options = templates.map((text) => {
    const pattern = toPattern(parseTemplate(text, sentences.rules), (name) => slotPatterns[name] ?? '(?!)', gap);
    return spaced(pattern, gap);
  });
  const any = options.length > 0 ? options.join('|') : '(?!)';
  // A border only between two Latin letters or digits: 说 begins a word behind "Tom".
  const letter = String.raw`[\p{Script=Latin}0-9]`;
  const [begins, ends] = [`(?:(?<!${letter})|(?!${letter}))`, `(?:(?!${letter})|(?<!${letter}))`];
  return new RegExp(`${begins}(?:${any})${ends}`, 'giu');
}

/** Optional parts leave two spaces where they are left out; the text has one. */
function spaced(pattern: string, gap: string): string {
  return gap === ' ' ? pattern.replaceAll(' ', ' ?').replaceAll(' ??', ' ?') : pattern;
}

/** Replaces what patterns find; the replacement gets the key and the marks found, and may decline with undefined. */
export function consume(
  marked: Marked,
  list: readonly Pattern[],
  replace: (key: string, found: Readonly<Record<string, Mark>>, raw: string) => Mark | undefined,
): void {
  for (const { key, regex } of list) {
    marked.text = marked.text.replaceAll(regex, (...args: unknown[]) => {
      const raw = String(args[0]);
      const groups = (args.at(-1) ?? {}) as Record<string, string | undefined>;
      const mark = replace(key, marksOf(groups, marked.marks), plain({ text: raw, marks: marked.marks }));
      return mark ? put(marked.marks, mark) : raw;
    });
  }
}

/** The marks that named groups of a match refer to. */
export function marksOf(
  groups: Readonly<Record<string, string | undefined>>,
  marks: readonly Mark[],
): Record<string, Mark> {
  const found: Record<string, Mark> = {};
  for (const [name, index] of Object.entries(groups)) if (index !== undefined) found[name] = marks[Number(index)]!;
  return found;
}
