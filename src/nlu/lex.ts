// The recognizer on Amazon Lex V2: one call is one utterance, in a session of its own; the dialog is the core's.
import { randomUUID } from 'node:crypto';
import { LexRuntimeV2Client, RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import type { RecognizeTextResponse, Slot as LexSlot } from '@aws-sdk/client-lex-runtime-v2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import { awsError } from '../aws-errors.ts';
import { PlatformError } from '../core/errors.ts';
import type { Clock, Recognized, Recognizer } from '../core/ports.ts';
import type { Awaiting } from './awaited.ts';
import { lexLocaleOf } from './lex-locales.ts';
import type { AssistedNlu } from './lex-model.ts';
import { placeholders } from '../../intents/slots.ts';

/** IAM actions it calls, on the alias's ARN. */
export const permissions: readonly string[] = ['lex:RecognizeText'];

export type LexOptions = {
  botId: string;
  aliasId: string;
  region: string;
  assistedNlu: AssistedNlu;
  clock: Clock;
  log: { info(fields: object, message: string): void; warn(fields: object, message: string): void };
};

/** How long an answer may take; the embedded engine has long answered by then. */
const budget = 1500;
/** Lex takes 50 conversations of an alias at once, and two of the test alias. */
const atOnce = 40;
/** After so many failures in a row Lex is left alone for a while. */
const failures = 3;
const rest = 30_000;
/** What Lex puts first is a guess where it puts its fallback before it. */
const guess = 0.39;
const longest = 1024;

/**
 * A recognizer on a Lex V2 bot made by `lex:export`. Throws a PlatformError when Lex does not answer within 1.5 s.
 * https://docs.aws.amazon.com/lexv2/latest/APIReference/API_runtime_RecognizeText.html
 */
export function lex(options: LexOptions): Recognizer {
  const { botId, aliasId, region, clock, log } = options;
  const requestHandler = new NodeHttpHandler({ connectionTimeout: budget, requestTimeout: budget });
  const client = new LexRuntimeV2Client({ region, requestHandler, maxAttempts: 1 });
  // By locale: one that the alias has not must not be what the others rest for.
  const breakers = new Map<string, { failed: number; until: number }>();
  let open = 0;

  return {
    async recognize(text, locale, awaiting) {
      const localeId = lexLocaleOf(locale, options.assistedNlu);
      if (localeId === undefined) throw unable('NoSuchLocale', 'not-found');
      const breaker = breakers.get(localeId) ?? { failed: 0, until: 0 };
      breakers.set(localeId, breaker);
      if (clock.now() < breaker.until) throw unable('Resting', 'unreachable');
      if (open >= atOnce) throw unable('TooManyAtOnce', 'throttled');
      open += 1;
      try {
        const answer = await ask(text, localeId, awaiting);
        breaker.failed = 0;
        return recognizedIn(answer);
      } catch (error) {
        breaker.failed += 1;
        if (breaker.failed >= failures) breaker.until = clock.now() + rest;
        throw awsError({ platform: 'lex', operation: 'RecognizeText', write: false }, error);
      } finally {
        open -= 1;
      }
    },
  };

  async function ask(text: string, localeId: string, awaiting: Awaiting | undefined): Promise<RecognizeTextResponse> {
    const stopping = new AbortController();
    const forget = clock.after(budget, () => stopping.abort());
    const started = clock.now();
    const sessionState = awaiting && stateOf(awaiting);
    const command = new RecognizeTextCommand({
      botId,
      botAliasId: aliasId,
      localeId,
      sessionId: randomUUID(),
      text: text.slice(0, longest).toWellFormed(),
      ...(sessionState ? { sessionState } : {}),
    });
    try {
      const answer = await client.send(command, { abortSignal: stopping.signal });
      const [best] = answer.interpretations ?? [];
      const found = {
        intent: best?.intent?.name,
        score: scoreOf(best?.nluConfidence),
        source: best?.interpretationSource,
      };
      log.info({ nlu: 'lex', locale: localeId, ms: clock.now() - started, ...found }, 'Lex answered');
      return answer;
    } finally {
      forget();
    }
  }
}

function unable(code: string, reason: PlatformError['reason']): PlatformError {
  return new PlatformError({
    platform: 'lex',
    operation: 'RecognizeText',
    code,
    reason,
    retryable: true,
    unsure: false,
  });
}

/** The question the core has asked, so that Lex tries the text as its answer and reports a change of mind. */
function stateOf({ intent, slot, slots }: Awaiting) {
  const { time, ...others } = slots ?? {};
  const [, day, hour] = /^(\d{4}-\d\d-\d\d)?T?(\d\d:\d\d)?$/.exec(time ?? '') ?? [];
  const all = Object.entries({ ...others, day, time: hour });
  const filled = all.filter(([name, value]) => value !== undefined && name !== slot);
  return {
    dialogAction: { type: 'ElicitSlot' as const, slotToElicit: slot },
    intent: {
      name: intent,
      state: 'InProgress' as const,
      slots: Object.fromEntries(filled.map(([name, value]) => [name, slotOf(name, String(value))])),
    },
  };
}

/** Names stay here: Lex is told that a slot is filled, by the neutral word it stands for. */
function slotOf(name: string, value: string): LexSlot {
  const said = name === 'target' || name === 'version' ? placeholders[name] : value;
  return { value: { originalValue: said, interpretedValue: said, resolvedValues: [said] } };
}

/** Intents by confidence; the fallback itself is none. A score that Lex leaves out is unknown, not zero. */
function recognizedIn({ interpretations = [] }: RecognizeTextResponse): Recognized[] {
  const isBelow = interpretations[0]?.intent?.name === 'FallbackIntent';
  return interpretations.flatMap(({ intent, nluConfidence }, at): Recognized[] => {
    const name = intent?.name;
    if (name === undefined || !Object.hasOwn(catalog, name)) return [];
    const score = scoreOf(nluConfidence);
    const confidence = isBelow ? Math.min(score ?? guess, guess) : score;
    const slots = at === 0 ? slotsIn(intent?.slots ?? {}) : {};
    return [
      {
        intent: name as Intent,
        ...(confidence === undefined ? {} : { confidence }),
        ...(Object.keys(slots).length > 0 ? { slots } : {}),
      },
    ];
  });
}

/** An object with the score; a bare number in what Lambda functions are sent. */
function scoreOf(confidence: unknown): number | undefined {
  if (typeof confidence === 'number') return confidence;
  const score = (confidence as { score?: unknown } | undefined)?.score;
  return typeof score === 'number' ? score : undefined;
}

function slotsIn(slots: Record<string, LexSlot | null>): NonNullable<Recognized['slots']> {
  const found: Record<string, { said: string; value: string }> = {};
  for (const [name, slot] of Object.entries(slots)) {
    const said = slot?.value?.originalValue;
    const value = slot?.value?.interpretedValue;
    if (said !== undefined && value !== undefined) found[name] = { said, value };
  }
  return found;
}

/** The locale is unused by Lex where its alias has it not; said once at the start. */
export function lexWarnings(aliasId: string, locales: readonly Locale[], assistedNlu: AssistedNlu): string[] {
  const missing = locales.filter((locale) => lexLocaleOf(locale, assistedNlu) === undefined);
  return [
    ...(aliasId === 'TSTALIASID' ? ['TSTALIASID takes two conversations at a time: make an alias of a version'] : []),
    ...missing.map((locale) => `Lex has no locale for ${locale}: the embedded engine reads it alone`),
  ];
}
