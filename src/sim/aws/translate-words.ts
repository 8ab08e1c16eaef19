// From text to text: a sentence that is known as a whole, else each part of it in a way that can be seen.
import { courtesy, glossary, phrases } from './translate-phrases.ts';

/** A part that is kept as it is: `<span translate="no">api</span>`, with any element. */
export const kept = /<(\w+)\b[^<>]*\btranslate\s*=\s*["']?no\b["']?[^<>]*>.*?<\/\1\s*>/isu;

type Known = { pattern: RegExp; into: string; weight: number };
const tables = new Map<string, Known[]>();

const place = String.raw`(<\w+\b[^<>]*\btranslate\s*=\s*["']?no\b[^<>]*>.*?<\/\w+\s*>|[A-Za-z0-9][\w.:/+-]*)`;

/** The sentence in the other language, or undefined when it is not known. */
export function sentence(text: string, from: string, to: string): string | undefined {
  for (const { pattern, into } of table(from, to)) {
    const found = pattern.exec(text);
    if (!found) continue;
    const parts = found.slice(1, -1);
    const mark = into.endsWith('?') ? '' : (found.at(-1) ?? '');
    return into.replaceAll('{}', () => parts.shift() ?? '') + mark;
  }
  return undefined;
}

function table(from: string, to: string): Known[] {
  const [source, target] = [base(from), base(to)];
  const key = `${source}-${target}`;
  const made = tables.get(key) ?? phrases.flatMap((phrase) => knownOf(phrase, source, target));
  tables.set(
    key,
    made.toSorted((a, b) => b.weight - a.weight),
  );
  return tables.get(key) ?? [];
}

function knownOf([english, wordings]: (typeof phrases)[number], source: string, target: string): Known[] {
  const said = source === 'en' ? [english] : (wordings[source] ?? []);
  const into = target === 'en' ? english : wordings[target]?.[0];
  if (into === undefined) return [];
  return said.map((it) => ({ pattern: patternOf(it, source), into, weight: it.replaceAll(/\{\}|\s/gu, '').length }));
}

function patternOf(wording: string, language: string): RegExp {
  const { before, after } = courtesy[language] ?? { before: '$^', after: '$^' };
  const body = wording
    .replace(/\?$/u, '')
    .replaceAll(/[.*+^$()|[\]\\?]/gu, String.raw`\$&`)
    .replaceAll(/\s+/gu, String.raw`\s*`)
    .replaceAll('{}', place);
  return new RegExp(`^\\s*(?:(?:${before})\\s*)*${body}(?:\\s*(?:${after}))*\\s*([.!?…]*)\\s*$`, 'iu');
}

function base(language: string): string {
  return language.slice(0, 2);
}

const accents: Record<string, string> = {
  a: 'ä',
  e: 'ë',
  i: 'ï',
  o: 'ö',
  u: 'ü',
  y: 'ÿ',
  A: 'Ä',
  E: 'Ë',
  I: 'Ï',
  O: 'Ö',
  U: 'Ü',
  Y: 'Ÿ',
  c: 'ç',
  n: 'ñ',
  s: 'š',
};
const syllables = 'ba be bi bo bu da de di do du ka ke ki ko ku la le li lo lu ma me mi mo mu na ne ni no nu'.split(
  ' ',
);

/** Words known one by one, and every other with accents, or in made-up syllables for letters English does not have. */
export function visibly(text: string, from: string, to: string): string {
  const words = to.startsWith('en') ? (glossary[base(from)] ?? {}) : {};
  const names = Object.keys(words).toSorted((a, b) => b.length - a.length);
  const edge = base(from) === 'th' ? '' : String.raw`(?![\p{L}\p{M}])`;
  const start = base(from) === 'th' ? '' : String.raw`(?<![\p{L}\p{M}])`;
  const known = names.length > 0 ? `${start}(?:${names.join('|')})${edge}|` : '';
  const run = String.raw`(?:(?!${names.length > 0 ? names.join('|') : '$^'})[\p{L}\p{M}])+`;
  return text.replaceAll(new RegExp(`${known}${edge === '' ? run : String.raw`[\p{L}\p{M}]+`}`, 'giu'), (word) => {
    const into = words[word.toLowerCase()];
    if (into !== undefined) return ` ${into} `;
    return /^[\p{Script=Latin}\p{M}]+$/u.test(word) ? accented(word) : invented(word);
  });
}

function accented(word: string): string {
  const made = Array.from(word, (it) => accents[it] ?? it).join('');
  return made === word ? `${word}ø` : made;
}

function invented(word: string): string {
  const letters = word.match(/\p{L}/gu) ?? [];
  return letters.map((it) => syllables[(it.codePointAt(0) ?? 0) % syllables.length] ?? '').join('');
}
