// A Reply in a language without words of its own, and AWS's own sentences in the reader's: translated before rendering.
import type { Locale } from '../../intents/catalog.ts';
import { languageCode } from '../../intents/languages.ts';
import { protect } from '../core/protect.ts';
import { say, type Action, type Phrase, type Reply } from '../core/reply.ts';
import type { Translation, Trouble } from '../core/translation.ts';
import type { Words } from '../core/words.ts';
import { asWritten, atomsOf, segmentsOf, worded, type Atom } from './atoms.ts';
import { speller, type Piece, type Spell } from './spell.ts';

const pivot: Locale = 'en-US';
/** So many of AWS's sentences are shown beside their translation; of more, that they are translated. */
const shownOriginals = 2;
const lost = say('translated.lost');

export type Prepared = { reply: Reply; spell: Spell };

/**
 * What to render, and how to spell it. `draw` renders with a given Spell: it is run once to learn which phrases there are.
 * A phrase of which a name or number would be lost stays in English, and the card says so once.
 */
export async function prepared(
  reply: Reply,
  locale: Locale,
  given: { words: Words; translation: Translation | undefined; draw: (spell: Spell) => unknown },
): Promise<Prepared> {
  const { words, translation } = given;
  const isNative = words.locales.includes(locale);
  const own = speller(words, locale);
  if (!translation || languageCode(locale) === 'en') return { reply: untranslated(reply), spell: own };
  const apart = speller(words, isNative ? locale : pivot, { apart: true });
  const typed = new Set(reply.parts.flatMap((it) => (it.kind === 'example' ? [JSON.stringify(it.text)] : [])));
  const phrases = new Map<string, Piece[]>();
  const record: Spell = (phrase) => {
    const pieces = apart(phrase);
    const wanted = isNative ? pieces.filter((it) => it.kind === 'aws') : pieces;
    const key = JSON.stringify(phrase);
    if (hasWords(atomsOf(wanted)) && !typed.has(key)) phrases.set(key, pieces);
    return pieces;
  };
  given.draw(record);
  if (phrases.size === 0) return { reply: untranslated(reply), spell: own };
  const said = awsTexts(phrases);
  const beside = said.length > shownOriginals ? [] : said.map((text) => say('translated.original', { words: text }));
  const notes = isNative ? [] : [say('translated.machine'), ...beside];
  for (const note of notes) record(note);
  const to = languageCode(locale);
  const made = isNative ? await awsOnly(phrases, to, translation) : await whole(phrases, to, translation);
  const told = made.pieces.size === 0 ? [] : isNative ? nativeNotes(beside) : notes;
  if (made.trouble?.kind === 'lost' && !isNative) {
    const note = await whole(new Map([[JSON.stringify(lost), apart(lost)]]), to, translation);
    for (const [key, pieces] of note.pieces) made.pieces.set(key, pieces);
  }
  const foot = [...(reply.foot ?? []), ...told, ...(made.trouble ? [troubleNote(made.trouble)] : [])];
  const spell: Spell = (phrase) => made.pieces.get(JSON.stringify(phrase)) ?? asWritten(own(phrase), to);
  const isForeign = [...phrases].some(
    ([key, pieces]) => made.pieces.has(key) && pieces.some((it) => it.kind === 'aws'),
  );
  return { reply: { ...(isForeign ? reply : untranslated(reply)), foot }, spell };
}

/** Without what is only for a card with translated sentences of AWS's. */
function untranslated(reply: Reply): Reply {
  if (!reply.actions?.some(isForTranslated)) return reply;
  return { ...reply, actions: reply.actions.filter((it) => !isForTranslated(it)) };
}

function isForTranslated(action: Action): boolean {
  return action.kind === 'button' && action.shown === 'translated';
}

function nativeNotes(originals: readonly Phrase[]): readonly Phrase[] {
  return originals.length > 0 ? originals : [say('translated.machine')];
}

type Made = { pieces: Map<string, Piece[]>; trouble?: Trouble };

/** Whole phrases, from English; everything that is not words is kept as it is. */
async function whole(phrases: ReadonlyMap<string, Piece[]>, to: string, translation: Translation): Promise<Made> {
  const all = [...phrases].map(([key, pieces]): [string, Atom[]] => [key, atomsOf(pieces)]);
  const sources = all.map(([, atoms]) => segmentsOf(atoms));
  const { texts, trouble } = await translation.translate(sources, 'en', to);
  const pieces = new Map<string, Piece[]>();
  for (const [at, [key, atoms]] of all.entries()) {
    const text = texts[at];
    if (text) pieces.set(key, worded(text, atoms, to));
  }
  return trouble ? { pieces, trouble } : { pieces };
}

/** AWS's own sentences inside phrases that have words of their own. */
async function awsOnly(phrases: ReadonlyMap<string, Piece[]>, to: string, translation: Translation): Promise<Made> {
  const said = awsTexts(phrases);
  const { texts, trouble } = await translation.translate(said.map(protect), 'en', to);
  const translated = new Map(said.map((text, at) => [text, texts[at]]));
  const pieces = new Map<string, Piece[]>();
  for (const [key, original] of phrases) {
    const found = original.map((it): Piece => {
      const text = it.kind === 'aws' ? translated.get(it.text) : undefined;
      if (!text) return it;
      return { kind: 'outside', text: text.map((one) => (typeof one === 'string' ? one : one.keep)).join('') };
    });
    if (found.some((it, at) => it !== original[at])) pieces.set(key, found);
  }
  return trouble ? { pieces, trouble } : { pieces };
}

function awsTexts(phrases: ReadonlyMap<string, Piece[]>): string[] {
  const pieces = [...phrases.values()].flat();
  return [...new Set(pieces.flatMap((it) => (it.kind === 'aws' && hasWords(atomsOf([it])) ? [it.text] : [])))];
}

/** Whether anything is left to translate. */
function hasWords(atoms: readonly Atom[]): boolean {
  return atoms.some((it) => typeof it === 'string' && /[\p{L}\p{M}]{2}/u.test(it));
}

function troubleNote(trouble: Trouble): Phrase {
  if (trouble.kind === 'lost') return lost;
  if (trouble.kind === 'down') return say('translated.down');
  return say('translated.spent', { until: { time: trouble.until, style: 'day' } });
}
