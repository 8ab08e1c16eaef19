// Slack's markup and rich text as spans: https://docs.slack.dev/messaging/formatting-message-text
import { span, type Look, type Span } from './spans.ts';

/** Names and dates as this reader sees them. */
export type Reader = {
  locale: string;
  timeZone: string;
  now: number;
  /** `@name` or `#name` of an id; nothing when nobody has it. */
  nameOf: (id: string) => string | undefined;
};

const pictures: Record<string, string> = {
  large_green_circle: '🟢',
  white_circle: '⚪',
  warning: '⚠️',
  octagonal_sign: '🛑',
  question: '❓',
  arrows_counterclockwise: '🔄',
  raised_hand: '✋',
  white_check_mark: '✅',
  x: '❌',
  no_entry_sign: '🚫',
  leftwards_arrow_with_hook: '↩️',
  lock: '🔒',
  rotating_light: '🚨',
  eyes: '👀',
  no_bell: '🔕',
};

/** `:name:` as the emoji it is; unknown ones stay as written. */
export function emoji(text: string): string {
  return text.replaceAll(/:([a-z0-9_+-]+):/gu, (whole, name: string) => picture(name) ?? whole);
}

export function picture(name: string): string | undefined {
  return Object.hasOwn(pictures, name) ? pictures[name] : undefined;
}

/** One list of spans a line. */
export function mrkdwn(text: string, reader: Reader, look?: Look): Span[][] {
  return text.split('\n').map((line) => spans(line, reader, look));
}

/** The third is bold with bold inside it, which some text has where a bold line quotes a bold number. */
const token =
  /<([^<>]+)>|`([^`]+)`|(?<![\p{L}\p{N}*])\*(?=\S)((?:[^*]*(?<=[\s(*])\*[^*\s](?:[^*]*[^*\s])?\*(?![\p{L}\p{N}]))+(?:[^*]*[^*\s])?)\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}*])\*(?=\S)([^*]*[^*\s])\*(?![\p{L}\p{N}*])|(?<![\p{L}\p{N}_])_(?=\S)([^_]*[^_\s])_(?![\p{L}\p{N}_])/gu;

function spans(line: string, reader: Reader, look?: Look): Span[] {
  const found: Span[] = [];
  let from = 0;
  for (const match of line.matchAll(token)) {
    if (match.index > from) found.push(span(readable(line.slice(from, match.index)), look));
    from = match.index + match[0].length;
    const [, tag, code, nested, plain, italic] = match;
    const bold = nested ?? plain;
    if (tag !== undefined) found.push(span(tagged(tag, reader), look));
    else if (code !== undefined) found.push(span(entities(code), 'code'));
    else found.push(...spans(bold ?? italic ?? '', reader, bold === undefined ? look : (look ?? 'bold')));
  }
  if (from < line.length) found.push(span(readable(line.slice(from)), look));
  return found;
}

function tagged(tag: string, reader: Reader): string {
  const [head = '', ...labels] = tag.split('|');
  const label = entities(labels.join('|'));
  if (head.startsWith('!date^')) return date(head, label, reader);
  if (/^[@#]/u.test(head)) return reader.nameOf(head.slice(1)) ?? (label === '' ? head : `${head[0]}${label}`);
  if (head.startsWith('!subteam^')) return reader.nameOf(head.slice(9)) ?? label;
  if (head.startsWith('!')) return `@${label.replace(/^@/u, '') || head.slice(1)}`;
  const address = entities(head);
  return label === '' || label === address ? address : `${label} (${address})`;
}

/** `!date^1795432440^{date_short_pretty} {time}` in the reader's zone and language. */
function date(head: string, fallback: string, reader: Reader): string {
  const [, seconds, ...format] = head.split('^');
  return moment(Number(seconds), format[0] ?? '', fallback, reader);
}

/** A moment (epoch seconds) in Slack's format tokens; `fallback` where it is none. */
export function moment(seconds: number, format: string, fallback: string, reader: Reader): string {
  const at = seconds * 1000;
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e15) return fallback;
  const show = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(reader.locale, { timeZone: reader.timeZone, ...options }).format(at);
  const written = format.replaceAll(/\{([a-z_]+)\}/gu, (whole, name: string) => {
    if (name === 'time') return show({ hour: 'numeric', minute: '2-digit' });
    if (name === 'time_secs') return show({ hour: 'numeric', minute: '2-digit', second: '2-digit' });
    if (!name.startsWith('date')) return whole;
    return name.endsWith('_pretty') ? (pretty(at, reader) ?? show(day(name))) : show(day(name));
  });
  return written.trim() === '' ? fallback : written;
}

function day(name: string): Intl.DateTimeFormatOptions {
  if (name === 'date_num') return { year: 'numeric', month: '2-digit', day: '2-digit' };
  return { month: name.startsWith('date_short') ? 'short' : 'long', day: 'numeric' };
}

/** Today and yesterday by their names. */
function pretty(at: number, reader: Reader): string | undefined {
  const dayOf = (time: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: reader.timeZone }).format(time);
  const ago = [0, -1, 1].find((days) => dayOf(reader.now + days * 86_400_000) === dayOf(at));
  return ago === undefined
    ? undefined
    : new Intl.RelativeTimeFormat(reader.locale, { numeric: 'auto' }).format(ago, 'day');
}

function readable(text: string): string {
  return emoji(entities(text));
}

export function entities(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
