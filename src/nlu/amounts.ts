// Which number is the minimum, which the maximum, which a count, and which are relative to what is there.
import type { Amount, Intent, Slots } from '../../intents/catalog.ts';
import type { Lexicon } from './lexicon.ts';
import { marksOf, type Mark, type Marked, type Pattern } from './marks.ts';

type SizeSlot = 'min' | 'max' | 'count';
export type Sizes = { slots: Pick<Slots, SizeSlot>; conflict: SizeSlot[]; spare: number[] };

/** Numbers by their roles; the first template that fits a number takes it. `spare`: digits no template took. */
export function amounts(marked: Marked, lexicon: Lexicon): Sizes {
  const slots: Pick<Slots, SizeSlot> = {};
  const conflict = new Set<SizeSlot>();
  // "50 percent" is 50%.
  let text = marked.text.replaceAll(lexicon.share, (_, index: string) => `\uE000N${index}\uE001%`);
  const take = ({ key, regex }: Pattern): void => {
    text = text.replaceAll(regex, (...args: unknown[]) => {
      const groups = (args.at(-1) ?? {}) as Record<string, string | undefined>;
      const found = marksOf(groups, marked.marks);
      for (const [slot, amount] of meant(key, found)) {
        if (Object.values(found).some(isVague)) conflict.add(slot);
        if (slots[slot] !== undefined && slots[slot] !== amount) conflict.add(slot);
        else slots[slot] = amount;
      }
      // Names inside a template stay, so that later templates can refer to them.
      return ` ${taken}${(String(args[0]).match(/\uE000[TXS]\d+\uE001/g) ?? []).join(' ')}${taken} `;
    });
  };
  // A percentage is never a number of instances.
  lexicon.amounts.filter(isShare).forEach(take);
  text = text.replaceAll(lexicon.share, ` ${share} `);
  lexicon.amounts.filter((it) => !isShare(it)).forEach(take);
  if (isOpen(text)) conflict.add('count');
  const left = [...text.matchAll(/(?<![#/.])\uE000N(\d+)\uE001(?!%)/g)].map(
    ([, index]) => marked.marks[Number(index)]!,
  );
  const spare = left.flatMap((mark) => (mark.kind === 'number' && mark.digits ? [mark.value] : []));
  return { slots, conflict: [...conflict], spare };
}

const taken = '\uE002';
const share = '\uE003';

function isShare({ key }: Pattern): boolean {
  return key.includes('%');
}

/** A percentage that no template took, and that is not said apart from the sizes: "cpu is at 90 %, make it 8". */
function isOpen(text: string): boolean {
  const parts = text.split(/[,;.!。、]/);
  return parts.some((part) => part.includes(share) && (part.includes(taken) || !text.includes(taken)));
}

/** "Two or three" said in one word: its value lies between the two, and nobody can act on that. */
export function isVague(mark: Mark | undefined): boolean {
  return mark?.kind === 'number' && !Number.isInteger(mark.value) && !/\d/.test(mark.raw);
}

/** `min {a} max +{b}` with the numbers put in; `={a}` is the number below zero itself, `-{a}` so many fewer. */
function meant(key: string, found: ReturnType<typeof marksOf>): [SizeSlot, Amount][] {
  return [...key.matchAll(/(min|max|count) (\S+)/g)].map(([, slot, form]) => [
    slot as SizeSlot,
    toAmount(form!, found),
  ]);
}

function toAmount(form: string, found: ReturnType<typeof marksOf>): Amount {
  const values = form.replaceAll(/\{([ab])\}/g, (_, name: string) => {
    const mark = found[name];
    if (mark?.kind !== 'number') return '0';
    return String(isVague(mark) ? Math.floor(mark.value) : mark.value);
  });
  const percent = /^x([+-]?)(.*)%$/.exec(values);
  if (percent) return `x${(percent[1] ? 1 : 0) + Number(`${percent[1]}${percent[2]}`) / 100}`;
  if (values.startsWith('=')) return -Number(values.slice(1));
  return /^[+x-]/.test(values) ? (values as Amount) : Number(values);
}

/** Spare numbers given roles by their order: `4 12` is min and max, one number what is still open. */
export function withSpare(sizes: Sizes): Sizes {
  const [first, second, third] = sizes.spare;
  const { min, max, count } = sizes.slots;
  if (first === undefined) return sizes;
  if (third !== undefined || (second !== undefined && (min ?? max ?? count) !== undefined)) {
    return { ...sizes, conflict: [...sizes.conflict, 'count'] };
  }
  if (second !== undefined) return { ...sizes, slots: { min: first, max: second }, spare: [] };
  if (count !== undefined || (min !== undefined && max !== undefined)) {
    return first === count ? sizes : { ...sizes, conflict: [...sizes.conflict, 'count'] };
  }
  const slot: SizeSlot = max !== undefined ? 'min' : min !== undefined ? 'max' : 'count';
  return { ...sizes, slots: { ...sizes.slots, [slot]: first }, spare: [] };
}

/** Whether an intent takes sizes at all. */
export function takesSizes(intent: Intent): boolean {
  return intent === 'Scale';
}
