// Two recognizers over one text: the embedded one always reads, the one in the cloud is asked beside it, once.
import type { Slot, Slots } from '../../intents/catalog.ts';
import { placeholders } from '../../intents/slots.ts';
import type { Recognized, Recognizer } from '../core/ports.ts';
import type { Awaiting } from './awaited.ts';
import type { Scored } from './embedded.ts';
import type { Filled } from './fill.ts';
import { isChange } from './guard.ts';
import { marksIn, type Marked } from './marks.ts';

/** Under this an intent is only a guess, in every engine. */
export const threshold = 0.4;
/** What two engines disagree about is offered, not done. */
const offered = 0.39;

export type Opinion = { ranked: readonly Scored[]; slots?: Recognized['slots'] };

/** Asks the cloud recognizer about what the embedded one does not know by heart. `failed` is told when it does not answer. */
export async function secondOpinion(
  cloud: Recognizer,
  text: string,
  locale: string,
  own: readonly Scored[],
  awaiting: Awaiting | undefined,
  failed: (error: unknown) => void,
): Promise<Opinion> {
  if (text === '' || own[0]?.confidence === 1) return { ranked: own };
  try {
    return agreed(own, await cloud.recognize(text, locale, awaiting));
  } catch (error) {
    failed(error);
    return { ranked: own };
  }
}

/** One ranking of two. Where they differ and either means a change, all of it is only a guess. */
function agreed(own: readonly Scored[], other: readonly Recognized[]): Opinion {
  const [mine] = own;
  const [theirs] = other;
  const known = mine && mine.confidence >= threshold ? mine : undefined;
  if (!theirs) return { ranked: known && isChange(known.intent) ? own.map(asGuess) : own };
  const scored: Scored[] = other.map((it) => ({
    intent: it.intent,
    confidence: it.confidence ?? own.find(({ intent }) => intent === it.intent)?.confidence ?? threshold,
  }));
  const slots = theirs.slots === undefined ? {} : { slots: theirs.slots };
  if (mine?.intent === theirs.intent) {
    const confidence = Math.max(mine.confidence, theirs.confidence ?? 0);
    return { ranked: [{ intent: mine.intent, confidence }, ...own.slice(1)], ...slots };
  }
  const all = merged(scored, own);
  if (isChange(theirs.intent) || (known && isChange(known.intent))) return { ranked: all.map(asGuess) };
  const isTheirs = (scored[0]?.confidence ?? 0) > (mine?.confidence ?? 0);
  return isTheirs ? { ranked: all, ...slots } : { ranked: own };
}

function asGuess(it: Scored): Scored {
  return { ...it, confidence: Math.min(it.confidence, offered) };
}

/** The best of each, in turn. */
function merged(first: readonly Scored[], second: readonly Scored[]): Scored[] {
  const found = new Map<string, Scored>();
  for (let at = 0; at < Math.max(first.length, second.length); at += 1)
    for (const it of [first[at], second[at]]) if (it && !found.has(it.intent)) found.set(it.intent, it);
  return [...found.values()].slice(0, 5);
}

const sizes = ['min', 'max', 'count'] as const;

/**
 * What the cloud recognizer adds: roles of numbers where our grammar found none, and times and durations it could read
 * and we could not. A number is taken only if it is in the text; two values for one slot are a conflict.
 */
export function withSlots(filled: Filled, takes: readonly Slot[], marked: Marked, said: Recognized['slots']): Filled {
  if (!said) return filled;
  const slots: Slots = { ...filled.slots };
  const conflict = new Set(filled.conflict);
  const understood: { slot: Slot; said: string }[] = [];
  const numbers = marksIn(marked, 'number').map((mark) => mark.value);
  const isOpen = sizes.every((slot) => filled.slots[slot] === undefined) && conflict.size === 0;
  for (const slot of sizes) {
    const value = Number(said[slot]?.value);
    if (!takes.includes(slot) || !numbers.includes(value)) continue;
    if (isOpen) slots[slot] = value;
    else if (typeof filled.slots[slot] === 'number' && filled.slots[slot] !== value) conflict.add(slot);
  }
  const moment = takes.includes('time') ? momentOf(said, slots.time) : undefined;
  if (moment) {
    slots.time = moment.value;
    understood.push({ slot: 'time', said: moment.said });
  }
  const { duration } = said;
  if (takes.includes('duration') && slots.duration === undefined && duration && isOurs(duration, isDuration)) {
    slots.duration = duration.value;
    understood.push({ slot: 'duration', said: duration.said });
  }
  return {
    ...filled,
    slots,
    ...(conflict.size > 0 ? { conflict: [...conflict] } : {}),
    ...(understood.length > 0 ? { understood } : {}),
  };
}

type Said = { said: string; value: string };
const isDuration = /^P(?!$)(?:\d+[WD])?(?:T(?=\d)(?:\d+H)?(?:\d+M)?(?:\d+S)?)?$/;

/** Day and time of day as one; what we read ourselves stays. */
function momentOf(said: NonNullable<Recognized['slots']>, ours: string | undefined): Said | undefined {
  const day = said.day && isOurs(said.day, /^\d{4}-\d\d-\d\d$/) ? said.day : undefined;
  const time = said.time && isOurs(said.time, /^\d\d:\d\d$/) ? said.time : undefined;
  if (ours !== undefined) {
    return day && /^\d\d:\d\d$/.test(ours) ? { said: day.said, value: `${day.value}T${ours}` } : undefined;
  }
  if (day && time) return { said: `${day.said} ${time.said}`, value: `${day.value}T${time.value}` };
  return day ?? time;
}

/** A value in a form we know, for words that our grammar had left as they were. */
function isOurs({ said, value }: Said, form: RegExp): boolean {
  return form.test(value) && !(Object.values(placeholders) as string[]).includes(said.toLowerCase());
}
