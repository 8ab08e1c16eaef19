// The Translator port on Amazon Translate. What must survive goes as spans that are not translated, and is looked for after.
import { TranslateClient, TranslateTextCommand } from '@aws-sdk/client-translate';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsError } from '../aws-errors.ts';
import type { Segment, Translator } from '../core/ports.ts';

/** IAM actions it calls. The source language is always passed: `auto` would take comprehend:DetectDominantLanguage. */
export const permissions: readonly string[] = ['translate:TranslateText'];

/** https://docs.aws.amazon.com/translate/latest/dg/what-is-limits.html */
const longestBytes = 10_000;
const atOnce = 8;

/**
 * A translator in a region. Texts over Translate's 10,000 bytes come back as nothing. Markup that is not translated:
 * https://docs.aws.amazon.com/translate/latest/dg/customizing-translations-tags.html
 */
export function amazon(options: { region: string }): Translator {
  const requestHandler = new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: 4000 });
  const client = new TranslateClient({ region: options.region, requestHandler, maxAttempts: 3 });

  async function one(text: readonly Segment[], from: string, to: string): Promise<Segment[] | undefined> {
    const markup = toMarkup(text);
    if (Buffer.byteLength(markup) > longestBytes) return undefined;
    const command = new TranslateTextCommand({ Text: markup, SourceLanguageCode: from, TargetLanguageCode: to });
    try {
      const { TranslatedText } = await client.send(command);
      return TranslatedText === undefined ? undefined : fromMarkup(TranslatedText, text);
    } catch (error) {
      throw awsError({ platform: 'translate', operation: 'TranslateText', write: false }, error);
    }
  }

  return {
    async translate(texts, from, to) {
      const made: (Segment[] | undefined)[] = [];
      for (let at = 0; at < texts.length; at += atOnce) {
        made.push(...(await Promise.all(texts.slice(at, at + atOnce).map((text) => one(text, from, to)))));
      }
      return made;
    },
  };
}

/** HTML: what is kept in spans with an id each, everything else escaped. */
export function toMarkup(text: readonly Segment[]): string {
  return text
    .map((it) => (typeof it === 'string' ? escape(it) : `<span translate="no" id="${it.id}">${escape(it.keep)}</span>`))
    .join('');
}

/**
 * The translation back as segments; nothing unless every span is there once, whole and unchanged, and every number of the
 * words too. Spaces that were around a span and got lost are put back.
 */
export function fromMarkup(markup: string, text: readonly Segment[]): Segment[] | undefined {
  const kept = new Map(text.flatMap((it) => (typeof it === 'string' ? [] : [[String(it.id), it] as const])));
  const span = /<span\b[^>]*?\bid=["']?(\d+)["']?[^>]*>([\s\S]*?)<\/span>/gu;
  const made: Segment[] = [];
  let from = 0;
  for (const match of markup.matchAll(span)) {
    const piece = kept.get(match[1]!);
    if (!piece || unescape(match[2]!).trim() !== piece.keep.trim()) return undefined;
    kept.delete(match[1]!);
    push(made, unescape(markup.slice(from, match.index)));
    made.push(piece);
    from = match.index + match[0].length;
  }
  push(made, unescape(markup.slice(from)));
  const words = wordsOf(made);
  if (kept.size > 0 || /<\/?span\b/iu.test(words) || numbersIn(words) !== numbersIn(wordsOf(text))) return undefined;
  return spaced(made, text);
}

function push(made: Segment[], words: string): void {
  if (words !== '') made.push(words);
}

function wordsOf(text: readonly Segment[]): string {
  return text.map((it) => (typeof it === 'string' ? it : ' ')).join('');
}

/** Numbers as digits, in any order: languages order their words differently, and some write digits of their own. */
function numbersIn(words: string): string {
  const digits = words.replaceAll(/\p{Nd}/gu, (digit) => String(digitValue(digit)));
  return (digits.match(/\d+(?:[.,]\d+)*/gu) ?? [])
    .map((it) => it.replaceAll(/[.,]/gu, ''))
    .toSorted()
    .join(' ');
}

function digitValue(digit: string): number {
  const code = digit.codePointAt(0)!;
  if (code < 128) return code - 48;
  let zero = code;
  while (zero > code - 10 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  return (code - zero) % 10;
}

/** A kept piece that stood free stands free again, in languages with spaces. */
function spaced(made: Segment[], text: readonly Segment[]): Segment[] {
  const usesSpaces = made.some((it) => typeof it === 'string' && /\S \S/u.test(it)) || text.length === 1;
  if (!usesSpaces) return made;
  return made.map((it, at) => {
    if (typeof it !== 'string') return it;
    const before = at > 0 && /^[\p{Script=Latin}\p{Script=Thai}\p{Script=Cyrillic}]/u.test(it) ? ' ' : '';
    const after = at < made.length - 1 && /[\p{Script=Latin}\p{Script=Thai}\p{Script=Cyrillic}]$/u.test(it) ? ' ' : '';
    return `${before}${it}${after}`;
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll(/&#0?39;|&apos;/gu, "'")
    .replaceAll('&nbsp;', ' ')
    .replaceAll('&amp;', '&');
}
