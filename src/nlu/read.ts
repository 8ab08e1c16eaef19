// Raw text to intent and slots: cleaning, our own grammar for names and numbers, a recognizer for the intent, guards last.
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import type { Wording } from '../../intents/index.ts';
import type { Clock, Reader, Reading, Recognizer } from '../core/ports.ts';
import { matchNames } from '../../intents/slots.ts';
import { answer, type Awaiting } from './awaited.ts';
import { clean } from './clean.ts';
import { extract, type Names } from './extract.ts';
import { fill, filterOf, targetOf } from './fill.ts';
import { held, helpful, isChange } from './guard.ts';
import { languageOf } from './language.ts';
import { lexicons, vocabulary, type Lexicon } from './lexicon.ts';
import { marksIn, render, type Marked } from './marks.ts';
import { terseIntent, terseWords } from './terse.ts';

export type ReaderOptions = {
  intents: Wording;
  recognizer: Recognizer;
  defaultLocale: Locale;
  clock: Clock;
  /** `any`: whatever is shaped like a name counts as one that exists. */
  names?: 'known' | 'any';
  /** Time zone of days and times, IANA name; the machine's own by default. */
  zone?: string;
};

const threshold = 0.4;
const guess = 0.25;
const sure = 0.75;

type Scored = { intent: Intent; confidence: number };
type Scene = { marked: Marked; lexicon: Lexicon; names: Names; locale: Locale; spoken: Locale };

/** A Reader over a recognizer. It never throws: what cannot be read is understood as nothing. */
export function reader(options: ReaderOptions): Reader {
  const { intents, recognizer, clock } = options;
  const lexiconOf = lexicons(intents);
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  let words: ReturnType<typeof vocabulary> | undefined;

  async function sceneOf(raw: string, context: Parameters<Reader['read']>[1]): Promise<Scene | undefined> {
    const text = clean(raw);
    if (text === '') return undefined;
    const fallback =
      context.language && intents.locales.includes(context.language) ? context.language : options.defaultLocale;
    const spoken = await languageOf(text, intents.locales, fallback);
    const lexicon = lexiconOf(spoken);
    const names: Names = { targets: context.targets, open: options.names === 'any' };
    words ??= vocabulary(intents);
    const marked = extract(text, lexicon, words, names, zone, clock.now());
    const isScript = !/^[\p{ASCII}\p{Script=Latin}]*$/u.test(text);
    return {
      marked,
      lexicon,
      names,
      spoken,
      locale: isScript || isSentence(marked, words) ? spoken : fallbackLocale(context.language, spoken, intents),
    };
  }

  return {
    async read(raw, context) {
      const scene = await sceneOf(raw, context);
      if (!scene) return nothing(context.language ?? options.defaultLocale);
      const answered = context.awaiting && answer(context.awaiting, scene.marked, scene.lexicon, scene.names);
      if (context.awaiting && answered && !(await saysMore(context.awaiting, scene, recognizer))) {
        return { locale: scene.locale, intent: context.awaiting.intent, confidence: 1, guesses: [], ...answered };
      }
      const terse = terseIntent(scene.marked, scene.lexicon);
      if (terse) return understood(scene, [{ intent: terse, confidence: 1 }]);
      const ranked = await rank(scene, recognizer, context.awaiting);
      const reading = understood(scene, ranked);
      return reading.intent ? withSecond(reading, scene, recognizer) : reading;
    },
  };
}

/** Whether an answer to "which target?" says more than a name: another change, or numbers or a version along with it. */
async function saysMore(awaiting: Awaiting, scene: Scene, recognizer: Recognizer): Promise<boolean> {
  if (awaiting.slot !== 'target') return false;
  const [best] = await recognizer.recognize(render(scene.marked).trim(), scene.spoken);
  if (!best || best.confidence < sure || !isChange(best.intent)) return false;
  const { target: _target, ...more } = fill(best.intent, scene.marked, scene.lexicon, scene.names).slots;
  // "The api-prod one" sounds like scaling, but without a number it is none.
  const isOther = best.intent !== awaiting.intent && best.intent !== 'Scale';
  return isOther || Object.keys(more).length > 0;
}

