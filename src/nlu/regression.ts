// Softmax logistic regression over sparse TF-IDF vectors, trained by seeded stochastic gradient descent: same data, same weights.

/** A text's features as ids of a lexicon shared by all samples, each once, with how often it is there. */
export type Sample = { ids: Int32Array; counts: Float64Array; label: number };
export type Vector = { ids: Int32Array; values: Float64Array; coverage: number };
export type Model = {
  /** Probability of each label, and the share of the features that were seen in training. */
  score(sample: Pick<Sample, 'ids' | 'counts'>): { scores: Float64Array; coverage: number };
};

/** Numbers features in the order they are first seen; with `grows` false an unknown one has the id -1. */
export function featureIds(): (features: readonly string[], grows: boolean) => Pick<Sample, 'ids' | 'counts'> {
  const known = new Map<string, number>();
  return (features, grows) => {
    const counts = new Map<number, number>();
    for (const feature of features) {
      let id = known.get(feature) ?? -1;
      if (id < 0 && grows) known.set(feature, (id = known.size));
      counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return { ids: Int32Array.from(counts.keys()), counts: Float64Array.from(counts.values()) };
  };
}

/** Fits a model. `features`: how many ids there are; `epochs`: passes over the samples in an order drawn from a fixed seed. */
export function train(samples: readonly Sample[], features: number, labels: number, epochs: number): Model {
  const idf = inverseFrequency(samples, features);
  const vectors = samples.map((sample) => toVector(sample, idf));
  const weights = new Float64Array((features + 1) * labels);
  descend(vectors, samples, labels, epochs, weights, features);
  return {
    score(sample) {
      const vector = toVector(sample, idf);
      return { scores: softmax(vector, weights, labels, features), coverage: vector.coverage };
    },
  };
}

/** Zero for features that no sample has. */
function inverseFrequency(samples: readonly Sample[], features: number): Float64Array {
  const counts = new Int32Array(features);
  for (const { ids } of samples) for (const id of ids) counts[id]! += 1;
  return Float64Array.from(counts, (count) => (count === 0 ? 0 : Math.log((1 + samples.length) / (1 + count)) + 1));
}

function toVector({ ids, counts }: Pick<Sample, 'ids' | 'counts'>, idf: Float64Array): Vector {
  const found = new Int32Array(ids.length);
  const values = new Float64Array(ids.length);
  let [size, known, all, sum] = [0, 0, 0, 0];
  for (let at = 0; at < ids.length; at += 1) {
    const [id, count] = [ids[at]!, counts[at]!];
    const rarity = id < 0 ? 0 : idf[id]!;
    all += count;
    if (rarity === 0) continue;
    known += count;
    const value = (1 + Math.log(count)) * rarity;
    found[size] = id;
    values[size] = value;
    sum += value * value;
    size += 1;
  }
  const norm = Math.sqrt(sum) || 1;
  for (let at = 0; at < size; at += 1) values[at]! /= norm;
  return { ids: found.subarray(0, size), values: values.subarray(0, size), coverage: all === 0 ? 0 : known / all };
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
  const touched = new Int32Array(labels);
  const steps = new Float64Array(labels);
  for (let epoch = 0; epoch < epochs; epoch += 1) {
    shuffle(order, random);
    const rate = 6 / (1 + epoch * 0.25);
    for (const at of order) {
      const vector = vectors[at]!;
      const slope = softmax(vector, weights, labels, bias);
      slope[samples[at]!.label]! -= 1;
      // What is hardly wrong is left alone; in the others the weights of one feature lie side by side.
      let moved = 0;
      for (let label = 0; label < labels; label += 1) {
        const step = rate * slope[label]!;
        if (step < 0.01 && step > -0.01) continue;
        touched[moved] = label;
        steps[moved] = step;
        moved += 1;
        weights[bias * labels + label]! -= 0.1 * step;
      }
      for (let i = 0; i < vector.ids.length; i += 1) {
        const row = vector.ids[i]! * labels;
        const value = vector.values[i]!;
        for (let step = 0; step < moved; step += 1) weights[row + touched[step]!]! -= steps[step]! * value;
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
