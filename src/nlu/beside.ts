// Two recognizers over one text: the embedded one always reads, the one in the cloud is asked beside it, once.
import type { Intent } from '../../intents/catalog.ts';
import type { Recognized, Recognizer } from '../core/ports.ts';
import type { Awaiting } from './awaited.ts';
import type { Scored } from './embedded.ts';
import { isChange } from './guard.ts';

/** Under this an intent is only a guess, in every engine. */
export const threshold = 0.4;
/** From here on an engine is sure. */
export const sure = 0.75;
/** Under this the embedded engine takes the text for nothing. */
export const guess = 0.25;
/** What two engines disagree about is offered, not done. */
const offered = 0.39;
/** Scores closer than this are as good as the same. */
const apart = 0.1;

const opposites: readonly (readonly Intent[])[] = [
  ['Lock', 'Unlock'],
  ['Freeze', 'Unfreeze'],
  ['Deploy', 'Rollback'],
];

export type Opinion = { ranked: readonly Scored[]; slots?: Recognized['slots'] };

/** `isHeld`: a change in the text is not asked for, whoever finds it. `failed` is told when the cloud does not answer. */
export type Beside = {
  text: string;
  locale: string;
  awaiting: Awaiting | undefined;
  isHeld: boolean;
  failed: (error: unknown) => void;
};

/** Asks the cloud recognizer about what the embedded one does not know by heart, and makes one ranking of both. */
export async function secondOpinion(cloud: Recognizer, own: readonly Scored[], asked: Beside): Promise<Opinion> {
  const { text, locale, awaiting, isHeld, failed } = asked;
  const [mine] = own;
  const isSettled = mine?.confidence === 1 || (isHeld && isKnown(mine) && isChange(mine.intent));
  if (text === '' || isSettled) return { ranked: own };
  try {
    return agreed(own, await cloud.recognize(text, locale, awaiting), asked);
  } catch (error) {
    failed(error);
    return { ranked: own };
  }
}

/** What undoes each other is said with the same words: where the second is hardly less likely, the first is only a guess. */
export function unlessOpposed([best, next, ...others]: readonly Scored[]): readonly Scored[] {
  if (!best) return [];
  if (!next) return [best];
  const opposed = opposites.some((pair) => pair.includes(best.intent) && pair.includes(next.intent));
  return [opposed && best.confidence - next.confidence < 2 * apart ? asGuess(best) : best, next, ...others];
}

/** One ranking of two. Where they differ and either means a change, all of it is only a guess. */
function agreed(own: readonly Scored[], other: readonly Recognized[], asked: Beside): Opinion {
  const [mine] = own;
  const [theirs] = other;
  if (mine && mine.intent === theirs?.intent) return together(mine, theirs, own);
  if (!theirs || isSilent(theirs, own, asked)) return { ranked: isDoubtful(mine) ? own.map(asGuess) : own };
  if (isKnown(mine) && isTorn(other, mine)) return { ranked: own };
  const all = merged(other.map(scored), own);
  if (isChange(theirs.intent) || (isKnown(mine) && isChange(mine.intent))) return { ranked: all.map(asGuess) };
  if (!isLook(theirs.intent)) return { ranked: isKnown(mine) ? own : all.map(asGuess) };
  return ofLooks(theirs, own, all);
}

/** Both mean the same. What the embedded engine takes for nothing stays a guess if it would change something. */
function together(mine: Scored, { confidence: score = 0, slots }: Recognized, own: readonly Scored[]): Opinion {
  const { intent } = mine;
  const most = isChange(intent) && mine.confidence < guess ? offered : 1;
  const confidence = score < threshold ? mine.confidence : Math.max(mine.confidence, Math.min(score, most));
  return { ranked: [{ intent, confidence }, ...own.slice(1)], ...(slots === undefined ? {} : { slots }) };
}

/** Whether its answer says nothing: a guess, an answer that our grammar did not find, a change nobody asks for, small talk. */
function isSilent({ intent, confidence }: Recognized, own: readonly Scored[], { awaiting, isHeld }: Beside): boolean {
  if (confidence !== undefined && confidence < (own.length === 0 ? sure : threshold)) return true;
  return intent === awaiting?.intent || (isHeld && isChange(intent));
}

/** A change that the embedded engine alone is for, and not sure of. */
function isDoubtful(mine: Scored | undefined): boolean {
  return isKnown(mine) && isChange(mine.intent) && mine.confidence < sure;
}

/** It holds our intent for hardly less likely than its own. */
function isTorn([first, ...others]: readonly Recognized[], { intent }: Scored): boolean {
  const score = others.find((it) => it.intent === intent)?.confidence;
  return score !== undefined && score >= threshold && (first?.confidence ?? 1) - score < apart;
}

/** Two looks: the surer one is done, and where the embedded engine sees nothing only one that Lex is sure of. */
function ofLooks(
  { confidence: score = 0, slots }: Recognized,
  own: readonly Scored[],
  all: readonly Scored[],
): Opinion {
  const mine = own[0]?.confidence ?? 0;
  if (mine >= sure || (mine >= threshold && mine >= score)) return { ranked: own };
  if (mine < guess && score < sure) return { ranked: all.map(asGuess) };
  return { ranked: all, ...(slots === undefined ? {} : { slots }) };
}

/** Nothing is different after it; these two drop a question and keep a language, and need more than Lex alone. */
function isLook(intent: Intent): boolean {
  return intent !== 'Cancel' && intent !== 'Language';
}

function isKnown(it: Scored | undefined): it is Scored {
  return it !== undefined && it.confidence >= threshold;
}

/** A score that was left out is unknown: enough to offer it. */
function scored({ intent, confidence = offered }: Recognized): Scored {
  return { intent, confidence };
}

function asGuess(it: Scored): Scored {
  return { ...it, confidence: Math.min(it.confidence, offered) };
}

/** The best of each, in turn. */
function merged(first: readonly Scored[], second: readonly Scored[]): Scored[] {
  const found = new Map<string, Scored>();
  for (let at = 0; at < Math.max(first.length, second.length); at += 1)
    for (const it of [first[at], second[at]]) if (it && !found.has(it.intent)) found.set(it.intent, it);
  return [...found.values()].slice(0, 5);
}
