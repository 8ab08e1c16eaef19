// The slots an utterance fills.
import { between, type Fits } from './lex-align.ts';
import type { Ranked } from './lex-classify.ts';
import { resolve } from './lex-resolve.ts';
import { slotOf, tokens } from './lex-tokens.ts';
import type { LexIntent, LexLocale, LexSlot, Slots } from './lex-types.ts';

export type Place = { locale: LexLocale; now: number };

/** What may stand in a slot of this intent: all of the words, not a part of them. */
export function fitsOf(place: Place, intent: LexIntent): Fits {
  return (name, words) => {
    const slot = intent.slots.find((it) => it.name === name);
    const found = slot && resolve(place, slot, words, false);
    if (found?.slot.value.originalValue !== words.trim()) return undefined;
    return found.sure ? 'sure' : 'open';
  };
}

/** The intent's slots as `text` says them; null where it says nothing. */
export function fill(place: Place, intent: LexIntent, { utterance, filled }: Ranked, text: string): Slots {
  const slots: Slots = Object.fromEntries(intent.slots.map((it) => [it.name, null]));
  let left = text;
  const take = (slot: LexSlot, words: string | undefined, sureOnly: boolean) => {
    const found = words === undefined ? undefined : resolve(place, slot, words, false);
    if (!found || (sureOnly && !found.sure)) return;
    slots[slot.name] = found.slot;
    left = left.replace(found.slot.value.originalValue, ' ');
  };
  for (const slot of intent.slots) take(slot, filled[slot.name], false);
  if (Object.keys(filled).length > 0) return slots;
  const named = new Set(utterance.flatMap((it) => slotOf(it) ?? []));
  const empty = () => intent.slots.filter((it) => slots[it.name] === null);
  for (const slot of empty().filter((it) => named.has(it.name))) {
    take(slot, between(utterance, tokens(text), text, slot.name), true);
  }
  for (const slot of empty()) take(slot, left, true);
  return slots;
}
