// Slack text to plain text: what a person would read aloud, in one spelling.

/** Longer texts are pasted logs or letters, not requests; nothing is understood in them. */
export const LONGEST_TEXT = 1000;

/**
 * Plain text on one line, as typed by the person: tags resolved, entities decoded, quoted and struck lines gone, compatible
 * characters folded (NFKC), quotes and dashes straight. Empty when nothing is left or the text is no request by its length.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function clean(raw: string): string {
  if (raw.length > 20_000) return '';
  const untagged = withoutQuotes(raw).replaceAll(/<([^<>\n]{0,2000})>/g, (_, tag: string) => tagText(tag));
  const text = fold(entities(untagged));
  return text.length > LONGEST_TEXT ? '' : text;
}

/** Lines that quote somebody, and blocks of several lines of code, are not what this person asks. */
function withoutQuotes(raw: string): string {
  const unblocked = raw
    .split('```')
    .map((part, index, all) => (index % 2 === 0 ? part : blockText(part, all)))
    .join(' ');
  const lines = unblocked.split(/\r\n?|\n/);
  const all = lines.findIndex((line) => /^\s*(?:&gt;|>){3}/.test(line));
  return (all < 0 ? lines : lines.slice(0, all)).filter((line) => !/^\s*(?:&gt;|>)/.test(line)).join('\n');
}

/** A block of code: alone it is what the person types; among other words it is what they quote. */
function blockText(block: string, all: readonly string[]): string {
  if (block.trim().includes('\n')) return ' ';
  const isAlone = all.every((part, index) => index % 2 === 1 || !/\p{L}/u.test(part));
  return isAlone ? block : `"${block.trim()}"`;
}

function tagText(tag: string): string {
  const bar = tag.indexOf('|');
  const label = bar < 0 ? '' : tag.slice(bar + 1);
  if (/^[@#]/.test(tag)) return ' ';
  if (tag.startsWith('!date')) return ` ${label} `;
  if (tag.startsWith('!')) return ' ';
  if (/^(?:https?|mailto|tel):/.test(tag)) return label || tag.replace(/^[a-z]+:(?:\/\/)?/, '');
  return ` ${tag} `;
}

function entities(text: string): string {
  // A mention typed as text stays text in Slack, and says nothing to us either.
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replaceAll(/<[!@#][^<>]{0,100}>/g, ' ');
}

function fold(text: string): string {
  return foldCompatible(text)
    .replaceAll(/[\p{Cf}\p{Co}\p{Variation_Selector}\u034F\u115F\u1160\u3164]/gu, '')
    .replaceAll(/\p{Nd}/gu, digit)
    .replaceAll(/[\u2018\u2019\u201B\u2032`´]/g, "'")
    .replaceAll(/[\u201C-\u201F\u2033«»「」『』]/g, '"')
    .replaceAll(/(^|\s)[\u2014\u2015](?=[a-z])/g, '$1--')
    .replaceAll(/[\u2010-\u2015\u2212]/g, '-')
    .replaceAll(/[\u301C\uFF5E\u223C]/g, '~')
    .replaceAll(/(?<=^|\s)~[^~\s\d][^~\n]{0,200}~(?=\s|$)/g, ' ')
    .replaceAll(/(?<![\w:.@/-]):[a-z][a-z0-9_+'-]{0,60}:(?!\w)/g, ' ')
    .replaceAll(/(?<=^|[\s("'])[*_]{1,3}(?=[^\s*_])|(?<=[^\s*_])[*_]{1,3}(?=$|[\s)"'.,!?]|[^\p{ASCII}])/gu, '')
    .replaceAll(/\n/g, ' ; ')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/^[ ;]+|[ ;]+$/g, '');
}

/** NFKC, but for Korean letters written alone, which it would turn into halves of syllables: ㅋㅋ, ㄱㄱ. */
export function foldCompatible(text: string): string {
  return text.replaceAll(/[^\u3131-\u318E]+/g, (part) => part.normalize('NFKC'));
}

/** Digits of any script have their value by their place in a block of ten. */
function digit(char: string): string {
  const code = char.codePointAt(0)!;
  if (code < 128) return char;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return String(code - zero);
}
