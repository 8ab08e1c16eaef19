// Phrases in a language. Never escapes: what came from outside goes through the edge's own format.
import type { Locale } from '../../intents/catalog.ts';
import type { Phrase } from './reply.ts';

/** How an edge writes the parts of a phrase that are not plain words; each returns text ready for its element type. */
export type Format = {
  /** Text that came from outside: escape it here. */
  outside(text: string): string;
  code(text: string): string;
  person(id: string): string;
  /** `time` is epoch milliseconds; style `time` = time of day, `day` = day and time. */
  time(at: number, style: 'time' | 'day', locale: Locale): string;
};

export type Words = {
  locales: readonly Locale[];
  /** The phrase in a language; falls back to en-US for a locale without words. */
  say(locale: Locale, phrase: Phrase, format: Format): string;
};
