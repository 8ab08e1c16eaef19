// Texts with pieces that must survive, as HTML for a translator and back; a translation that lost one is none.
// https://docs.aws.amazon.com/translate/latest/dg/customizing-translations-tags.html
import type { Segment } from '../core/ports.ts';

type Kept = Exclude<Segment, string>;

/** HTML: what is kept in spans with an id each, everything else escaped. Text without either stays plain text. */
export function toMarkup(text: readonly Segment[]): string {
  if (isPlain(text)) return text.map(String).join('');
  return text
    .map((it) => (typeof it === 'string' ? escape(it) : `<span translate="no" id="${it.id}">${escape(it.keep)}</span>`))
    .join('');
}

/**
 * The translation back as segments; nothing unless every span is there once, whole and unchanged, no other tag has come,
 * and every number of the words is still there. Spaces that were around a span and got lost are put back.
 * `moreNumbers`: numbers that the words did not have do not matter.
 */
export function fromMarkup(
  markup: string,
  text: readonly Segment[],
  options: { moreNumbers?: boolean } = {},
): Segment[] | undefined {
  const made = isPlain(text) ? [markup] : piecesOf(markup, text);
  if (!made || (wordsOf(made).trim() === '' && wordsOf(text).trim() !== '')) return undefined;
  return sameNumbers(wordsOf(text), wordsOf(made), options.moreNumbers ?? false) ? apart(made, text) : undefined;
}

function isPlain(text: readonly Segment[]): boolean {
  return text.every((it) => typeof it === 'string' && !it.includes('<'));
}

function piecesOf(markup: string, text: readonly Segment[]): Segment[] | undefined {
  const kept = new Map(text.flatMap((it) => (typeof it === 'string' ? [] : [[String(it.id), it] as const])));
  const span = /<span\b[^<>]*?\bid=["']?(\d+)["']?[^<>]*>([^<]*)<\/span\s*>/giu;
  const made: Segment[] = [];
  const words = (raw: string): boolean => {
    if (raw !== '') made.push(unescape(raw));
    return !/<\/?span\b/iu.test(raw);
  };
  let from = 0;
  for (const match of markup.matchAll(span)) {
    const piece = kept.get(match[1]!);
    if (!piece || unescape(match[2]!).trim() !== piece.keep.trim()) return undefined;
    kept.delete(match[1]!);
    if (!words(markup.slice(from, match.index))) return undefined;
    made.push(piece);
    from = match.index + match[0].length;
  }
  return words(markup.slice(from)) && kept.size === 0 ? made : undefined;
}

function wordsOf(text: readonly Segment[]): string {
  return text.map((it) => (typeof it === 'string' ? it : ' ')).join('');
}

/** In any order: languages order their words differently. */
function sameNumbers(before: string, after: string, more: boolean): boolean {
  const left = numbersIn(after);
  for (const number of numbersIn(before)) {
    const at = left.indexOf(number);
    if (at < 0) return false;
    left.splice(at, 1);
  }
  return more || left.length === 0;
}

/** Without the signs that group digits; some languages write digits of their own. */
function numbersIn(words: string): string[] {
  const digits = words.replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return (digits.match(/\d+(?:[.,\u066B\u066C]\d+)*/gu) ?? []).map((it) => it.replaceAll(/\D/gu, ''));
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return code - zero;
}

/** Korean endings stay at the name before them; Chinese and Japanese write without spaces. */
const joins = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/u;

/** Words that ran into a kept piece stand apart from it again, and so do two pieces that something stood between. */
function apart(made: readonly Segment[], text: readonly Segment[]): Segment[] {
  return made.flatMap((it, at): Segment[] => {
    const before = made[at - 1];
    if (typeof it !== 'string')
      return before && typeof before !== 'string' && !isNextTo(before, it, text) ? [' ', it] : [it];
    const start = before !== undefined && typeof before !== 'string' && isJoined(it, /^[\p{L}\p{M}]/u) ? ' ' : '';
    const end = at < made.length - 1 && isJoined(it, /[\p{L}\p{M}]$/u) ? ' ' : '';
    return [`${start}${it}${end}`];
  });
}

function isJoined(words: string, edge: RegExp): boolean {
  const letter = edge.exec(words)?.[0];
  return letter !== undefined && !joins.test(letter);
}

function isNextTo(one: Kept, other: Kept, text: readonly Segment[]): boolean {
  return text.some((it, at) => it === one && text[at + 1] === other);
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescape(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([\da-f]{1,5})|(\w{2,6}));/giu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return Object.hasOwn(entities, name) ? entities[name]! : whole;
    const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16);
    return code > 0 && code < 0xd800 ? String.fromCodePoint(code) : whole;
  });
}
