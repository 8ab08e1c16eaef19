// The recognizer that needs no cloud: trained on the locale's own sentences when it is first asked.
import { expand, parseTemplate, sample } from '../../intents/template.ts';
import { catalog, type Intent, type Locale, type Slot } from '../../intents/catalog.ts';
import type { Wording } from '../../intents/index.ts';
import { placeholders } from '../../intents/slots.ts';
import type { Sentences } from '../../intents/sentences.ts';
import type { Recognizer } from '../core/ports.ts';
import { featuresOf, normalise } from './features.ts';
import { seeded, train, type Model, type Sample } from './regression.ts';

/** Below this an intent is only a guess: the meaning Lex gives its own threshold. */
export const threshold = 0.4;

const epochs = 24;
const perTemplate = 10;
const folds = 4;
const labels = [...(Object.keys(catalog) as Intent[]), '~none'] as const;
const none = labels.length - 1;

type Row = { text: string; label: number; group: number };
type Trained = { model: Model; exact: ReadonlyMap<string, Intent>; floor: number };

/** A recognizer made from the sentences themselves. Same sentences, same scores. */
export function embedded(options: { intents: Wording }): Recognizer {
  const trained = new Map<Locale, Trained>();
  return {
    async recognize(text, locale) {
      const sentences = options.intents.sentences[locale];
      if (!sentences) return [];
      let it = trained.get(locale);
      if (!it) trained.set(locale, (it = learn(sentences)));
      return rank(text, it);
    },
  };
}

function rank(text: string, { model, exact, floor }: Trained): { intent: Intent; confidence: number }[] {
  const normal = normalise(text);
  if (normal === '') return [];
  const known = exact.get(squeeze(normal));
  const vector = model.vectorize(featuresOf(normal));
  const scores = model.score(vector);
  const trust = Math.sqrt(vector.coverage);
  const isNone = scores.every((score) => score <= scores[none]!);
  const ranked = (Object.keys(catalog) as Intent[]).map((intent, label) => {
    if (intent === known) return { intent, confidence: 1 };
    const confidence = scaled(scores[label]! * trust, floor);
    return { intent, confidence: known || isNone ? Math.min(confidence, threshold * 0.6) : confidence };
  });
  return ranked
    .filter((it) => it.confidence >= 0.05)
    .toSorted((a, b) => b.confidence - a.confidence)
    .slice(0, 5);
}

/** Moves the floor that cross-validation found onto the threshold. */
function scaled(score: number, floor: number): number {
  const value =
    score <= floor ? (score / floor) * threshold : threshold + ((score - floor) / (1 - floor)) * (1 - threshold);
  return Math.round(value * 1000) / 1000;
}

function learn(sentences: Sentences): Trained {
  const { rows, exact } = rowsOf(sentences);
  const samples = rows.map((row): Sample => ({ features: featuresOf(row.text), label: row.label }));
  return { model: train(samples, labels.length, epochs), exact, floor: floorOf(rows, samples) };
}

/** The score that nine in ten sentences reach which were kept out of training and recognised. */
function floorOf(rows: readonly Row[], samples: readonly Sample[]): number {
  const right: number[] = [];
  for (let fold = 0; fold < folds; fold += 1) {
    const model = train(
      samples.filter((_, at) => rows[at]!.group % folds !== fold),
      labels.length,
      8,
    );
    for (const [at, sample] of samples.entries()) {
      if (rows[at]!.group % folds !== fold || sample.label === none) continue;
      const vector = model.vectorize(sample.features);
      const scores = model.score(vector);
      if (scores.every((score) => score <= scores[sample.label]!))
        right.push(scores[sample.label]! * Math.sqrt(vector.coverage));
    }
  }
  right.sort((a, b) => a - b);
  return Math.min(0.6, Math.max(0.15, right[Math.floor(right.length / 10)] ?? 0.4));
}

function rowsOf(sentences: Sentences): { rows: Row[]; exact: Map<string, Intent> } {
  const exact = new Map<string, Intent>();
  const rows: Row[] = [];
  let group = 0;
  const random = seeded(1);
  const filler = (slot: string): string => placeholders[slot as Slot] ?? '';
  const add = (text: string, label: number): void => {
    const template = parseTemplate(text, sentences.rules);
    const intent = labels[label]!;
    if (intent !== '~none') {
      for (const it of expand(template, filler).map((one) => squeeze(normalise(one))))
        if (!exact.has(it)) exact.set(it, intent);
    }
    const drawn = sample(template, filler, perTemplate, random).map(normalise);
    for (const it of drawn) if (it !== '') rows.push({ text: it, label, group });
    if (sentences.joined)
      for (const it of drawn.slice(0, 2))
        if (it.includes(' ')) rows.push({ text: it.replaceAll(' ', ''), label, group });
    group += 1;
  };
  for (const [label, intent] of labels.entries()) {
    for (const text of intent === '~none' ? sentences.negatives : sentences.intents[intent]) add(text, label);
  }
  return { rows, exact };
}

function squeeze(normal: string): string {
  return normal.replaceAll(/[\s?]/g, '');
}
