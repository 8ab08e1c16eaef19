// Raw text to intent and slots: cleaning, our own grammar for names and numbers, a recognizer for the intent, guards last.
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import type { Reader, Reading, Recognizer } from '../core/ports.ts';
import { matchNames } from '../../intents/slots.ts';
import { answer, type Awaiting } from './awaited.ts';
import { guess, secondOpinion, sure, threshold, unlessOpposed, type Opinion } from './beside.ts';
import { withSlots } from './built-in.ts';
import type { Embedded, Scored } from './embedded.ts';
import { fill, filterOf } from './fill.ts';
import { targetOf } from './targets.ts';
import { held, helpful, isChange, lasting } from './guard.ts';
import { marksIn, render, type Marked } from './marks.ts';
import { reasonIn, withReason } from './reason.ts';
import { scenes, type Scene, type SceneOptions, type Unread } from './scene.ts';
import { terseIntent } from './terse.ts';

export type ReaderOptions = Partial<Pick<SceneOptions, 'names' | 'zone' | 'translate'>> &
  Pick<SceneOptions, 'intents' | 'defaultLocale' | 'clock'> & {
    recognizer: Embedded;
    /** Asked beside the embedded recognizer, once a text. */
    cloud?: { recognizer: Recognizer; failed: (error: unknown) => void } | undefined;
  };

/** A Reader over a recognizer. It never throws: what cannot be read is understood as nothing. */
export function reader(options: ReaderOptions): Reader {
  const { recognizer, cloud, defaultLocale } = options;
  const zone = options.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  const sceneOf = scenes({ ...options, zone, names: options.names ?? 'known' });

  return {
    async read(raw, context) {
      const found = await sceneOf(raw, context);
      const scene = found && 'marked' in found ? await withLoose(found, recognizer) : found;
      const usual = context.language ?? defaultLocale;
      if (!scene) return nothing(usual);
      const { awaiting } = context;
      const reason = awaiting?.slot === 'reason' ? await givenReason(raw, scene, recognizer) : undefined;
      if (awaiting && reason !== undefined)
        return {
          locale: context.language ?? scene.locale,
          intent: awaiting.intent,
          confidence: 1,
          guesses: [],
          slots: { reason },
        };
      if ('unread' in scene) return { ...nothing(scene.locale), unread: scene.unread };
      const answered = awaiting && answer(awaiting, scene.marked, scene.lexicon, scene.names);
      if (awaiting && answered && !(await saysMore(awaiting, scene, recognizer))) {
        const given = withReason(awaiting.intent, answered, scene.why);
        return { locale: scene.locale, intent: awaiting.intent, confidence: 1, guesses: [], ...given };
      }
      const terse = terseIntent(scene.marked, scene.lexicon);
      if (terse) return understood(scene, { ranked: [{ intent: terse, confidence: 1 }] });
      const { text, ranked } = await rank(scene, recognizer);
      const opinion = cloud ? await besideIt(cloud, scene, { text, ranked }, awaiting) : { ranked };
      const reading = understood(scene, opinion);
      return reading.intent ? withSecond(reading, scene, recognizer) : reading;
    },
  };
}

/** Of a lock or a freeze, what stands behind a colon or the like is the reason. */
async function withLoose(scene: Scene, recognizer: Embedded): Promise<Scene> {
  const loose = scene.loose?.();
  if (!loose) return scene;
  const terse = terseIntent(loose.marked, scene.lexicon);
  const [best] = await recognizer.recognize(render(loose.marked).trim(), scene.spoken);
  const intent = terse ?? (best && best.confidence >= sure ? best.intent : undefined);
  return intent && lasting.includes(intent) ? { ...scene, ...loose } : scene;
}

/** A reason may be in any language, also one that nobody here reads; its words do not choose the language of the answer. */
async function givenReason(raw: string, scene: Scene | Unread, recognizer: Embedded): Promise<string | undefined> {
  if ('unread' in scene) return reasonIn(raw, undefined, false);
  const [best] = await recognizer.recognize(render(scene.marked).trim(), scene.spoken);
  return reasonIn(raw, best, terseIntent(scene.marked, scene.lexicon) !== undefined);
}

/** Whether an answer to "which target?" says more than a name: another change, or numbers or a version along with it. */
async function saysMore(awaiting: Awaiting, scene: Scene, recognizer: Embedded): Promise<boolean> {
  if (awaiting.slot !== 'target') return false;
  const [best] = await recognizer.recognize(render(scene.marked).trim(), scene.spoken);
  if (!best || best.confidence < sure || !isChange(best.intent)) return false;
  const { target: _target, ...more } = fill(best.intent, scene.marked, scene.lexicon, scene.names).slots;
  // "The api-prod one" sounds like scaling, but without a number it is none.
  const isOther = best.intent !== awaiting.intent && best.intent !== 'Scale';
  return isOther || Object.keys(more).length > 0;
}

type Ranked = { text: string; ranked: readonly Scored[] };

/** What both recognizers make of the text. */
function besideIt(
  { recognizer, failed }: NonNullable<ReaderOptions['cloud']>,
  scene: Scene,
  { text, ranked }: Ranked,
  awaiting: Awaiting | undefined,
): Promise<Opinion> {
  const isHeld = held(scene, ranked[0]?.intent) !== undefined;
  return secondOpinion(recognizer, ranked, { text, locale: scene.spoken, awaiting, isHeld, failed });
}

