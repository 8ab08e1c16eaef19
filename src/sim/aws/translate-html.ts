// Translates text that may be HTML: protected parts, tags, entities, digits and punctuation stay.
// https://docs.aws.amazon.com/translate/latest/dg/customizing-translations-tags.html
import type { Quirk } from './quirks.ts';
import { kept, sentence, visibly } from './translate-words.ts';

type Part = { kind: 'kept' | 'tag' | 'text'; text: string };
const cut =
  /(?<kept><(?<name>\w+)\b[^<>]*\btranslate\s*=\s*["']?no\b["']?[^<>]*>.*?<\/\k<name>\s*>)|(?<tag><[^<>]+>|&(?:\w+|#\d+|#x[\da-f]+);)/gisu;

/** `text` in the other language. A sentence that is not known comes with the mark `‹th›` of its language in front. */
export function translated(text: string, from: string, to: string, quirk?: Quirk): string {
  const html = /<\/?\w+[^<>]*>/u.test(text);
  let unknown = false;
  const out = sentences(text).map((line, at) => {
    if (at % 2 === 1 || line.trim() === '') return line;
    const known = sentence(line, from, to);
    unknown ||= known === undefined && /\p{L}/u.test(line.replaceAll(cut, ''));
    return known ?? eachPart(line, from, to, html);
  });
  const joined = tidy(out.join(''));
  return spoilt(unknown ? `‹${to}› ${joined}` : joined, to, quirk);
}

/** Sentences and, between them, what separates them; tags and protected parts are never cut. */
function sentences(text: string): string[] {
  const held: string[] = [];
  const masked = text.replaceAll(cut, (it) => `\uE000${held.push(it) - 1}\uE001`);
  return masked
    .split(/(\n+|(?<=[.!?])[ \t]+(?=\S))/u)
    .map((line) => line.replaceAll(/\uE000(\d+)\uE001/gu, (_all, at: string) => held[Number(at)] ?? ''));
}

function eachPart(line: string, from: string, to: string, html: boolean): string {
  const escaped = (it: string) => (html ? it.replaceAll('&', '&amp;').replaceAll('<', '&lt;') : it);
  const parts = partsOf(line).map(({ kind, text }) => (kind === 'text' ? escaped(visibly(text, from, to)) : text));
  return parts.join('');
}

function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let at = 0;
  const plain = (piece: string) => {
    if (piece !== '') parts.push({ kind: 'text', text: piece });
  };
  for (const found of text.matchAll(cut)) {
    plain(text.slice(at, found.index));
    parts.push({ kind: found.groups?.['kept'] === undefined ? 'tag' : 'kept', text: found[0] });
    at = found.index + found[0].length;
  }
  plain(text.slice(at));
  return parts;
}

function tidy(text: string): string {
  return text
    .replaceAll(/ {2,}/gu, ' ')
    .replaceAll(/ +(?=[?!])/gu, '')
    .trim();
}

/** What the real service is known to do to protected parts now and then. */
function spoilt(text: string, to: string, quirk: Quirk | undefined): string {
  const first = kept.exec(text);
  if (!first || !quirk) return text;
  const [span] = first;
  const inner = />(.*)<\/\w+\s*>$/su.exec(span)?.[1] ?? '';
  const rest = text.slice(0, first.index) + text.slice(first.index + span.length);
  if (quirk === 'span-lost') return tidy(rest);
  if (quirk === 'span-moved') return first.index === 0 ? `${tidy(rest)} ${span}` : `${span} ${tidy(rest)}`;
  if (quirk === 'span-doubled') return text.replace(span, () => `${span} ${span}`);
  if (quirk === 'span-translated') return text.replace(span, () => span.replace(inner, () => visibly(inner, 'en', to)));
  if (quirk === 'span-spaced') return text.replace(span, () => ` ${span.replace(`>${inner}<`, () => `> ${inner} <`)} `);
  return text;
}
