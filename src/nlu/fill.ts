// From marks to slots: which target, which version, how many, how long, when, and what could not be told apart.
import { catalog, type Intent, type Slot, type Slots } from '../../intents/catalog.ts';
import { languages } from '../../intents/languages.ts';
import { matchNames, partsOf } from '../../intents/slots.ts';
import type { Reading } from '../core/ports.ts';
import { amounts, isVague, takesSizes, withSpare } from './amounts.ts';
import type { Names } from './extract.ts';
import type { Lexicon } from './lexicon.ts';
import { marksIn, type Marked } from './marks.ts';
import { timeIn } from './times.ts';

export type Filled = Pick<Reading, 'slots' | 'unknownTarget' | 'conflict' | 'understood'>;

/** The slots of an intent that a text fills. */
export function fill(intent: Intent, marked: Marked, lexicon: Lexicon, names: Names): Filled {
  const takes = (slot: Slot): boolean => (catalog[intent].slots as readonly Slot[]).includes(slot);
  const slots: Slots = {};
  const conflict: Slot[] = [];
  const about = targetOf(marked, lexicon, names, intent);
  const version = takes('version') ? versionOf(marked, lexicon, intent, about.spare) : { values: [] };
  if (takes('target') && about.target !== undefined) slots.target = about.target;
  if (takes('target') && about.several) conflict.push('target');
  if (version.values[0] !== undefined) slots.version = version.values[0];
  if (version.values.length > 1) conflict.push('version');
  if (takesSizes(intent)) {
    const sizes = withSpare(amounts(marked, lexicon));
    Object.assign(slots, sizes.slots);
    conflict.push(...sizes.conflict);
    if (sizes.conflict.length === 0 && marksIn(marked, 'number').some(isVague)) conflict.push('duration');
  }
  const duration = marksIn(marked, 'duration')[0]?.value;
  if (takes('duration') && duration !== undefined) slots.duration = duration;
  const time = timeIn(marked);
  if (takes('time') && time !== undefined) slots.time = time;
  const filter = filterOf(marked, lexicon);
  if (takes('filter') && filter) slots.filter = filter;
  const language = takes('language') ? languageOf(marked) : undefined;
  if (language !== undefined) slots.language = language;
  const unknown = takes('target') && slots.target === undefined ? about.unknown : undefined;
  return {
    slots,
    ...(unknown === undefined ? {} : { unknownTarget: unknown }),
    ...(conflict.length > 0 ? { conflict } : {}),
  };
}

type About = { target?: string; several: boolean; unknown?: string; spare: string[] };

/** The one target meant. `spare`: words shaped like names that are not it. */
export function targetOf(marked: Marked, lexicon: Lexicon, names: Names, intent?: Intent): About {
  const known = [...new Map(marksIn(marked, 'target').map((it) => [it.names.join('\n'), it])).values()];
  const found = marksIn(marked, 'name');
  const shaped = found.filter((it) => it.shaped);
  const words = [...new Set((shaped.length > 0 ? shaped : found.slice(0, 1)).map((it) => it.raw))];
  if (known.length > 1) {
    const [whole, other] = matchNames(known.map((it) => it.raw).join('-'), names.targets).names;
    if (whole !== undefined && other === undefined) return { target: whole, several: false, spare: words };
  }
  if (known.length > 0) {
    const target = narrowed(known[0]!, marked, lexicon);
    const rest = known.slice(1).filter((it) => !it.names.includes(target) && narrowed(it, marked, lexicon) !== target);
    const sharper =
      rest.length === 1 && known[0]!.names.length > 1
        ? rest[0]!.names.find((it) => known[0]!.names.includes(it))
        : undefined;
    return sharper === undefined
      ? { target, several: rest.length > 0, spare: words }
      : { target: sharper, several: false, spare: words };
  }
  if (words.length === 0) return { several: false, spare: [] };
  const isDeploy = intent === 'Deploy' || intent === 'Rollback';
  const [first, ...others] = words;
  const several =
    names.open && others.length > 0 && (!isDeploy || others.length > 1 || marksIn(marked, 'version').length > 0);
  return names.open ? { target: first!, several, spare: others } : { unknown: first!, several: false, spare: others };
}

/** A name of several, narrowed by a stage said beside it: "checkout in prod". */
function narrowed(mark: { names: string[]; raw: string }, marked: Marked, lexicon: Lexicon): string {
  if (mark.names.length === 1) return mark.names[0]!;
  const stages = marksIn(marked, 'stage').map((it) => [it.value, ...(lexicon.sentences.stages[it.value] ?? [])]);
  const fits = mark.names.filter((name) => stages.some((words) => partsOf(name).some((part) => words.includes(part))));
  return fits.length === 1 ? fits[0]! : mark.raw;
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

/** Words that narrow a fleet, canonical and in a fixed order; empty for all of it. */
export function filterOf(marked: Marked, lexicon: Lexicon): string {
  // "What runs on staging" has the form of a version, and means the stage.
  const running = marksIn(marked, 'version').flatMap(({ value }) => (/^@[a-z]+$/.test(value) ? [value.slice(1)] : []));
  const stages = [...marksIn(marked, 'stage').map((it) => it.value), ...running];
  const words = lexicon.filters.filter(({ regex }) => marked.text.search(regex) >= 0).map((it) => it.key);
  return [...new Set([...stages, ...words.filter((it) => it !== 'all')])].join(' ');
}
