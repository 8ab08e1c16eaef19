// What the built-in slot types of the cloud recognizer add to our own grammar: roles of numbers, times, durations.
import type { Slot, Slots } from '../../intents/catalog.ts';
import { placeholders } from '../../intents/slots.ts';
import type { Recognized } from '../core/ports.ts';
import type { Filled } from './fill.ts';
import type { Marked } from './marks.ts';

const sizes = ['min', 'max', 'count'] as const;

/**
 * What the cloud recognizer adds: roles of numbers where our grammar found none, and times and durations it could read
 * and we could not. A number is taken only if it is in the text; two values for one slot are a conflict.
 */
export function withSlots(filled: Filled, takes: readonly Slot[], marked: Marked, said: Recognized['slots']): Filled {
  if (!said) return filled;
  const { slots, conflict } = withSizes(filled, takes, marked, said);
  const understood: { slot: 'time' | 'duration'; said: string }[] = [];
  const moment = takes.includes('time') ? momentOf(said, slots.time) : undefined;
  const span = takes.includes('duration') && slots.duration === undefined ? ours(said.duration, isDuration) : undefined;
  for (const [slot, found] of [['time', moment] as const, ['duration', span] as const]) {
    if (!found) continue;
    slots[slot] = found.value;
    understood.push({ slot, said: found.said });
  }
  return {
    ...filled,
    slots,
    ...(conflict.length > 0 ? { conflict } : {}),
    ...(understood.length > 0 ? { understood } : {}),
  };
}

type Said = { said: string; value: string };
type Told = NonNullable<Recognized['slots']>;

function withSizes(
  filled: Filled,
  takes: readonly Slot[],
  marked: Marked,
  said: Told,
): { slots: Slots; conflict: Slot[] } {
  const slots: Slots = { ...filled.slots };
  const conflict = new Set<Slot>(filled.conflict);
  const numbers = countsIn(marked);
  const isOpen = sizes.every((slot) => filled.slots[slot] === undefined) && conflict.size === 0;
  for (const slot of sizes) {
    const value = said[slot] && Number(said[slot].value);
    if (value === undefined || !takes.includes(slot) || !numbers.includes(value)) continue;
    if (isOpen) slots[slot] = value;
    else if (typeof filled.slots[slot] === 'number' && filled.slots[slot] !== value) conflict.add(slot);
  }
  return { slots, conflict: [...conflict] };
}

/** Whole numbers that could be a count: no ticket (#4), no part of something, no percentage. */
function countsIn({ text, marks }: Marked): number[] {
  const found = [...text.matchAll(/(?<![#/.])\uE000N(\d+)\uE001(?![%/])/g)].map(([, index]) => marks[Number(index)]);
  return found.flatMap((mark) => (mark?.kind === 'number' && Number.isSafeInteger(mark.value) ? [mark.value] : []));
}

const isDuration = /^P(?!$)(?:\d+[WD])?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;
const isDay = /^\d{4}-\d\d-\d\d$/;
const isTime = /^\d\d:\d\d$/;

/** Day and time of day as one; what we read ourselves stays. */
function momentOf(said: Told, known: string | undefined): Said | undefined {
  const day = ours(said.day, isDay);
  const time = ours(said.time, isTime);
  if (known !== undefined) return day && isTime.test(known) ? { ...day, value: `${day.value}T${known}` } : undefined;
  if (day && time) return { said: `${day.said} ${time.said}`, value: `${day.value}T${time.value}` };
  return day ?? time;
}

/** A value in a form we know, for words that our grammar had left as they were: a bare number or a neutral word is none. */
function ours(it: Said | undefined, form: RegExp): Said | undefined {
  const isWord = it !== undefined && /\p{L}/u.test(it.said);
  return isWord && form.test(it.value) && !neutral.includes(it.said.trim().toLowerCase()) ? it : undefined;
}

const neutral: readonly string[] = Object.values(placeholders);
