// A phrase as pieces whose origin is known, so that each element type can write them in its own way.
import type { Locale } from '../../intents/catalog.ts';
import type { Phrase } from '../core/reply.ts';
import type { Words } from '../core/words.ts';
import { cutPlain } from './cut.ts';
import { limits } from './limits.ts';

export type Piece =
  | { kind: 'words'; text: string }
  | { kind: 'outside'; text: string }
  | { kind: 'code'; text: string }
  | { kind: 'aws'; text: string }
  | { kind: 'person'; id: string }
  | { kind: 'group'; id: string }
  | { kind: 'time'; at: number; style: 'time' | 'day' };

/** A phrase to its pieces in a language. */
export type Spell = (phrase: Phrase) => Piece[];

/** Private-use characters stand for a piece while the words are put together; none can come in from outside. */
const placeholder = /\uE000(\d+)\uE001/u;
const ids = /^[UW][A-Z0-9]{1,30}$/u;
const groups = /^S[A-Z0-9]{1,30}$/u;
/** Nothing in it that any element type would read as markup: may stay in the words, where grammar can see it. */
const harmless = /^[\p{L}\p{N}](?:[\p{L}\p{N} ./-]*[\p{L}\p{N}])?$/u;

/** Spells phrases in a language. `apart`: what came from outside is always a piece of its own. A phrase without words is shown by its key: a card with a gap is better than none. */
export function speller(words: Words, locale: Locale, { apart = false } = {}): Spell {
  const fixed = fixedIn(words, locale);
  return (phrase) => {
    const known = phrase.with === undefined ? fixed.get(phrase.say) : undefined;
    if (known) return [...known];
    const pieces = spelled(phrase);
    if (phrase.with === undefined) fixed.set(phrase.say, [...pieces]);
    return pieces;
  };

  function spelled(phrase: Phrase): Piece[] {
    const kept: Piece[] = [];
    const keep = (piece: Piece): string => `\uE000${kept.push(piece) - 1}\uE001`;
    const outside = (text: string): string => {
      const clean = tidy(text);
      return clean === '' || (!apart && harmless.test(clean)) ? clean : keep({ kind: 'outside', text: clean });
    };
    const said = attempt(() =>
      words.say(locale, phrase, {
        outside,
        aws: (text) => keep({ kind: 'aws', text: tidy(text) }),
        code: (text) => keep({ kind: 'code', text: tidy(text) || '-' }),
        person: (id) => (ids.test(id) ? keep({ kind: 'person', id }) : outside(id)),
        group: (id) => (groups.test(id) ? keep({ kind: 'group', id }) : outside(id)),
        time: (at, style) => keep({ kind: 'time', at, style }),
      }),
    );
    return (said ?? phrase.say).split(placeholder).flatMap((part, index): Piece[] => {
      if (index % 2 === 1) return kept.slice(Number(part), Number(part) + 1);
      return part === '' ? [] : [{ kind: 'words', text: part }];
    });
  }
}

/** Labels and the like are the same on every card. */
const fixedOf = new WeakMap<Words, Map<Locale, Map<string, Piece[]>>>();

function fixedIn(words: Words, locale: Locale): Map<string, Piece[]> {
  const locales = fixedOf.get(words) ?? new Map<Locale, Map<string, Piece[]>>();
  fixedOf.set(words, locales);
  const fixed = locales.get(locale) ?? new Map<string, Piece[]>();
  locales.set(locale, fixed);
  return fixed;
}

/** True when the pieces would show nothing. */
export function blank(pieces: readonly Piece[]): boolean {
  return pieces.every((piece) => (piece.kind === 'words' || piece.kind === 'outside') && piece.text.trim() === '');
}

/**
 * Text from outside on one line: control characters, private-use ones and those that turn the direction of the text
 * around are dropped (they can make one name look like another), half surrogates are mended.
 */
function tidy(text: string): string {
  const line = text
    .toWellFormed()
    .replace(/[\s\u2028\u2029]+/gu, ' ')
    .replace(/[\p{Cc}\u061C\u200B\u200E\u200F\u202A-\u202E\u2066-\u2069\uE000-\uF8FF]/gu, '')
    .trim();
  return cutPlain(line, limits.name);
}

function attempt(say: () => string): string | undefined {
  try {
    return say();
  } catch {
    return undefined;
  }
}
