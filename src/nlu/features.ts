// What the embedded recognizer sees of a text: words, pairs of words, and pieces of words that survive typing slips.

import { foldAccents } from '../../intents/template.ts';
import { foldCompatible } from './clean.ts';

const eastern = String.raw`[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]`;
const scriptBorder = new RegExp(`(?<=[a-z0-9])(?=${eastern})|(?<=${eastern})(?=[a-z0-9])`, 'gu');

const latin = [2, 3, 4, 5] as const;
const hangul = [1, 2, 3, 4] as const;
const kana = [1, 2, 3] as const;

/** One spelling for comparison: lower case, digits as 0, punctuation gone but the question mark. */
export function normalise(text: string): string {
  return foldAccents(foldCompatible(text).toLowerCase())
    .replaceAll(/\d+(?:\.\d+)?/g, '0')
    .replaceAll(/[^\p{L}\p{N}\p{M}?+' -]/gu, ' ')
    .replaceAll('?', ' ? ')
    .replaceAll(scriptBorder, ' ')
    .replaceAll(/[\s-]+/g, ' ')
    .trim();
}

/** Features of a normalised text, with repetitions. */
export function featuresOf(normal: string): string[] {
  const words = normal.split(' ').filter((word) => word !== '');
  const found: string[] = [];
  let before = '^';
  for (const word of words) {
    found.push(`w:${word}`, `b:${before} ${word}`);
    before = word;
    const padded = Array.from(` ${word} `);
    for (const size of sizesFor(word)) {
      for (let at = 0; at + size <= padded.length; at += 1) {
        const piece = padded.slice(at, at + size).join('');
        if (piece !== ' ') found.push(`c:${piece}`);
      }
    }
  }
  return found;
}

function sizesFor(word: string): readonly number[] {
  if (/\p{Script=Hangul}/u.test(word)) return hangul;
  return /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u.test(word) ? kana : latin;
}
