// A raw text made ready for a recognizer: cleaned, its language chosen, names and numbers marked, translated where need be.
import type { Locale } from '../../intents/catalog.ts';
import type { Wording } from '../../intents/index.ts';
import type { Clock, Segment } from '../core/ports.ts';
import { clauseIn, looseClauseIn, type Clause } from './clause.ts';
import { clean } from './clean.ts';
import { markNames, markWords, type Names } from './extract.ts';
import { languageOf } from './language.ts';
import { lexicons, vocabularies, type Lexicon, type Vocabulary } from './lexicon.ts';
import { fromSegments, toSegments, type Marked } from './marks.ts';
import { terseWords } from './terse.ts';
import { whyOf, type Why } from './reason.ts';

/**
 * `locale`: what the answer is in. `spoken`: whose words the text is read with. `marked`: the text without `why` it is asked.
 * `loose`: how it would be read if something behind a colon or the like were a reason.
 */
export type Scene = {
  marked: Marked;
  lexicon: Lexicon;
  names: Names;
  locale: Locale;
  spoken: Locale;
  why?: Why;
  loose?: () => { marked: Marked; why: Why } | undefined;
};

/** Nobody here reads this language, by its code, or could not now. `locale`: what the answer is in. */
export type Unread = { unread: string; locale: Locale };

export type SceneOptions = {
  intents: Wording;
  defaultLocale: Locale;
  clock: Clock;
  /** Time zone of days and times, IANA name. */
  zone: string;
  names: 'known' | 'any';
  /** Text of a language without words of its own, in English; nothing where a name or number did not survive. */
  translate?: ((text: readonly Segment[], from: string) => Promise<Segment[] | undefined>) | undefined;
};

const pivot: Locale = 'en-US';

/** What makes scenes. */
export function scenes(options: SceneOptions) {
  const { intents, defaultLocale, clock, zone } = options;
  const lexiconOf = lexicons(intents);
  const wordsOf = vocabularies(intents);

  return async (
    raw: string,
    context: { language?: Locale; zone?: string; targets: readonly string[] },
  ): Promise<Scene | Unread | undefined> => {
    const text = clean(raw);
    if (text === '') return undefined;
    const language = context.language ?? defaultLocale;
    const native = intents.locales.includes(language) ? language : defaultLocale;
    const spoken = await languageOf(text, intents.locales, native, wordsOf, language);
    const names: Names = { targets: context.targets, open: options.names === 'any' };
    if (!intents.locales.includes(spoken))
      return foreign(text, spoken, names, { usual: language, zone: context.zone ?? zone });
    const lexicon = lexiconOf(spoken);
    const words = wordsOf(spoken);
    const read = (part: string): Marked => {
      const marked = markNames(part, lexicon, words, names);
      markWords(marked, lexicon, context.zone ?? zone, clock.now());
      return marked;
    };
    const whole = read(text);
    const isName = (word: string) => /\uE000[TX]/.test(read(word).text);
    const given = reasoned(clauseIn(text, lexicon, isName), false);
    const loose = () => reasoned(looseClauseIn(text, lexicon), true);
    const isScript = !/^[\p{ASCII}\p{Script=Latin}]*$/u.test(text);
    const isSaid = isScript || isSentence(whole, words) || !isKnown(context.language);
    const locale = isSaid ? spoken : context.language!;
    return { marked: whole, lexicon, names, spoken, locale, ...(given ?? { loose }) };

    function reasoned(clause: Clause | undefined, isLoose: boolean): { marked: Marked; why: Why } | undefined {
      const why = clause && whyOf(read(clause.reason), { whole: read(clause.whole), lexicon, isLoose });
      return why && { marked: read(clause.rest), why };
    }
  };

  /** A language is known that can be answered in. */
  function isKnown(language: Locale | undefined): boolean {
    return language !== undefined && (intents.locales.includes(language) || options.translate !== undefined);
  }

  async function foreign(
    text: string,
    spoken: string,
    names: Names,
    { usual, zone: local }: { usual: Locale; zone: string },
  ): Promise<Scene | Unread> {
    const lexicon = lexiconOf(pivot);
    const found = markNames(text, lexicon, nothingIsAName, names);
    const english = await options.translate?.(toSegments(found), spoken);
    // Where only this text could not be translated, the answer can be.
    if (!english) return { unread: spoken, locale: options.translate ? spoken : usual };
    const marked = fromSegments(english, found.marks);
    markWords(marked, lexicon, local, clock.now());
    return { marked, lexicon, names, spoken: pivot, locale: spoken };
  }
}

/** In a language without words of its own, any word could be a plain one. */
const nothingIsAName: Vocabulary = { has: (word) => !/[\d_./:-]/.test(word), knows: () => false };

/** Enough words of requests, besides names, numbers and terse commands, to tell which language is spoken. */
function isSentence({ text }: Marked, words: Vocabulary): boolean {
  const said = text.replaceAll(/\uE000[A-Z]\d+\uE001/g, ' ').match(/\p{Script=Latin}+/gu) ?? [];
  return said.filter((word) => words.has(word) && !terseWords.has(word.toLowerCase())).length >= 3;
}
