// Phrases in a language. Never escapes: what came from outside goes through the edge's own format.
import { IntlMessageFormat } from 'intl-messageformat';
import type { Locale } from '../../intents/catalog.ts';
import { replies, type ReplyKey } from '../../intents/replies.ts';
import { ConfigError } from './errors.ts';
import { say, type Arg, type Phrase } from './reply.ts';

/** How an edge writes the parts of a phrase that are not plain words; each returns text ready for its element type. */
export type Format = {
  /** Text that came from outside: escape it here. */
  outside(text: string): string;
  code(text: string): string;
  /** A sentence of AWS's own. */
  aws(text: string): string;
  person(id: string): string;
  group(id: string): string;
  /** `time` is epoch milliseconds; style `time` = time of day, `day` = day and time. */
  time(at: number, style: 'time' | 'day', locale: Locale): string;
};

export type Words = {
  locales: readonly Locale[];
  /** The phrase in a language; falls back to en-US for a locale without words. */
  say(locale: Locale, phrase: Phrase, format: Format): string;
};

const fallback: Locale = 'en-US';

/** Words from each locale's message texts (ICU MessageFormat). Throws a ConfigError that lists every fault as file, key, reason. */
export function words(texts: Readonly<Record<Locale, Readonly<Record<string, string>>>>): Words {
  const faults: string[] = [];
  const formats = new Map<string, IntlMessageFormat>();
  /** Those without arguments, which most are: nothing to format. */
  const literals = new Map<IntlMessageFormat, string>();
  for (const [locale, messages] of Object.entries(texts)) {
    for (const key of Object.keys(replies) as ReplyKey[]) {
      const text = messages[key];
      if (text === undefined) {
        if (locale === fallback) faults.push(`${locale}/replies.yaml: ${key}: missing`);
        continue;
      }
      try {
        const format = new IntlMessageFormat(text, locale, undefined, { ignoreTag: true });
        for (const name of names(format.getAst())) {
          if (!(name in replies[key])) faults.push(`${locale}/replies.yaml: ${key}: no argument {${name}}`);
        }
        formats.set(`${locale} ${key}`, format);
        const [only, ...more] = format.getAst();
        if (only?.type === 0 && more.length === 0) literals.set(format, only.value);
      } catch (error) {
        faults.push(`${locale}/replies.yaml: ${key}: ${(error as Error).message}`);
      }
    }
  }
  if (faults.length > 0) throw new ConfigError(faults);

  function speak(locale: Locale, phrase: Phrase, format: Format): string {
    const own = formats.get(`${locale} ${phrase.say}`);
    const message = own ?? formats.get(`${fallback} ${phrase.say}`);
    if (!message) throw new Error(`no words for ${phrase.say}`);
    const literal = literals.get(message);
    if (literal !== undefined) return literal;
    const values: Record<string, string | number> = {};
    for (const [name, arg] of Object.entries(phrase.with ?? {}))
      values[name] = value(arg, own ? locale : fallback, format);
    return String(message.format(values));
  }

  function value(arg: Arg, locale: Locale, format: Format): string | number {
    if (typeof arg === 'number') return arg;
    if (typeof arg === 'string') return format.outside(arg);
    if (Array.isArray(arg)) return arg.map((part: Phrase) => speak(locale, part, format)).join(', ');
    if ('person' in arg) return format.person(arg.person);
    if ('group' in arg) return format.group(arg.group);
    if ('time' in arg) return format.time(arg.time, arg.style, locale);
    if ('aws' in arg) return format.aws(arg.aws);
    if ('code' in arg) return format.code(arg.code);
    if ('duration' in arg) return speak(locale, spoken(arg.duration), format);
    return speak(locale, arg as Phrase, format);
  }

  return { locales: Object.keys(texts), say: speak };
}

type Nodes = ReturnType<IntlMessageFormat['getAst']>;

function names(nodes: Nodes): string[] {
  return nodes.flatMap((node) => {
    // 0 literal, 7 pound: the only nodes without a name of their own.
    if (node.type === 0 || node.type === 7) return [];
    const inner = 'options' in node ? Object.values(node.options).flatMap((option) => names(option.value)) : [];
    return [node.value, ...inner];
  });
}

/** Milliseconds as people say them: two units at most. */
function spoken(ms: number): Phrase {
  const seconds = Math.max(0, Math.round(ms / 1000));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) return say('duration.days', { days: Math.floor(hours / 24) });
  if (hours > 0) return say('duration.hours', { hours, minutes: minutes % 60 });
  if (minutes > 0) return say('duration.minutes', { minutes, seconds: seconds % 60 });
  return say('duration.seconds', { seconds });
}
