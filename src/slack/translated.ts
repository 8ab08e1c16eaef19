// A Reply in a language without words of its own, and AWS's own sentences in the reader's: translated before rendering.
import type { Locale } from '../../intents/catalog.ts';
import { languageCode } from '../../intents/languages.ts';
import { say, type Phrase, type Reply } from '../core/reply.ts';
import { protect, type Translation, type Trouble } from '../core/translation.ts';
import type { Words } from '../core/words.ts';
import { speller, type Piece, type Spell } from './spell.ts';

const pivot: Locale = 'en-US';
/** So many of AWS's sentences are shown beside their translation; of more, that they are translated. */
const shownOriginals = 2;

export type Prepared = { reply: Reply; spell: Spell };

/**
 * What to render, and how to spell it. `draw` renders with a given Spell: it is run once to learn which phrases there are.
 * A phrase of which a name or number would be lost stays in English, and the card says so.
 */
export async function prepared(
  reply: Reply,
  locale: Locale,
  given: { words: Words; translation: Translation | undefined; draw: (spell: Spell) => unknown },
): Promise<Prepared> {
  const { words, translation } = given;
  const isNative = words.locales.includes(locale);
  const own = speller(words, locale);
  if (!translation || languageCode(locale) === 'en') return { reply, spell: own };
  const apart = speller(words, isNative ? locale : pivot, { apart: true });
  const phrases = new Map<string, Piece[]>();
  const record: Spell = (phrase) => {
    const pieces = apart(phrase);
    const wanted = isNative ? pieces.filter((it) => it.kind === 'aws') : pieces;
    if (wanted.some(isSaid)) phrases.set(JSON.stringify(phrase), pieces);
    return pieces;
  };
  given.draw(record);
  if (phrases.size === 0) return { reply, spell: own };
  const machine = say('translated.machine');
  if (!isNative) record(machine);
  const made = isNative ? await awsOnly(phrases, locale, translation) : await whole(phrases, locale, translation);
  const spell: Spell = (phrase) => made.pieces.get(JSON.stringify(phrase)) ?? own(phrase);
  const notes = made.trouble ? [troubleNote(made.trouble)] : [];
  if (made.pieces.size > 0) notes.unshift(...(isNative ? originals(phrases, machine) : [machine]));
  return { reply: { ...reply, foot: [...(reply.foot ?? []), ...notes] }, spell };
}

type Made = { pieces: Map<string, Piece[]>; trouble?: Trouble };

/** Whole phrases, from English; everything that is not words is kept as it is. */
async function whole(phrases: ReadonlyMap<string, Piece[]>, locale: Locale, translation: Translation): Promise<Made> {
  const all = [...phrases];
  const sources = all.map(([, pieces]) => pieces.flatMap(segmentsOf));
  const texts = sources.map((segments) => segments.map((it, id) => (typeof it === 'string' ? it : { ...it, id })));
  const { texts: made, trouble } = await translation.translate(texts, 'en', languageCode(locale));
  const pieces = new Map<string, Piece[]>();
  for (const [at, [key]] of all.entries()) {
    const kept = sources[at]!;
    const text = made[at];
    if (text)
      pieces.set(
        key,
        text.map((it): Piece => (typeof it === 'string' ? wordsPiece(it) : pieceOf(kept[it.id]!))),
      );
  }
  return trouble ? { pieces, trouble } : { pieces };
}

/** AWS's own sentences inside phrases that have words of their own. */
async function awsOnly(phrases: ReadonlyMap<string, Piece[]>, locale: Locale, translation: Translation): Promise<Made> {
  const said = [...new Set([...phrases.values()].flat().flatMap((it) => (it.kind === 'aws' ? [it.text] : [])))];
  const { texts, trouble } = await translation.translate(said.map(protect), 'en', languageCode(locale));
  const translated = new Map(said.map((text, at) => [text, texts[at]]));
  const pieces = new Map<string, Piece[]>();
  for (const [key, original] of phrases) {
    const found = original.flatMap((it): Piece[] => {
      const text = it.kind === 'aws' ? translated.get(it.text) : undefined;
      if (!text) return [it];
      return [{ kind: 'outside', text: text.map((one) => (typeof one === 'string' ? one : one.keep)).join('') }];
    });
    if (found.some((it, at) => it !== original[at])) pieces.set(key, found);
  }
  return trouble ? { pieces, trouble } : { pieces };
}

type Kept = { keep: string; id: number; piece: Piece };

function segmentsOf(piece: Piece): (string | Kept)[] {
  if (piece.kind === 'words') return [piece.text];
  if (piece.kind !== 'aws') return [{ keep: shown(piece), id: 0, piece }];
  return protect(piece.text).map((it) =>
    typeof it === 'string' ? it : { ...it, piece: { kind: 'outside', text: it.keep } satisfies Piece },
  );
}

function pieceOf(kept: string | Kept): Piece {
  return typeof kept === 'string' ? wordsPiece(kept) : kept.piece;
}

function wordsPiece(text: string): Piece {
  return { kind: 'outside', text };
}

/** What stands for a piece while it is translated: real where grammar can use it. */
function shown(piece: Exclude<Piece, { kind: 'words' | 'aws' }>): string {
  if (piece.kind === 'person') return 'Kim';
  return piece.kind === 'time' ? '12:00' : piece.text;
}

function isSaid(piece: Piece): boolean {
  return (piece.kind === 'words' || piece.kind === 'aws') && /\p{L}{2}/u.test(piece.text);
}

function originals(phrases: ReadonlyMap<string, Piece[]>, machine: Phrase): Phrase[] {
  const said = [...new Set([...phrases.values()].flat().flatMap((it) => (it.kind === 'aws' ? [it.text] : [])))];
  return said.length > shownOriginals ? [machine] : said.map((words) => say('translated.original', { words }));
}

function troubleNote(trouble: Trouble): Phrase {
  if (trouble.kind !== 'spent') return say(`translated.${trouble.kind}`);
  return say('translated.spent', { until: { time: trouble.until, style: 'day' } });
}
