// Which language a text is in: one with words of its own, or one that only a translator reads.
import type { Locale } from '../../intents/catalog.ts';
import { languageCode, localeOf } from '../../intents/languages.ts';
import type { Vocabulary } from './lexicon.ts';

const scripts: readonly { regex: RegExp; language: string }[] = [
  { regex: /\p{Script=Hangul}/u, language: 'ko' },
  { regex: /[\p{Script=Hiragana}\p{Script=Katakana}]/u, language: 'ja' },
  { regex: /\p{Script=Thai}/u, language: 'th' },
  { regex: /\p{Script=Hebrew}/u, language: 'he' },
  { regex: /\p{Script=Greek}{2}/u, language: 'el' },
  { regex: /\p{Script=Armenian}/u, language: 'hy' },
  { regex: /\p{Script=Georgian}/u, language: 'ka' },
  { regex: /\p{Script=Tamil}/u, language: 'ta' },
  { regex: /\p{Script=Telugu}/u, language: 'te' },
  { regex: /\p{Script=Bengali}/u, language: 'bn' },
  { regex: /\p{Script=Gujarati}/u, language: 'gu' },
  { regex: /\p{Script=Kannada}/u, language: 'kn' },
  { regex: /\p{Script=Malayalam}/u, language: 'ml' },
  { regex: /\p{Script=Gurmukhi}/u, language: 'pa' },
  { regex: /\p{Script=Sinhala}/u, language: 'si' },
  { regex: /\p{Script=Ethiopic}/u, language: 'am' },
];
/** Scripts of several languages: letters that tell one, else what a known language or enough words say, else the first. */
const shared: readonly { regex: RegExp; languages: readonly string[]; telling: readonly [RegExp, string][] }[] = [
  {
    regex: /^[\p{Script=Cyrillic}\p{M}]+$/u,
    languages: ['ru', 'uk', 'bg', 'sr', 'mk', 'kk', 'mn'],
    telling: [
      [/[әғқңұһ]/iu, 'kk'],
      [/ө/iu, 'mn'],
      [/[їєґі]/iu, 'uk'],
      [/[ѓќѕ]/iu, 'mk'],
      [/[јљњђћџ]/iu, 'sr'],
      [/[ыэё]/iu, 'ru'],
    ],
  },
  { regex: /^[\p{Script=Arabic}\p{M}]+$/u, languages: ['ar', 'fa', 'ur', 'ps'], telling: [[/[ٹڈڑےں]/u, 'ur']] },
  { regex: /^[\p{Script=Devanagari}\p{M}]+$/u, languages: ['hi', 'mr'], telling: [] },
];
/** From so many words on eld tells languages of one script apart. */
const manyWords = 6;
const eastern = ['ko', 'ja', 'zh'];
/** Two languages whose words fit about as well cannot be told apart by their words. */
const clear = 0.5;

type Known = (locale: Locale) => Vocabulary;

/**
 * The locale of a text, else the code of its language. By its script where that decides, then by the words each locale
 * knows, then by eld. `fallback` where there is too little to tell. `usualLanguage`: what this person is known to speak.
 */
export async function languageOf(
  text: string,
  locales: readonly Locale[],
  fallback: Locale,
  known: Known,
  usualLanguage?: string,
): Promise<Locale> {
  const script = scripts.find(({ regex }) => regex.test(text));
  if (script) return localeOf(script.language, locales) ?? script.language;
  const han = text.match(/\p{Script=Han}/gu);
  if (han) return byWords(han, locales.filter(isHan), fallback, known)?.locale ?? localeOf('zh', locales) ?? 'zh';
  const western = locales.filter((it) => !eastern.includes(languageCode(it)));
  const usual = western.includes(fallback) ? fallback : (western.find((it) => languageCode(it) === 'en') ?? fallback);
  const words = text.match(/(?<![\p{L}\p{N}._:/@-])\p{L}[\p{L}\p{M}]+(?![\p{L}\p{N}_:/@]|[.-]\p{L})/gu) ?? [];
  if (words.length === 0) return usual;
  const common = shared.find(({ regex }) => words.filter((word) => regex.test(word)).length * 2 >= words.length);
  if (common) {
    const language = await ofShared(text, words, common, usualLanguage);
    return localeOf(language, locales) ?? language;
  }
  const best = byWords(words, western, usual, known);
  if (best?.isClear && best.share >= 0.4) return best.locale;
  if (words.length < 3 && !/[^\p{Script=Latin}\p{N}\p{P}\p{S}\s]/u.test(text)) return best?.locale ?? usual;
  const language = await detected(words, best && best.share >= 0.4 ? best.tied : undefined);
  return language === undefined ? (best?.locale ?? usual) : (localeOf(language, locales) ?? language);
}

async function ofShared(
  text: string,
  words: readonly string[],
  { languages, telling }: (typeof shared)[number],
  usual: string | undefined,
): Promise<string> {
  const told = telling.find(([letters]) => letters.test(text))?.[1];
  if (told !== undefined) return told;
  if (usual !== undefined && languages.includes(languageCode(usual))) return languageCode(usual);
  const found = words.length < manyWords ? undefined : await detected(words, undefined);
  return found !== undefined && languages.includes(found) ? found : languages[0]!;
}

function isHan(locale: Locale): boolean {
  return ['ja', 'zh'].includes(languageCode(locale));
}

type Best = { locale: Locale; share: number; isClear: boolean; tied: readonly Locale[] };

/** The locale that knows most of the words; a word counts less the more locales know it. */
function byWords(
  words: readonly string[],
  locales: readonly Locale[],
  fallback: Locale,
  known: Known,
): Best | undefined {
  const points = new Map(locales.map((locale) => [locale, { weight: 0, count: 0 }]));
  for (const word of words) {
    const knowing = locales.filter((locale) => known(locale).knows(word));
    for (const locale of knowing) {
      points.get(locale)!.weight += 1 / knowing.length;
      points.get(locale)!.count += 1;
    }
  }
  const ranked = [...points].toSorted(([, a], [, b]) => b.weight - a.weight);
  const [first] = ranked;
  if (!first || first[1].count === 0) return undefined;
  const tied = ranked.filter(([, it]) => it.count > 0 && first[1].weight - it.weight < clear).map(([locale]) => locale);
  const locale = tied.includes(fallback) ? fallback : first[0];
  return { locale, share: points.get(locale)!.count / words.length, isClear: tied.length === 1, tied };
}

/** What eld makes of it, among `among` where given; nothing where it is not sure. https://github.com/nitotm/efficient-language-detector-js */
async function detected(words: readonly string[], among: readonly Locale[] | undefined): Promise<string | undefined> {
  const { eld } = await import('eld/small');
  const found = eld.detect(words.join(' '));
  if (!among) return found.language && found.isReliable() ? found.language : undefined;
  const scores = found.getScores();
  const languages = among.map(languageCode).filter((it) => (scores[it] ?? 0) > 0);
  return languages.toSorted((a, b) => scores[b]! - scores[a]!)[0];
}
