// A locale's words made ready for reading: patterns compiled once, and the words that are never names.
import type { Wording } from '../../intents/index.ts';
import { catalog, type Locale } from '../../intents/catalog.ts';
import { edits } from '../../intents/slots.ts';
import { languageNames } from '../../intents/languages.ts';
import { foldAccents } from '../../intents/template.ts';
import type { Phrases, Sentences } from '../../intents/sentences.ts';
import { holds, reasonPlaces } from '../../intents/sentences.ts';
import { anyOf, patterns, type Pattern } from './marks.ts';
import { reasonPattern } from './clause.ts';

export type Lexicon = {
  sentences: Sentences;
  amounts: Pattern[];
  durations: Pattern[];
  versions: Pattern[];
  times: Pattern[];
  days: Pattern[];
  stages: Pattern[];
  filters: Pattern[];
  languages: Pattern[];
  guards: { hold: (typeof holds)[number]; regex: RegExp }[];
  polite: RegExp;
  reasons: Readonly<Record<(typeof reasonPlaces)[number], RegExp>>;
  /** All that stands between two names of a list. */
  joiner: RegExp;
  /** A number that is a percentage. */
  share: RegExp;
  until: RegExp;
  /** What stands between thousands. */
  groups: string;
  connectors: RegExp;
  /** Letters that may stand right behind digits: 2h, 9am. */
  units: ReadonlySet<string>;
  /** Names in this language's script, longest first. */
  names: { said: string; written: readonly string[] }[];
};

/** Compiles one locale's words. `locales`: those whose names for languages are known. */
export function lexicon(locale: Locale, sentences: Sentences, locales: readonly Locale[]): Lexicon {
  const compile = (section: 'amounts' | 'durations' | 'versions' | 'times' | 'days' | 'stages' | 'filters') =>
    patterns(sentences[section], sentences);
  return {
    sentences,
    amounts: compile('amounts'),
    durations: compile('durations'),
    versions: compile('versions'),
    times: compile('times'),
    days: compile('days'),
    stages: compile('stages'),
    filters: compile('filters'),
    languages: patterns(languagePhrases(sentences, locales), sentences),
    guards: holds.map((hold) => ({ hold, regex: anyOf(sentences.guards[hold], sentences) })),
    groups: new Intl.NumberFormat(locale).formatToParts(123_456).find((it) => it.type === 'group')?.value ?? '',
    polite: anyOf(sentences.polite, sentences),
    reasons: Object.fromEntries(
      reasonPlaces.map((place) => [place, reasonPattern(place, sentences)]),
    ) as Lexicon['reasons'],
    joiner: new RegExp(`^ *(?:(?:${anyOf(sentences.joiners, sentences).source}) *)+$`, 'iu'),
    share: new RegExp(`\\uE000N(\\d+)\\uE001 ?(?:${anyOf(sentences.percents, sentences).source})`, 'giu'),
    until: anyOf(sentences.until, sentences),
    connectors: anyOf(sentences.connectors, sentences),
    units: new Set(
      latinWords([...Object.values(sentences.durations).flat(), ...Object.values(sentences.times).flat()]),
    ),
    names: Object.entries(sentences.names)
      .map(([said, written]) => ({ said, written }))
      .toSorted((a, b) => b.said.length - a.said.length),
  };
}

export type Vocabulary = {
  /** Whether a Latin word belongs to the language of requests, typing slips of longer words included. */
  has(word: string): boolean;
  /** Whether the word, or the single character of a script without letters, is one of this language's own. */
  knows(word: string): boolean;
};

/** English words are said in every language. */
const shared: Locale = 'en-US';

/** Words a locale uses in its sentences, besides the English ones that everybody mixes in. */
export function vocabularies(wording: Wording): (locale: Locale) => Vocabulary {
  const made = new Map<Locale, Vocabulary>();
  const own = new Map<Locale, Own>();
  const ownOf = (locale: Locale): Own => {
    const sentences = wording.sentences[locale];
    const found = own.get(locale) ?? (sentences ? ownWords(sentences) : { words: new Set(), verbs: new Set() });
    own.set(locale, found);
    return found;
  };
  return (locale) => {
    let found = made.get(locale);
    if (!found) made.set(locale, (found = vocabulary(ownOf(locale), ownOf(shared))));
    return found;
  };
}

type Own = { words: Set<string>; verbs: Set<string> };

function ownWords(it: Sentences): Own {
  const used = latinWords([...Object.values(it.intents).flat(), ...Object.values(it.rules)]);
  const texts = wordsOf(it);
  const han = [...Object.values(it.intents).flat(), ...texts].join('').match(/\p{Script=Han}/gu) ?? [];
  return {
    words: new Set([...used, ...latinWords(texts), ...han]),
    verbs: new Set(used.filter((word) => word.length >= 5)),
  };
}

function vocabulary(own: Own, mixed: Own): Vocabulary {
  const terse = new Set<string>(Object.values(catalog).flatMap((it) => it.terse));
  const verbs = [...new Set([...terse, ...own.verbs, ...mixed.verbs])].filter((verb) => verb.length >= 5);
  const checked = new Map<string, boolean>();
  const slip = (word: string) => word.length >= 5 && verbs.some((verb) => edits(word, verb, 1) <= 1);
  return {
    knows: (word) => own.words.has(foldAccents(word.toLowerCase())),
    has(word) {
      const folded = foldAccents(word.toLowerCase());
      if (terse.has(folded) || own.words.has(folded) || mixed.words.has(folded)) return true;
      if (folded.length > 20) return false;
      if (checked.size > 5000) checked.clear();
      let answer = checked.get(folded);
      if (answer === undefined) checked.set(folded, (answer = slip(folded)));
      return answer;
    },
  };
}

function wordsOf(it: Sentences): string[] {
  const groups = [it.guards, it.amounts, it.durations, it.versions, it.times, it.days, it.stages, it.filters];
  const lists = [
    it.negatives,
    it.polite,
    it.joiners,
    it.percents,
    it.until,
    ...Object.values(it.reasons),
    it.fillers,
    it.common,
    it.yes,
    it.no,
    it.connectors,
  ];
  return [...groups.flatMap((group) => Object.values(group).flat()), ...lists.flat(), ...Object.keys(it.numbers.words)];
}

/** Words of Latin letters in templates, without accents, slots and rule names. */
export function latinWords(templates: readonly string[]): string[] {
  const text = templates.join('\n').replaceAll(/\{[^}]*\}|<[^>]*>/g, ' ');
  return foldAccents(text.toLowerCase()).match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
}

function languagePhrases(sentences: Sentences, locales: readonly Locale[]): Phrases {
  const phrases: Phrases = structuredClone(sentences.languages);
  for (const [name, language] of languageNames(locales)) (phrases[language] ??= []).push(name.replaceAll(/[()]/g, ''));
  return phrases;
}

/** Lexicons by locale, each compiled when first used. */
export function lexicons(wording: Wording): (locale: Locale) => Lexicon {
  const made = new Map<Locale, Lexicon>();
  return (locale) => {
    let found = made.get(locale);
    if (!found) made.set(locale, (found = lexicon(locale, wording.sentences[locale]!, wording.locales)));
    return found;
  };
}
