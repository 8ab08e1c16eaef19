// Translation that costs no more than agreed: each text once, kept in a bounded cache, within a budget of characters a day.
import { createHash } from 'node:crypto';
import { day, keys, type Spent, type TranslatedText } from './records.ts';
import type { Clock, Segment, Store, Translator } from './ports.ts';

/** Why some of the texts came back as nothing. `spent`: until when the budget is used up, epoch milliseconds. */
export type Trouble = { kind: 'lost' } | { kind: 'down' } | { kind: 'spent'; until: number };
export type Translated = { texts: (readonly Segment[] | undefined)[]; trouble?: Trouble };
export type Translation = {
  /** Each text in the other language, in order; nothing for those that could not be had. Never throws. */
  translate(texts: readonly (readonly Segment[])[], from: string, to: string): Promise<Translated>;
};

/** Places in the cache; a newer text takes the place of an older one. */
const places = 4096;
const kept = 30 * day;

/** A translator behind a cache and a budget. `charactersPerDay` counts what is sent, by UTC day. */
export function translation(options: {
  translator: Translator;
  store: Store;
  clock: Clock;
  charactersPerDay: number;
  log: { warn(fields: object, message: string): void };
}): Translation {
  const { translator, store, clock, charactersPerDay, log } = options;

  async function translate(texts: readonly (readonly Segment[])[], from: string, to: string): Promise<Translated> {
    const found = await Promise.all(texts.map((text) => cached(text, from, to)));
    const open = texts.flatMap((text, at) => (found[at] === undefined ? [{ text, at }] : []));
    if (open.length === 0) return { texts: found };
    const length = open.reduce((sum, { text }) => sum + lengthOf(text), 0);
    if (!(await charge(length))) return { texts: found, trouble: { kind: 'spent', until: nextDay(clock.now()) } };
    try {
      const made = await translator.translate(
        open.map(({ text }) => text),
        from,
        to,
      );
      for (const [index, { at }] of open.entries()) found[at] = made[index];
      await Promise.all(open.map(({ text }, index) => keep(text, made[index], from, to)));
      return found.includes(undefined) ? { texts: found, trouble: { kind: 'lost' } } : { texts: found };
    } catch (error) {
      log.warn({ err: error, from, to }, 'not translated');
      return { texts: found, trouble: { kind: 'down' } };
    }
  }

  async function cached(text: readonly Segment[], from: string, to: string): Promise<Segment[] | undefined> {
    const of = nameOf(text, from, to);
    const entry = (await store.get<TranslatedText>(keys.translation(placeOf(of))))?.value;
    return entry?.of === of ? refill(entry.segments, text) : undefined;
  }

  async function keep(text: readonly Segment[], made: readonly Segment[] | undefined, from: string, to: string) {
    if (!made) return;
    const of = nameOf(text, from, to);
    const order = text.filter((it) => typeof it !== 'string').map((it) => it.id);
    const segments = made.map((it) => (typeof it === 'string' ? it : order.indexOf(it.id)));
    const entry: TranslatedText = { kind: 'translation', schema: 1, of, segments };
    await store.put(keys.translation(placeOf(of)), entry, { expires: clock.now() + kept });
  }

  /** Takes so many characters from today's budget; false when there are not enough left. */
  async function charge(length: number): Promise<boolean> {
    const key = keys.spent(new Date(clock.now()).toISOString().slice(0, 10));
    for (;;) {
      const held = await store.get<Spent>(key);
      const characters = (held?.value.characters ?? 0) + length;
      if (characters > charactersPerDay) return false;
      const value: Spent = { kind: 'spent', schema: 1, characters };
      const rev = await store.put(key, value, { ifRev: held?.rev ?? 0, expires: clock.now() + 2 * day });
      if (rev !== undefined) return true;
    }
  }

  return { translate };
}

/** What reads a message for the bot: its English, or nothing where it could not be had whole. */
export function inbound(made: Translation): (text: readonly Segment[], from: string) => Promise<Segment[] | undefined> {
  return async (text, from) => (await made.translate([text], from, 'en')).texts[0]?.slice();
}

/** Text from AWS with what must not be translated kept: names, ids, quotations, what stands in brackets. */
export function protect(text: string): Segment[] {
  const fixed =
    /\([^()]*\)|\[[^[\]]*\]|'[^']*'|"[^"]*"|(?:[\p{L}\p{N}]|[^\s\p{L}\p{N}](?=\S))*[\d_/:@-](?:\S*[\p{L}\p{N}])?/gu;
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(fixed)) {
    if (match.index > from) segments.push(text.slice(from, match.index));
    segments.push({ keep: match[0], id: segments.length });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push(text.slice(from));
  return segments;
}

function lengthOf(text: readonly Segment[]): number {
  return text.reduce((sum, it) => sum + (typeof it === 'string' ? it.length : it.keep.length), 0);
}

/** The text with placeholders: two texts that differ in names alone are one. */
function nameOf(text: readonly Segment[], from: string, to: string): string {
  return `${from}>${to} ${text.map((it) => (typeof it === 'string' ? it : '\uFFFC')).join('')}`;
}

function placeOf(of: string): number {
  return createHash('sha256').update(of).digest().readUInt32BE(0) % places;
}

function refill(segments: TranslatedText['segments'], text: readonly Segment[]): Segment[] {
  const pieces = text.filter((it) => typeof it !== 'string');
  return segments.map((it) => (typeof it === 'string' ? it : pieces[it]!));
}

function nextDay(now: number): number {
  return (Math.floor(now / day) + 1) * day;
}
