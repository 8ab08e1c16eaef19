// Translated texts by what they say apart from names and numbers: a few in memory, a bounded number in the Store.
import { createHash } from 'node:crypto';
import { keys, retention, type TranslatedText } from './records.ts';
import type { Clock, Segment, Store } from './ports.ts';

/** A translated text: pieces that were kept are numbers, in the order of the original. */
export type Template = TranslatedText['segments'];

/** Places in the Store; a newer text takes the place of an older one. */
const places = 16_384;
const inMemory = 2000;

export type TranslationCache = {
  get(name: string): Promise<Template | undefined>;
  put(name: string, segments: Template): Promise<void>;
};

/** A cache over a Store. It never grows beyond its places. */
export function translationCache(store: Store, clock: Clock): TranslationCache {
  const held = new Map<string, Template>();

  function hold(name: string, segments: Template): void {
    held.delete(name);
    held.set(name, segments);
    if (held.size > inMemory) held.delete(held.keys().next().value!);
  }

  return {
    async get(name) {
      const near = held.get(name);
      if (near) return near;
      const entry = (await store.get<TranslatedText>(keys.translation(placeOf(name))))?.value;
      if (entry?.of !== name) return undefined;
      hold(name, entry.segments);
      return entry.segments;
    },
    async put(name, segments) {
      hold(name, segments);
      const entry: TranslatedText = { kind: 'translation', schema: 1, of: name, segments };
      await store.put(keys.translation(placeOf(name)), entry, { expires: clock.now() + retention });
    },
  };
}

/** Two texts that differ in what is kept alone have one name. */
export function nameOf(text: readonly Segment[], from: string, to: string): string {
  return `${from}>${to} ${JSON.stringify(text.map((it) => (typeof it === 'string' ? it : 0)))}`;
}

/** A translation without what was kept. */
export function emptied(made: readonly Segment[], text: readonly Segment[]): Template {
  const order = text.filter((it) => typeof it !== 'string').map((it) => it.id);
  return made.map((it) => (typeof it === 'string' ? it : order.indexOf(it.id)));
}

/** The translation with what this text keeps. */
export function filled(segments: Template, text: readonly Segment[]): Segment[] {
  const pieces = text.filter((it) => typeof it !== 'string');
  return segments.map((it) => (typeof it === 'string' ? it : pieces[it]!));
}

function placeOf(name: string): number {
  return createHash('sha256').update(name).digest().readUInt32BE(0) % places;
}
