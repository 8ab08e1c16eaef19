// The bot's own slot types: neutral words for what we read ourselves, and the locale's words for stages, filters and languages.
import type { Locale } from '../../intents/catalog.ts';
import type { Wording } from '../../intents/index.ts';
import { languageCode, languageName } from '../../intents/languages.ts';
import { placeholders } from '../../intents/slots.ts';
import { expand, parseTemplate } from '../../intents/template.ts';
import { byName, type LexSlotType, type LexValue } from './lex-model.ts';

/** Slot to type. Numbers, times and durations are Lex's own types. */
export const slotTypeOf = {
  target: 'Target',
  version: 'Version',
  min: 'AMAZON.Number',
  max: 'AMAZON.Number',
  count: 'AMAZON.Number',
  duration: 'AMAZON.Duration',
  day: 'AMAZON.Date',
  time: 'AMAZON.Time',
  filter: 'Filter',
  language: 'Language',
  other: 'Target',
} as const;

/** Spoken by many, beside those with words of their own. */
const fewLanguages = ['id', 'it', 'pt', 'ru', 'th', 'vi', 'zh-TW'];

/** The types of a locale, by name. */
export function slotTypes(wording: Wording, locale: Locale): LexSlotType[] {
  const sentences = wording.sentences[locale]!;
  return [
    type('Target', 'A service or environment.', 'original', [only(placeholders.target)]),
    type('Version', 'A version, build or image tag.', 'original', [only(placeholders.version)]),
    type('Filter', 'What narrows a list.', 'top', [
      only(placeholders.filter),
      ...phrases(sentences.stages),
      ...phrases(sentences.filters),
    ]),
    type('Language', 'A language by name or code.', 'top', [
      only(placeholders.language),
      ...languages(wording, locale),
      ...phrases(sentences.languages),
    ]),
  ].toSorted(byName);
}

function type(name: string, description: string, resolution: LexSlotType['resolution'], values: LexValue[]) {
  return { name, description, resolution, values: distinct(values) };
}

function only(value: string): LexValue {
  return { value, synonyms: [] };
}

function phrases(groups: Readonly<Record<string, readonly string[]>>): LexValue[] {
  return Object.entries(groups).map(([value, texts]) => ({
    value,
    synonyms: texts.flatMap((text) => expand(parseTemplate(text), (slot) => slot)),
  }));
}

function languages(wording: Wording, locale: Locale): LexValue[] {
  const codes = [...new Set([...wording.locales.map(languageCode), ...fewLanguages])].toSorted();
  return codes.map((code) => ({
    value: code,
    synonyms: [locale, 'en-US', code].map((it) => languageName(code, it)),
  }));
}

/** A word stands for one value alone: the value it is, else the first that lists it. Values given twice are one. */
function distinct(values: readonly LexValue[]): LexValue[] {
  const merged = new Map<string, string[]>();
  for (const { value, synonyms } of values) merged.set(value, [...(merged.get(value) ?? []), ...synonyms]);
  const taken = new Set([...merged.keys()].map((value) => value.toLowerCase()));
  return [...merged].map(([value, synonyms]) => ({
    value,
    synonyms: synonyms.filter((it) => !taken.has(it.toLowerCase()) && taken.add(it.toLowerCase())),
  }));
}
