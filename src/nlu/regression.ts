// Softmax logistic regression over sparse TF-IDF vectors, trained by seeded stochastic gradient descent: same data, same weights.

export type Sample = { features: readonly string[]; label: number };
export type Vector = { ids: Int32Array; values: Float64Array; coverage: number };
export type Model = {
  labels: number;
  vectorize(features: readonly string[]): Vector;
  /** Probability of each label. */
  score(vector: Vector): Float64Array;
};

/** Fits a model. `epochs` passes over the samples in an order drawn from a fixed seed. */
export function train(samples: readonly Sample[], labels: number, epochs: number): Model {
  const { index, weights: idf } = inverseFrequency(samples);
  const vectorize = (features: readonly string[]): Vector => toVector(features, index, idf);
  const vectors = samples.map((sample) => vectorize(sample.features));
  const weights = new Float64Array((index.size + 1) * labels);
  descend(vectors, samples, labels, epochs, weights, index.size);
  return { labels, vectorize, score: (vector) => softmax(vector, weights, labels, index.size) };
}

function inverseFrequency(samples: readonly Sample[]): { index: Map<string, number>; weights: Float64Array } {
  const index = new Map<string, number>();
  const counts: number[] = [];
  for (const { features } of samples) {
    for (const feature of new Set(features)) {
      const id = index.get(feature) ?? index.set(feature, index.size).size - 1;
      counts[id] = (counts[id] ?? 0) + 1;
    }
  }
  return { index, weights: Float64Array.from(counts, (count) => Math.log((1 + samples.length) / (1 + count)) + 1) };
}

function toVector(features: readonly string[], index: ReadonlyMap<string, number>, idf: Float64Array): Vector {
  const counts = new Map<number, number>();
  let known = 0;
  for (const feature of features) {
    const id = index.get(feature);
    if (id === undefined) continue;
    known += 1;
    counts.set(id, (counts.get(id) ?? 0) + 1);
  }
  const ids = Int32Array.from(counts.keys());
  const values = Float64Array.from(counts, ([id, count]) => (1 + Math.log(count)) * idf[id]!);
  const norm = Math.sqrt(values.reduce((sum, it) => sum + it * it, 0)) || 1;
  for (let at = 0; at < values.length; at += 1) values[at]! /= norm;
  return { ids, values, coverage: features.length === 0 ? 0 : known / features.length };
}

function softmax(vector: Vector, weights: Float64Array, labels: number, bias: number): Float64Array {
  const scores = weights.slice(bias * labels, (bias + 1) * labels);
  for (let at = 0; at < vector.ids.length; at += 1) {
    const row = vector.ids[at]! * labels;
    const value = vector.values[at]!;
    for (let label = 0; label < labels; label += 1) scores[label]! += weights[row + label]! * value;
  }
  let top = Number.NEGATIVE_INFINITY;
  for (const score of scores) top = Math.max(top, score);
  let sum = 0;
  for (let label = 0; label < labels; label += 1) sum += scores[label] = Math.exp(scores[label]! - top);
  for (let label = 0; label < labels; label += 1) scores[label]! /= sum;
  return scores;
}

function descend(
  vectors: readonly Vector[],
  samples: readonly Sample[],
  labels: number,
  epochs: number,
  weights: Float64Array,
  bias: number,
): void {
  const order = vectors.map((_, index) => index);
  const random = seeded(20261123);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const rate = 6 / (1 + epoch * 0.25);
    for (const at of order) {
      const vector = vectors[at]!;
      const slope = softmax(vector, weights, labels, bias);
      slope[samples[at]!.label]! -= 1;
      for (let label = 0; label < labels; label += 1) {
        const step = rate * slope[label]!;
        if (step < 0.01 && step > -0.01) continue;
        weights[bias * labels + label]! -= 0.1 * step;
        for (let i = 0; i < vector.ids.length; i += 1)
          weights[vector.ids[i]! * labels + label]! -= step * vector.values[i]!;
      }
    }
  }
}

function shuffle(order: number[], random: () => number): void {
  for (let at = order.length - 1; at > 0; at -= 1) {
    const other = Math.floor(random() * (at + 1));
    [order[at], order[other]] = [order[other]!, order[at]!];
  }
}

/** Numbers from 0 to 1, always the same ones for a seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}
