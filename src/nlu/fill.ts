// From marks to slots: which target, which version, how many, how long, when, and what could not be told apart.
import { catalog, type Intent, type Slot, type Slots } from '../../intents/catalog.ts';
import { languages } from '../../intents/languages.ts';
import type { Reading } from '../core/ports.ts';
import { isChange, lasting } from './guard.ts';
import { amounts, isVague, takesSizes, withSpare } from './amounts.ts';
import type { Names } from './extract.ts';
import type { Lexicon } from './lexicon.ts';
import { marksIn, type Marked } from './marks.ts';
import { percentIn } from './percent.ts';
import { isIn, listed, pair, targetOf } from './targets.ts';
import { timeIn } from './times.ts';

export type Filled = Pick<Reading, 'slots' | 'unknownTarget' | 'conflict' | 'understood' | 'others'>;

/** What may be asked for several targets at once. */
const several: readonly Intent[] = ['Status', 'Scale', 'Restart', 'Lock', 'Unlock'];

/** The slots of an intent that a text fills. */
export function fill(intent: Intent, marked: Marked, lexicon: Lexicon, names: Names): Filled {
  const takes = (slot: Slot): boolean => (catalog[intent].slots as readonly Slot[]).includes(slot);
  const conflict: Slot[] = [];
  const { slots, unknown, others, spare } = named(intent, marked, lexicon, names, conflict);
  const version = takes('version') ? versionOf(marked, lexicon, intent, spare) : { values: [] };
  if (version.values[0] !== undefined) slots.version = version.values[0];
  if (version.values.length > 1) conflict.push('version');
  if (takesSizes(intent)) {
    const sizes = withSpare(amounts(marked, lexicon));
    Object.assign(slots, sizes.slots);
    conflict.push(...sizes.conflict);
    if (sizes.conflict.length === 0 && marksIn(marked, 'number').some(isVague)) conflict.push('duration');
  } else if (takes('count')) {
    const percent = percentIn(marked, lexicon);
    if (percent !== undefined) slots.count = percent;
  }
  conflict.push(...fillTimes(intent, slots, marked, lexicon));
  const filter = takes('filter') ? filterFor(intent, marked, lexicon) : '';
  const isSource =
    intent === 'Promote' && isIn(slots.target ?? '', [filter, ...(lexicon.sentences.stages[filter] ?? [])]);
  if (filter && !isSource) slots.filter = filter;
  const language = takes('language') ? languageOf(marked) : undefined;
  if (language !== undefined) slots.language = language;
  return {
    slots,
    ...(unknown === undefined ? {} : { unknownTarget: unknown }),
    ...(others.length > 0 ? { others } : {}),
    ...(conflict.length > 0 ? { conflict } : {}),
  };
}

type Named = { slots: Slots; unknown?: string | undefined; others: string[]; spare: string[] };

/** Whom it is about: one target, the two of a swap, or a list where the intent takes one. */
function named(intent: Intent, marked: Marked, lexicon: Lexicon, names: Names, conflict: Slot[]): Named {
  const about = targetOf(marked, lexicon, names, intent);
  const { target, unknown, spare } = about;
  if (!(catalog[intent].slots as readonly Slot[]).includes('target')) return { slots: {}, others: [], spare };
  if (intent === 'Swap') {
    const [one, other, third] = pair(marked, lexicon, names);
    if (third !== undefined) conflict.push('target');
    if (other !== undefined) return { slots: { target: one!, other }, others: [], spare };
  }
  const [first, ...others] = several.includes(intent) ? listed(marked, lexicon, names) : [];
  if (first !== undefined && others.length > 0) return { slots: { target: first }, others, spare };
  if (about.several) conflict.push('target');
  return {
    slots: target === undefined ? {} : { target },
    unknown: target === undefined ? unknown : undefined,
    others: [],
    spare,
  };
}

/** Fills how long and when; returns what must be asked about: a time for what is only done at once, an end for what has none. */
function fillTimes(intent: Intent, slots: Slots, marked: Marked, lexicon: Lexicon): Slot[] {
  const takes = (slot: Slot): boolean => (catalog[intent].slots as readonly Slot[]).includes(slot);
  const duration = marksIn(marked, 'duration')[0]?.value;
  if (takes('duration') && duration !== undefined) slots.duration = duration;
  const time = timeIn(marked);
  if (time === undefined || !isChange(intent)) return [];
  if (!takes('time')) return ['time'];
  slots.time = time;
  return !lasting.includes(intent) && marked.text.search(lexicon.until) >= 0 ? ['duration'] : [];
}

function versionOf(marked: Marked, lexicon: Lexicon, intent: Intent, spare: readonly string[]): { values: string[] } {
  const said = [...new Set(marksIn(marked, 'version').map((it) => it.value))];
  // "The previous version on prod" is no version: going back needs none.
  const meant = intent === 'Rollback' ? said.filter((it) => !it.startsWith('@') && it !== 'latest') : said;
  if (meant.length > 0) return { values: meant };
  if (spare.length > 0) return { values: [...spare] };
  if (intent !== 'Deploy') return { values: [] };
  const numbers = marksIn(marked, 'number').filter((it) => it.digits);
  const isSize = Object.keys(amounts(marked, lexicon).slots).length > 0 && amounts(marked, lexicon).spare.length === 0;
  return { values: numbers.length === 1 && (!isSize || marksIn(marked, 'target').length > 0) ? [numbers[0]!.raw] : [] };
}

/** The language named; codes are enough for terse commands. */
function languageOf(marked: Marked): string | undefined {
  const [said] = marksIn(marked, 'language');
  if (said) return said.value;
  const words = marked.text.match(/[a-z]{2}(?:-[a-z]{2})?(?=\s*$)/i)?.[0];
  return words === undefined ? undefined : languages.find((it) => it.toLowerCase() === words.toLowerCase());
}

/** Words that narrow: of a freeze its stage, or all; of a promotion where it goes. */
function filterFor(intent: Intent, marked: Marked, lexicon: Lexicon): string {
  if (intent === 'Promote') return marksIn(marked, 'stage').at(-1)?.value ?? '';
  if (intent !== 'Freeze' && intent !== 'Unfreeze') return filterOf(marked, lexicon);
  const [stage] = marksIn(marked, 'stage');
  const isAll = lexicon.filters.some(({ key, regex }) => key === 'all' && marked.text.search(regex) >= 0);
  return stage?.value ?? (isAll ? 'all' : '');
}

/** Words that narrow a fleet, canonical and in a fixed order; empty for all of it. */
export function filterOf(marked: Marked, lexicon: Lexicon): string {
  // "What runs on staging" has the form of a version, and means the stage.
  const running = marksIn(marked, 'version').flatMap(({ value }) => (/^@[a-z]+$/.test(value) ? [value.slice(1)] : []));
  const stages = [...marksIn(marked, 'stage').map((it) => it.value), ...running];
  const words = lexicon.filters.filter(({ regex }) => marked.text.search(regex) >= 0).map((it) => it.key);
  return [...new Set([...stages, ...words.filter((it) => it !== 'all')])].join(' ');
}