/** Ranks the intents. A word taken for a name only because no language has it must not be what makes the intent. */
async function rank(scene: Scene, recognizer: Recognizer, awaiting: Awaiting | undefined): Promise<readonly Scored[]> {
  const { marked, names, spoken } = scene;
  const guessed = marksIn(marked, 'name').filter((it) => !it.shaped);
  const named = await recognizer.recognize(render(marked).trim(), spoken, awaiting);
  if (guessed.length === 0 || guessed.some((it) => matchNames(it.raw, names.targets).near.length > 0)) return named;
  const worded = await recognizer.recognize(render(marked, true).trim(), spoken, awaiting);
  const holds = worded.some((it) => it.intent === named[0]?.intent && it.confidence >= guess);
  return names.open && holds ? named : worded;
}

/** Enough words of requests, besides names, numbers and terse commands, to tell which language is spoken. */
function isSentence({ text }: Marked, words: ReturnType<typeof vocabulary>): boolean {
  const said = text.replaceAll(/\uE000[A-Z]\d+\uE001/g, ' ').match(/[a-z]+/gi) ?? [];
  return said.filter((word) => words.has(word) && !terseWords.has(word.toLowerCase())).length >= 3;
}

function fallbackLocale(language: Locale | undefined, spoken: Locale, intents: Wording): Locale {
  return language !== undefined && intents.locales.includes(language) ? language : spoken;
}

function nothing(locale: Locale): Reading {
  return { locale, confidence: 0, slots: {}, guesses: [] };
}

function understood(scene: Scene, ranked: readonly Scored[]): Reading {
  const [best, ...others] = ranked;
  if (!best || best.confidence < guess) return { ...nothing(scene.locale), confidence: best?.confidence ?? 0 };
  const intent = adjusted(best.intent, scene);
  const hold = isChange(intent) ? held(scene.marked, scene.lexicon) : undefined;
  const guesses = others.filter((it) => it.confidence >= guess && it.intent !== intent);
  if (!hold) {
    return {
      locale: scene.locale,
      intent,
      confidence: best.confidence,
      guesses,
      ...fill(intent, scene.marked, scene.lexicon, scene.names),
    };
  }
  const helps = helpful[intent] ?? 'Status';
  const filled = fill(helps, scene.marked, scene.lexicon, scene.names);
  const harmless = guesses.filter((it) => !isChange(it.intent) && it.intent !== helps);
  const isClear =
    hold === 'question' ||
    hold === 'conditional' ||
    filled.slots.target !== undefined ||
    filled.unknownTarget !== undefined;
  // What is held is no guess any more: the words that hold it name the change too.
  const confidence = filled.slots.target === undefined ? best.confidence : Math.max(best.confidence, threshold);
  const reading = { locale: scene.locale, confidence, guesses: harmless, held: hold, ...filled };
  return isClear ? { ...reading, intent: helps } : { ...reading, confidence: 0 };
}

/** Status and Fleet are told apart by whether a target is named; so are words about a running change. */
function adjusted(intent: Intent, { marked, lexicon, names }: Scene): Intent {
  const about = targetOf(marked, lexicon, names);
  const named = about.target !== undefined || about.unknown !== undefined;
  if (intent === 'Fleet' && named) return 'Status';
  if (intent === 'Status' && !named && filterOf(marked, lexicon) !== '') return 'Fleet';
  return intent;
}

/** Notices a second request behind "and then" or the like; the first one is the reading. */
async function withSecond(reading: Reading, scene: Scene, recognizer: Recognizer): Promise<Reading> {
  const parts = scene.marked.text
    .split(scene.lexicon.connectors)
    .filter((part) => part !== undefined && part.trim().length > 3);
  if (parts.length < 2 || parts.length > 6 || reading.held) return reading;
  const found: { intent: Intent; marked: Marked }[] = [];
  for (const text of parts) {
    const marked = { text, marks: scene.marked.marks };
    const best = (await recognizer.recognize(render(marked).trim(), scene.spoken))[0];
    if (best && best.confidence >= sure) found.push({ intent: best.intent, marked });
  }
  const first = found[0];
  const second = found.find((it) => it.intent !== first?.intent && it.intent !== 'Cancel');
  if (!first || !second || (!isChange(first.intent) && !isChange(second.intent))) return reading;
  const filled = fill(first.intent, first.marked, scene.lexicon, scene.names);
  const whole = targetOf(scene.marked, scene.lexicon, scene.names).target;
  const takesTarget = (catalog[first.intent].slots as readonly string[]).includes('target');
  const slots =
    takesTarget && filled.slots.target === undefined && whole !== undefined
      ? { ...filled.slots, target: whole }
      : filled.slots;
  const { conflict: _, unknownTarget: __, ...rest } = reading;
  return {
    ...rest,
    intent: first.intent,
    confidence: Math.max(reading.confidence, threshold),
    ...filled,
    slots,
    also: second.intent,
  };
}
