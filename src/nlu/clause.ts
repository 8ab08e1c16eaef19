// The reason said along with a request: "because of the load test", "로드 테스트 때문에". It is taken as typed, before names are looked for.
import type { reasonPlaces, Sentences } from '../../intents/sentences.ts';
import { parseTemplate, toPattern } from '../../intents/template.ts';
import type { Lexicon } from './lexicon.ts';

/** Longer reasons are cut. */
export const LONGEST_REASON = 300;

/** A text in two: what is asked, and why; `whole` is both without the words between them. */
export type Clause = { rest: string; reason: string; whole: string };

type Place = (typeof reasonPlaces)[number];

/** Finds a reason in its place; groups `rest` and `reason`, and `end` where a verb stands behind it. */
export function reasonPattern(place: Place, { reasons, rules }: Pick<Sentences, 'reasons' | 'rules'>): RegExp {
  const source = (text: string) =>
    toPattern(parseTemplate(text, rules), () => '(?<reason>.+?)', ' ').replaceAll(' ', ' ?');
  // A colon in a time of day begins no reason, nor does a dash inside a word.
  const options = reasons[place].map((text) =>
    source(text)
      .replaceAll(/(?<!\(\?):/g, String.raw`:(?!\d)`)
      .replaceAll(/^-/g, String.raw`(?<=\s)-(?=\s)`),
  );
  const letter = String.raw`[\p{Script=Latin}0-9]`;
  const any = `(?:(?<!${letter})|(?!${letter}))(?:${options.join('|') || '(?!)'})`;
  const ends = reasons.ends.map(source).join('|') || '(?!)';
  const regex = place === 'before' ? `^${any}[ ,、]*(?<rest>.+)$` : `^(?<rest>.*?)[ ,;、]*${any}(?<end> (?:${ends}))?$`;
  return new RegExp(regex, 'iu');
}

/**
 * The reason in a text, if it has one. `isName`: whether a word is a name: in "api-prod 로드 테스트 때문에 잠가줘" the first one
 * is what it is about, not why.
 */
export function clauseIn(text: string, lexicon: Lexicon, isName: (word: string) => boolean): Clause | undefined {
  const after = split(text, lexicon.reasons.after);
  if (after) return { ...after, whole: `${after.rest} ; ${after.reason}` };
  const before = split(text, lexicon.reasons.before);
  if (!before) return undefined;
  // A name in front, with or without a particle written to it.
  const [head = ''] = /^(?:[A-Za-z][\w.:/-]*\p{L}{0,2}[、,]? ?|[^ ]+ )/u.exec(before.reason) ?? [];
  const reason = before.reason.slice(head.length).trim();
  const whole = `${before.reason} ; ${before.rest}`;
  if (reason === '' || !isName(head) || isName(before.rest)) return { ...before, whole };
  return { rest: `${head.trim()} ${before.rest}`, reason, whole };
}

/** A reason that only a lock or freeze has: "freeze prod until 18:00: Black Friday". */
export function looseClauseIn(text: string, lexicon: Lexicon): Clause | undefined {
  const loose = split(text, lexicon.reasons.loose);
  return loose && { ...loose, whole: text };
}

function split(text: string, regex: RegExp): Omit<Clause, 'whole'> | undefined {
  const { rest = '', reason = '', end = '' } = regex.exec(text)?.groups ?? {};
  const [asked, why] = [rest + end, reason].map((part) => part.replaceAll(/^[ ,;:、-]+|[ ,;:、-]+$/g, ''));
  return asked && why ? { rest: asked, reason: why } : undefined;
}

/** A reason as it is kept: no longer than others will read. */
export function shortened(reason: string): string {
  const chars = Array.from(reason);
  return chars.length > LONGEST_REASON ? `${chars.slice(0, LONGEST_REASON - 1).join('')}…` : reason;
}
