// The recognizer that needs no cloud: trained on the locale's own sentences when it is first asked.
import { draw, parseTemplate, toPattern, type Template } from '../../intents/template.ts';
import { catalog, type Intent, type Locale, type Slot } from '../../intents/catalog.ts';
import type { Wording } from '../../intents/index.ts';
import { placeholders } from '../../intents/slots.ts';
import type { Sentences } from '../../intents/sentences.ts';
import type { Recognized } from '../core/ports.ts';
import { classifier, floorOf, type Classifier, type Row } from './classifier.ts';
import { normalise } from './features.ts';
import { seeded } from './regression.ts';

/** Below this an intent is only a guess: the meaning Lex gives its own threshold. */
export const threshold = 0.4;

const perTemplate = 5;
const labels = [...(Object.keys(catalog) as Intent[]), '~none'] as const;
const none = labels.length - 1;

type Trained = { model: Classifier; exact: readonly { intent: Intent | '~none'; regex: RegExp }[]; floor: number };

/** A recognizer that always gives a confidence, and nothing but the intent. */
export type Embedded = {
  recognize(text: string, locale: Locale): Promise<Scored[]>;
};
export type Scored = Recognized & { confidence: number };

/** A recognizer made from the sentences themselves. Same sentences, same scores. */
export function embedded(options: { intents: Wording }): Embedded {
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

function rank(text: string, { model, exact, floor }: Trained): Scored[] {
  const normal = normalise(text);
  if (normal === '') return [];
  const squeezed = squeeze(normal);
  const known = exact.find((it) => it.regex.test(squeezed))?.intent;
  if (known === '~none') return [];
  const { scores, trust } = model.classify(normal);
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
  return { model: classifier(rows, labels.length), exact, floor: floorOf(rows, labels.length, none) };
}

function rowsOf(sentences: Sentences): { rows: Row[]; exact: Trained['exact'] } {
  const rows: Row[] = [];
  let group = 0;
  const random = seeded(1);
  const add = (text: string, label: number): void => {
    const template = parseTemplate(text, sentences.rules);
    const drawn = draw(template, filler, perTemplate, random).map(normalise);
    for (const it of drawn) if (it !== '') rows.push({ text: it, label, group });
    if (sentences.joined)
      for (const it of drawn.slice(0, 2))
        if (it.includes(' ')) rows.push({ text: it.replaceAll(' ', ''), label, group });
    group += 1;
  };
  for (const [label, intent] of labels.entries()) {
    for (const text of intent === '~none' ? sentences.negatives : sentences.intents[intent]) add(text, label);
  }
  return { rows, exact: exactOf(sentences) };
}

/** Sentences as they stand, with or without spaces; one pattern an intent. */
function exactOf(sentences: Sentences): Trained['exact'] {
  return labels.map((intent) => {
    const options = (intent === '~none' ? sentences.negatives : sentences.intents[intent]).map((text) =>
      toPattern(squeezedTemplate(parseTemplate(text, sentences.rules)), exactFiller, ' ?'),
    );
    return { intent, regex: new RegExp(`^(?:${options.join('|')})$`, 'u') };
  });
}

function squeezedTemplate(template: Template): Template {
  if (template.kind === 'text') return { kind: 'text', text: squeeze(normalise(template.text)) };
  if (template.kind === 'all') return { kind: 'all', parts: template.parts.map(squeezedTemplate) };
  return template.kind === 'one' ? { kind: 'one', options: template.options.map(squeezedTemplate) } : template;
}

function exactFiller(slot: string): string {
  return squeeze(normalise(filler(slot)));
}

function filler(slot: string): string {
  return placeholders[slot as Slot] ?? '';
}

function squeeze(normal: string): string {
  return normal.replaceAll(/[\s?]/g, '');
}
