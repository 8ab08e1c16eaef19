// Which locale's words a text is read with.
import type { Locale } from '../../intents/catalog.ts';

const scripts: readonly { regex: RegExp; language: string }[] = [
  { regex: /\p{Script=Hangul}/u, language: 'ko' },
  { regex: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, language: 'ja' },
  { regex: /\p{Script=Han}/u, language: 'zh' },
];

/**
 * The locale of a text: by its script where that decides, else the only one written in Latin letters, else by eld among
 * those. `fallback` where there are too few words to tell.
 */
export async function languageOf(text: string, locales: readonly Locale[], fallback: Locale): Promise<Locale> {
  for (const { regex, language } of scripts) {
    const locale = regex.test(text) ? locales.find((it) => it.startsWith(`${language}-`)) : undefined;
    if (locale) return locale;
  }
  const others = locales.filter((it) => !scripts.some(({ language }) => it.startsWith(`${language}-`)));
  if (others.length <= 1) return others[0] ?? fallback;
  const words = text.match(/(?<![\p{L}\p{N}._:/-])\p{L}+(?![\p{L}\p{N}_:/-])/gu) ?? [];
  if (words.length < 2) return others.includes(fallback) ? fallback : others[0]!;
  const { eld } = await import('eld/small');
  eld.setLanguageSubset(others.map((it) => it.slice(0, 2)));
  const detected = eld.detect(words.join(' ')).language;
  return others.find((it) => it.startsWith(`${detected}-`)) ?? (others.includes(fallback) ? fallback : others[0]!);
}
