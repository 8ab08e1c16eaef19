// How many columns text takes in a terminal: East Asian wide characters and emoji take two.
import { stripVTControlCharacters } from 'node:util';

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
/** Wide by Unicode's East Asian Width: https://www.unicode.org/reports/tr11/ */
const wide =
  /^[\u1100-\u115F\u2E80-\u303E\u3041-\u33FF\u3400-\u4DBF\u4E00-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE10-\uFE19\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{20000}-\u{3FFFD}]/u;
const emoji = /\uFE0F|\p{Emoji_Presentation}|\p{RI}/u;
const nothing = /^[\p{M}\p{Cf}]+$/u;

/** The text without anything that could move the cursor or change colours, on one line. */
export function tame(text: string): string {
  return stripVTControlCharacters(text.toWellFormed())
    .replace(/[\t\n\r\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069]/gu, '');
}

/** The characters as people count them, so that none is cut in half. */
export function characters(text: string): string[] {
  return Array.from(graphemes.segment(text), ({ segment }) => segment);
}

/** Columns of tame text. */
export function width(text: string): number {
  return /^[\x20-\x7E]*$/u.test(text) ? text.length : characters(text).reduce((sum, one) => sum + columns(one), 0);
}

/** The text in at most `most` columns; `…` where something is missing. */
export function cut(text: string, most: number): string {
  if (width(text) <= most) return text;
  return most < 1 ? '' : `${split(text, most - 1)[0]}…`;
}

/** As much of the text as fits into `most` columns, and the rest. */
export function split(text: string, most: number): [string, string] {
  let used = 0;
  let at = 0;
  for (const one of characters(text)) {
    used += columns(one);
    if (used > most) break;
    at += one.length;
  }
  return [text.slice(0, at), text.slice(at)];
}

function columns(character: string): number {
  if (wide.test(character) || emoji.test(character)) return 2;
  return nothing.test(character) ? 0 : 1;
}
