// A locale's words made ready for reading: patterns compiled once, and the words that are never names.
import type { Wording } from '../../intents/index.ts';
import { catalog, type Locale } from '../../intents/catalog.ts';
import { edits } from '../../intents/slots.ts';
import type { Sentences } from '../../intents/sentences.ts';
import { holds } from '../../intents/sentences.ts';
import { anyOf, patterns, type Pattern } from './marks.ts';

export type Lexicon = {
  sentences: Sentences;
  amounts: Pattern[];
  durations: Pattern[];
  versions: Pattern[];
  times: Pattern[];
  days: Pattern[];
  stages: Pattern[];
  filters: Pattern[];
  guards: { hold: (typeof holds)[number]; regex: RegExp }[];
  polite: RegExp;
  connectors: RegExp;
  /** Letters that may stand right behind digits: 2h, 9am. */
  units: ReadonlySet<string>;
  /** Names in this language's script, longest first. */
  names: { said: string; written: readonly string[] }[];
};

/** Compiles one locale's words. */
export function lexicon(sentences: Sentences): Lexicon {
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
    guards: holds.map((hold) => ({ hold, regex: anyOf(sentences.guards[hold], sentences) })),
    polite: anyOf(sentences.polite, sentences),
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
};

/** Latin words that some locale uses in its sentences; everybody mixes. */
export function vocabulary(wording: Wording): Vocabulary {
  const known = new Set<string>(Object.values(catalog).flatMap((it) => it.terse));
  const verbs = new Set<string>(known);
  for (const locale of wording.locales) {
    const it = wording.sentences[locale]!;
    const used = latinWords([...Object.values(it.intents).flat(), ...Object.values(it.rules)]);
    for (const word of used) if (word.length >= 5) verbs.add(word);
    for (const word of [...used, ...latinWords(wordsOf(it))]) known.add(word);
  }
  const checked = new Map<string, boolean>();
  const slip = (word: string) =>
    word.length >= 5 && [...verbs].some((verb) => verb.length >= 5 && edits(word, verb, 1) <= 1);
  return {
    has(word) {
      const lower = word.toLowerCase();
      if (known.has(lower)) return true;
      if (lower.length > 20) return false;
      if (checked.size > 5000) checked.clear();
      let answer = checked.get(lower);
      if (answer === undefined) checked.set(lower, (answer = slip(lower)));
      return answer;
    },
  };
}

function wordsOf(it: Sentences): string[] {
  const groups = [it.guards, it.amounts, it.durations, it.versions, it.times, it.days, it.stages, it.filters];
  const lists = [it.negatives, it.polite, it.fillers, it.common, it.yes, it.no, it.connectors];
  return [...groups.flatMap((group) => Object.values(group).flat()), ...lists.flat(), ...Object.keys(it.numbers.words)];
}

/** Words of Latin letters in templates, without slot and rule names. */
export function latinWords(templates: readonly string[]): string[] {
  const text = templates.join('\n').replaceAll(/\{[^}]*\}|<[^>]*>/g, ' ');
  return text.toLowerCase().match(/[a-z]+(?:-[a-z]+)*/g) ?? [];
}

/** Lexicons by locale, each compiled when first used. */
export function lexicons(wording: Wording): (locale: Locale) => Lexicon {
  const made = new Map<Locale, Lexicon>();
  return (locale) => {
    let found = made.get(locale);
    if (!found) made.set(locale, (found = lexicon(wording.sentences[locale]!)));
    return found;
  };
}
