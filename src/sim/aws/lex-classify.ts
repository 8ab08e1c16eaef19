// Which intents a text is nearest to: the cosine between its words and letters and those of every sample utterance.
import { align, type Fits } from './lex-align.ts';
import { maskSlots, maskValues, type Mask } from './lex-masks.ts';
import { grams, tokens, type Token } from './lex-tokens.ts';
import type { LexLocale } from './lex-types.ts';

type Sample = { intent: string; tokens: Token[]; weight: number };
type Index = {
  mask: Mask;
  samples: Sample[];
  postings: Map<string, { sample: number; weight: number }[]>;
  rarity: Map<string, number>;
};

/** `score` is 0..1, 1 when the text is an utterance; `filled`: what its slots took then. */
export type Ranked = { intent: string; score: number; utterance: Token[]; filled: Record<string, string> };

const indexes = new WeakMap<LexLocale, Index>();
const looked = 40;

/** The intents by their nearest utterance, best first; those with nothing in common are left out. */
export function classify(locale: LexLocale, text: string, fits: (intent: string) => Fits): Ranked[] {
  const index = indexes.get(locale) ?? build(locale);
  indexes.set(locale, index);
  const said = tokens(text);
  const near = nearest(index, said);
  const best = new Map<string, Ranked>();
  for (const [place, { sample, score }] of near.entries()) {
    const aligned = place < looked ? align(sample.tokens, said, text, fits(sample.intent)) : undefined;
    const known = best.get(sample.intent);
    const filled = aligned?.filled ?? {};
    // Words nobody knows are no sign of this sentence, wherever they stand.
    const exact = aligned ? Math.sqrt(1 - aligned.open / said.length) : 0;
    const found = { intent: sample.intent, utterance: sample.tokens, filled, score: Math.max(score, exact) };
    if (!known || found.score > known.score) best.set(sample.intent, found);
  }
  return [...best.values()].toSorted((a, b) => b.score - a.score || (a.intent < b.intent ? -1 : 1));
}

function nearest(
  { mask, samples, postings, rarity }: Index,
  said: readonly Token[],
): { sample: Sample; score: number }[] {
  const asked = weigh(grams(mask(said)), rarity);
  const length = norm(asked);
  const dots = new Map<number, number>();
  for (const [gram, weight] of asked) {
    for (const hit of postings.get(gram) ?? []) dots.set(hit.sample, (dots.get(hit.sample) ?? 0) + weight * hit.weight);
  }
  return [...dots]
    .flatMap(([at, dot]) => {
      const sample = samples[at];
      return sample ? [{ sample, score: Math.min(0.99, dot / (length * sample.weight || 1)) }] : [];
    })
    .toSorted((a, b) => b.score - a.score);
}

function build(locale: LexLocale): Index {
  const cut = locale.intents.flatMap((intent) =>
    intent.utterances.map((it) => ({ intent, tokens: tokens(it), masked: maskSlots(intent)(tokens(it)) })),
  );
  const counts = new Map<string, number>();
  const all = cut.map((it) => grams(it.masked));
  for (const one of all) for (const gram of new Set(one)) counts.set(gram, (counts.get(gram) ?? 0) + 1);
  const rarity = new Map([...counts].map(([gram, count]) => [gram, Math.log(1 + cut.length / count)]));
  const postings = new Map<string, { sample: number; weight: number }[]>();
  const samples = cut.map((it, sample) => {
    const weights = weigh(all[sample] ?? [], rarity);
    for (const [gram, weight] of weights) {
      const known = postings.get(gram);
      if (known) known.push({ sample, weight });
      else postings.set(gram, [{ sample, weight }]);
    }
    return { intent: it.intent.name, tokens: it.tokens, weight: norm(weights) };
  });
  return { mask: maskValues(locale), samples, postings, rarity };
}

/** Words weigh more than letter groups; what no utterance has weighs half of the rarest. */
function weigh(found: readonly string[], rarity: Map<string, number>): Map<string, number> {
  const unseen = Math.log(1 + rarity.size) / 2;
  const weights = new Map<string, number>();
  for (const gram of found) weights.set(gram, (rarity.get(gram) ?? unseen) * (gram.startsWith('c:') ? 0.4 : 1));
  return weights;
}

function norm(weights: Map<string, number>): number {
  return Math.hypot(...weights.values());
}