/** Ranks the intents. A word taken for a name only because no language has it must not be what makes the intent. */
async function rank({ marked, names, spoken }: Scene, recognizer: Embedded): Promise<Ranked> {
  const guessed = marksIn(marked, 'name').filter((it) => !it.shaped);
  const asNamed = await rankText(render(marked), spoken, recognizer);
  if (guessed.length === 0 || guessed.some((it) => matchNames(it.raw, names.targets).near.length > 0)) return asNamed;
  const asWorded = await rankText(render(marked, true), spoken, recognizer);
  const holds = asWorded.ranked.some((it) => it.intent === asNamed.ranked[0]?.intent && it.confidence >= guess);
  return names.open && holds ? asNamed : asWorded;
}

async function rankText(rendered: string, locale: Locale, recognizer: Embedded): Promise<Ranked> {
  const text = rendered.trim();
  return { text, ranked: unlessOpposed(await recognizer.recognize(text, locale)) };
}

function nothing(locale: Locale): Reading {
  return { locale, confidence: 0, slots: {}, guesses: [] };
}

function understood(scene: Scene, { ranked, slots }: Opinion): Reading {
  const [best, ...others] = ranked;
  if (!best || best.confidence < guess) return { ...nothing(scene.locale), confidence: best?.confidence ?? 0 };
  const intent = adjusted(best.intent, scene);
  const hold = isChange(intent) ? held(scene, intent) : undefined;
  const guesses = others.filter((it) => it.confidence >= guess && it.intent !== intent);
  if (!hold) {
    return {
      locale: scene.locale,
      intent,
      confidence: best.confidence,
      guesses,
      ...withSlots(
        withReason(intent, fill(intent, scene.marked, scene.lexicon, scene.names), scene.why),
        catalog[intent].slots,
        scene.marked,
        intent === best.intent ? slots : undefined,
      ),
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

/** What is named decides between what is said alike: one target or many of a stage, a target locked or a stage frozen. */
function adjusted(intent: Intent, { marked, lexicon, names }: Scene): Intent {
  const about = targetOf(marked, lexicon, names);
  const named = about.target !== undefined || about.unknown !== undefined;
  const stage = marksIn(marked, 'stage').length > 0;
  if (intent === 'Fleet' && named) return 'Status';
  if (intent === 'Status' && !named && filterOf(marked, lexicon) !== '') return 'Fleet';
  if (intent === 'Freeze' && named && !stage) return 'Lock';
  if (intent === 'Unfreeze' && named && !stage) return 'Unlock';
  if (intent === 'Lock' && !named && stage) return 'Freeze';
  if (intent === 'Unlock' && !named && stage) return 'Unfreeze';
  return intent === 'Promote' && marksIn(marked, 'version').length > 0 ? 'Deploy' : intent;
}

/** Notices a second request behind "and then" or the like; the first one is the reading. */
async function withSecond(reading: Reading, scene: Scene, recognizer: Embedded): Promise<Reading> {
  const parts = scene.marked.text
    .split(scene.lexicon.connectors)
    .filter((part) => part !== undefined && part.trim().length > 3);
  if (parts.length < 2 || parts.length > 6 || reading.held) return reading;
  const read: { intent: Intent; confidence: number; marked: Marked }[] = [];
  for (const text of parts) {
    // A name alone behind "and" is no request of its own: it belongs to the one before.
    if (!/\p{L}/u.test(text.replaceAll(/\uE000[A-Z]\d+\uE001/g, ''))) continue;
    const marked = { text, marks: scene.marked.marks };
    const best = (await recognizer.recognize(render(marked).trim(), scene.spoken))[0];
    if (best && best.confidence >= threshold) read.push({ ...best, marked });
  }
  // What the whole says counts too: a part may be too little to tell.
  const all = reading.intent ? [...read, { intent: reading.intent, marked: scene.marked }] : read;
  if (contradicts(all, scene))
    return { ...reading, conflict: [...new Set([...(reading.conflict ?? []), 'version' as const])] };
  const found = read.filter((it) => it.confidence >= sure);
  const first = found[0];
  // In "swap api-prod and api-staging please" the second name sounds like a question about it.
  const idle: Intent[] = reading.slots.other === undefined ? ['Cancel'] : ['Cancel', 'Status'];
  const second = found.find((it) => it.intent !== first?.intent && !idle.includes(it.intent));
  if (!first || !second || (!isChange(first.intent) && !isChange(second.intent))) return reading;
  // The whole may hold what its part alone would not.
  if (isChange(first.intent) && held(scene, first.intent)) return reading;
  const filled = withReason(first.intent, fill(first.intent, first.marked, scene.lexicon, scene.names), scene.why);
  const whole = targetOf(scene.marked, scene.lexicon, scene.names).target;
  const takesTarget = (catalog[first.intent].slots as readonly string[]).includes('target');
  const slots =
    takesTarget && filled.slots.target === undefined && whole !== undefined
      ? { ...filled.slots, target: whole }
      : filled.slots;
  const { conflict: _, unknownTarget: __, others: ___, ...rest } = reading;
  return {
    ...rest,
    intent: first.intent,
    confidence: Math.max(reading.confidence, threshold),
    ...filled,
    slots,
    also: second.intent,
  };
}

const onwards: readonly Intent[] = ['Deploy'];
const back: readonly Intent[] = ['Rollback', 'Undo', 'Abort'];

/** Forwards and back in one message, about one target: whichever was meant, it is not for us to pick. */
function contradicts(read: readonly { intent: Intent; marked: Marked }[], { lexicon, names }: Scene): boolean {
  const forwards = read.filter(({ intent }) => onwards.includes(intent));
  const backwards = read.filter(({ intent }) => back.includes(intent));
  const about = new Set(
    [...forwards, ...backwards]
      .map(({ marked }) => targetOf(marked, lexicon, names).target)
      .filter((it) => it !== undefined),
  );
  return forwards.length > 0 && backwards.length > 0 && about.size <= 1;
}
