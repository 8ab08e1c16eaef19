// Why, in the person's own words: said along with a change, or given when asked, when any text is one but a plain command.
import { catalog, type Intent, type Slot } from '../../intents/catalog.ts';
import { shortened } from './clause.ts';
import { clean } from './clean.ts';
import type { Scored } from './embedded.ts';
import type { Filled } from './fill.ts';
import type { Lexicon } from './lexicon.ts';
import { marksIn, plain, type Marked } from './marks.ts';
import { timeIn } from './times.ts';

/**
 * A reason said along with a request. `whole`: the text with it. `duration`, `time`: said at either end of it, and about
 * what is asked. `isLoose`: nothing but its place makes it one.
 */
export type Why = { reason: string; whole: Marked; isLoose: boolean; duration?: string; time?: string };

/** What a reason says; nothing where it is only a time, or words around one. */
export function whyOf(marked: Marked, about: { whole: Marked; lexicon: Lexicon; isLoose: boolean }): Why | undefined {
  const { whole, lexicon, isLoose } = about;
  const edges = edgesOf(marked, lexicon);
  const said = (marked.text.match(edges) ?? []).join(' ');
  const edge = { text: said, marks: marked.marks };
  const reason = plain({ text: marked.text.replaceAll(edges, ' '), marks: marked.marks }).trim();
  const words = reason.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const { common, fillers } = lexicon.sentences;
  // Beside a time, everyday words say nothing more: "for the next 2 hours".
  const empty = said === '' ? fillers : [...common, ...fillers];
  const isSaid = words.some((it) => !empty.includes(it));
  if (words.length === 0 || (!isSaid && (isLoose || said !== ''))) return undefined;
  // "lock api-prod: worker-prod too" is no reason.
  const [first] = /^ *\uE000[TX](?=(\d+))/.exec(marked.text)?.slice(1) ?? [];
  const mark = marked.marks[Number(first)];
  if (isLoose && mark && (mark.kind !== 'name' || mark.shaped)) return undefined;
  const [duration] = marksIn(edge, 'duration');
  const time = /\uE000[MD]/.test(said) ? timeIn({ text: said, marks: marked.marks }) : undefined;
  return {
    reason: shortened(reason),
    whole,
    isLoose,
    ...(duration ? { duration: duration.value } : {}),
    ...(time === undefined ? {} : { time }),
  };
}

/** How long or until when, at the beginning or the end. A weekday alone is none: Black Friday. */
function edgesOf({ marks }: Marked, { until, sentences }: Lexicon): RegExp {
  const ahead = marks.flatMap((mark, index) => (mark.kind === 'day' && mark.value.startsWith('+') ? [index] : []));
  const day = String.raw`\uE000D\d+\uE001`;
  const moment = String.raw`(?:(?:${day} ?)?\uE000[LM]\d+\uE001(?: ?${day})?|\uE000D(?:${ahead.join('|') || '(?!)'})\uE001)`;
  const small = sentences.fillers.filter((it) => it !== '').join('|') || '(?!)';
  return new RegExp(
    `^ *${moment}(?: *(?:${small}) )?|(?:(?:${until.source})|(?: (?:${small}))? *${moment})[ .!]*$`,
    'giu',
  );
}

/** What a request fills, with its reason; a time said at the end of the reason is the request's. */
export function withReason(intent: Intent, filled: Filled, why: Why | undefined): Filled {
  if (!why) return filled;
  const takes = (slot: Slot): boolean => (catalog[intent].slots as readonly Slot[]).includes(slot);
  const slots = { ...filled.slots };
  if (takes('reason')) slots.reason = why.reason;
  const isTimed = slots.duration !== undefined || slots.time !== undefined;
  if (!isTimed && takes('duration') && why.duration !== undefined) slots.duration = why.duration;
  if (!isTimed && takes('time') && why.time !== undefined) slots.time = why.time;
  const isLater = catalog[intent].risk === 'change' && !takes('time') && (why.time?.includes('-') ?? false);
  return {
    ...filled,
    slots,
    ...(isLater ? { conflict: [...(filled.conflict ?? []), 'time'] } : {}),
  };
}

/** The reason a text gives when it was asked for; nothing where the person says something else: word for word a command, or to leave it. */
export function reasonIn(raw: string, best: Scored | undefined, isTerse: boolean): string | undefined {
  const text = clean(raw);
  if (text === '' || isTerse || text.endsWith('?')) return undefined;
  if (best?.confidence === 1) return undefined;
  return best?.intent === 'Cancel' && best.confidence >= 0.75 ? undefined : shortened(text);
}
