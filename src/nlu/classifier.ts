// Texts to labels: what the embedded recognizer knows beyond the sentences it knows by heart.
import { featuresOf } from './features.ts';
import { featureIds, train, type Sample } from './regression.ts';

/** A normalised text, the index of its label, and the group of texts that are much like it. */
export type Row = { text: string; label: number; group: number };

export type Classifier = {
  /** Probability of each label, and how much of the text was ever seen before, 0 to 1. */
  classify(text: string): { scores: Float64Array; trust: number };
};

const epochs = 10;
const folds = 3;
const epochsOfFold = 8;

/** Trained on rows. Same rows, same scores. */
export function classifier(rows: readonly Row[], labels: number): Classifier {
  const { samples, sampleOf, features } = samplesOf(rows);
  const model = train(samples, features, labels, epochs);
  return {
    classify(text) {
      const { scores, coverage } = model.score(sampleOf(text));
      return { scores, trust: Math.sqrt(coverage) };
    },
  };
}

/** The trusted score that nine in ten rows reach which were kept out of training and recognised; those of `none` are left out. */
export function floorOf(rows: readonly Row[], labels: number, none: number): number {
  const { samples, features } = samplesOf(rows);
  const right: number[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const isOut = (_: unknown, at: number): boolean => rows[at]!.group % folds === fold;
    const kept = samples.filter((it, at) => !isOut(it, at));
    const model = train(kept, features, labels, epochsOfFold);
    for (const sample of samples.filter(isOut)) {
      if (sample.label === none) continue;
      const { scores, coverage } = model.score(sample);
      const own = scores[sample.label]!;
      if (scores.every((it) => it <= own)) right.push(own * Math.sqrt(coverage));
    }
  }
  right.sort((a, b) => a - b);
  return Math.min(0.5, Math.max(0.15, right[Math.floor(right.length / 10)] ?? 0.4));
}

function samplesOf(rows: readonly Row[]) {
  const idsOf = featureIds();
  const samples = rows.map(({ text, label }): Sample => ({ ...idsOf(featuresOf(text), true), label }));
  const features = samples.reduce((most, { ids }) => Math.max(most, ...ids), -1) + 1;
  return { samples, features, sampleOf: (text: string) => idsOf(featuresOf(text), false) };
}
