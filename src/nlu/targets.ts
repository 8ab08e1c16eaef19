// Which targets a text names: the one meant, the two of a swap, or a list.
import type { Intent } from '../../intents/catalog.ts';
import { matchNames, partsOf } from '../../intents/slots.ts';
import type { Names } from './extract.ts';
import type { Lexicon } from './lexicon.ts';
import { marksIn, type Mark, type Marked } from './marks.ts';

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
    const target = narrowed(known[0]!, marked, lexicon, intent);
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

/** A name of several, narrowed by a stage said beside it: "checkout in prod". What is promoted goes to the last one. */
function narrowed(mark: { names: string[]; raw: string }, marked: Marked, lexicon: Lexicon, intent?: Intent): string {
  if (mark.names.length === 1) return mark.names[0]!;
  const stages = marksIn(marked, 'stage').map((it) => [it.value, ...(lexicon.sentences.stages[it.value] ?? [])]);
  // One stage alone may be where it comes from or where it goes: asked.
  const from = intent === 'Promote' ? stages.slice(0, -1) : stages;
  const fits = mark.names.filter((name) => from.some((words) => isIn(name, words)));
  return fits.length === 1 ? fits[0]! : mark.raw;
}

/** Whether a name tells that it is in a stage. */
export function isIn(name: string, stage: readonly string[]): boolean {
  return partsOf(name).some((part) => stage.includes(part));
}

/** The two sides of a swap in their order, and more where more are named. */
export function pair(marked: Marked, lexicon: Lexicon, names: Names): string[] {
  const found = inOrder(marked, names);
  const [only, second] = found;
  // "Swap the two checkouts": a name of just two.
  if (only?.kind === 'target' && second === undefined && only.names.length === 2) return only.names;
  return [...new Set(found.map((mark) => nameOf(mark, marked, lexicon)))];
}

/** Names with nothing but "and" or a comma between them, as they were called; none where it is no list or one of them could be several. */
export function listed(marked: Marked, lexicon: Lexicon, names: Names): string[] {
  const between = marked.text.split(/\uE000[TX]\d+\uE001/).slice(1, -1);
  if (between.length === 0 || !between.every((text) => lexicon.joiner.test(text))) return [];
  const found = inOrder(marked, names);
  if (found.length !== between.length + 1) return [];
  const called = found.map((mark) => nameOf(mark, marked, lexicon));
  const isClear = found.every((mark, at) => mark.kind !== 'target' || mark.names.includes(called[at]!));
  return isClear ? [...new Set(called)] : [];
}

type NameMark = Extract<Mark, { kind: 'target' | 'name' }>;

/** Names in the order they are said; what is only shaped like one counts beside a known one. */
function inOrder(marked: Marked, names: Names): NameMark[] {
  const all = [...marked.text.matchAll(/\uE000[TX](\d+)\uE001/g)].map(
    ([, index]) => marked.marks[Number(index)] as NameMark,
  );
  const shaped = all.filter((it) => it.kind === 'target' || it.shaped);
  return names.open || shaped.some((it) => it.kind === 'target') ? shaped : [];
}

function nameOf(mark: NameMark, marked: Marked, lexicon: Lexicon): string {
  return mark.kind === 'name' ? mark.raw : narrowed(mark, marked, lexicon);
}
