// Texts to labels: what the embedded recognizer knows beyond the sentences it knows by heart.
import { featuresOf } from './features.ts';
import { train, type Sample } from './regression.ts';

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
  return over(samplesOf(rows), labels, epochs);
}

/** The trusted score that nine in ten rows reach which were kept out of training and recognised; those of `none` are left out. */
export function floorOf(rows: readonly Row[], labels: number, none: number): number {
  const samples = samplesOf(rows);
  const right: number[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const isOut = (at: number): boolean => rows[at]!.group % folds === fold;
    const kept = samples.filter((_, at) => !isOut(at));
    const model = over(kept, labels, epochsOfFold);
    for (const [at, row] of rows.entries()) {
      if (!isOut(at) || row.label === none) continue;
      const { scores, trust } = model.classify(row.text);
      if (scores.every((it) => it <= scores[row.label]!)) right.push(scores[row.label]! * trust);
    }
  }
  right.sort((a, b) => a - b);
  return Math.min(0.5, Math.max(0.15, right[Math.floor(right.length / 10)] ?? 0.4));
}

function samplesOf(rows: readonly Row[]): Sample[] {
  return rows.map(({ text, label }) => ({ features: featuresOf(text), label }));
}

function over(samples: readonly Sample[], labels: number, passes: number): Classifier {
  const model = train(samples, labels, passes);
  return {
    classify(text) {
      const vector = model.vectorize(featuresOf(text));
      return { scores: model.score(vector), trust: Math.sqrt(vector.coverage) };
    },
  };
}
