// Languages people can be answered in, by the codes Amazon Translate uses, and what each is called in the others.
import type { Locale } from './catalog.ts';

/** https://docs.aws.amazon.com/translate/latest/dg/what-is-languages.html */
const translatable =
  'af sq am ar hy az bn bs bg ca zh zh-TW hr cs da fa-AF nl en et fa tl fi fr fr-CA ka de el gu ht ha he hi hu is id ga it ja kn kk ko ' +
  'lv lt mk ms ml mt mr mn no ps pl pt pt-PT pa ro ru sr si sk sl so es es-MX sw sv ta te th tr uk ur uz vi cy';

/** Codes as Amazon Translate writes them. */
export const languages: readonly string[] = translatable.split(' ');

/** The language of a locale or code without its region, but where Amazon Translate tells regions apart: `ko-KR` is `ko`. */
export function languageCode(locale: Locale): string {
  return languages.includes(locale) ? locale : locale.split('-')[0]!;
}

/** Written alike wherever they are spoken: words of our own are better than a machine's of the region. */
const alike = new Set(['fr-CA', 'es-MX']);

/** The locale with words of its own for a language: `ko` is `ko-KR`, `fr-CA` is `fr-FR`. Nothing where there is none. */
export function localeOf(language: string, locales: readonly Locale[]): Locale | undefined {
  const base = alike.has(language) ? language.slice(0, 2) : language;
  return locales.find((it) => it === language) ?? locales.find((it) => languageCode(it) === base);
}

/** What a language is called in a locale; the code where nobody knows. */
export function languageName(language: string, locale: Locale): string {
  return named(language, locale) ?? language;
}

/** Every name of every language in the given locales, in English and in itself, lower case, longest first. */
export function languageNames(locales: readonly Locale[]): [name: string, language: string][] {
  const found = new Map<string, string>();
  for (const language of languages) {
    for (const locale of [...locales, 'en-US', language]) {
      const name = named(language, locale)?.toLowerCase();
      if (name !== undefined && !found.has(name)) found.set(name, language);
    }
  }
  return [...found].toSorted((a, b) => b[0].length - a[0].length);
}

function named(language: string, locale: Locale): string | undefined {
  const name = new Intl.DisplayNames([locale], { type: 'language', fallback: 'none' });
  return name.of(language);
}
