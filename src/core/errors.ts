// The four kinds of failure, by consequence; only this file turns an error into a Reply.
import { say, type Action, type Phrase, type Reply } from './reply.ts';

/** We will not: not allowed, unknown, out of range, no such capability. Nothing was changed. */
export class Refusal extends Error {
  readonly reason: Phrase;
  readonly next: readonly Action[];
  readonly isPrivate: boolean;
  /** A card of its own, in the place of the reason alone. */
  readonly card: Reply | undefined;
  constructor(
    reason: Phrase,
    next: readonly Action[] = [],
    whoSees: 'everyone' | 'private' = 'everyone',
    card?: Reply,
  ) {
    super(reason.say);
    this.name = 'Refusal';
    this.reason = reason;
    this.next = next;
    this.isPrivate = whoSees === 'private';
    this.card = card;
  }
}

/** Why the other side failed, in plain terms. */
export type PlatformReason =
  | 'denied'
  | 'throttled'
  | 'timeout'
  | 'unreachable'
  | 'not-found'
  | 'busy'
  | 'invalid'
  | 'broken';

/** The other side failed. `unsure`: the change may have been made all the same, so look before trying again. */
export class PlatformError extends Error {
  readonly platform: string;
  readonly operation: string;
  /** AWS's code: `AccessDeniedException`. */
  readonly code: string;
  readonly reason: PlatformReason;
  readonly retryable: boolean;
  readonly unsure: boolean;
  constructor(about: {
    platform: string;
    operation: string;
    code: string;
    reason: PlatformReason;
    retryable: boolean;
    unsure: boolean;
    message?: string;
    cause?: unknown;
  }) {
    super(about.message ?? `${about.platform} ${about.operation}: ${about.code}`, { cause: about.cause });
    this.name = 'PlatformError';
    this.platform = about.platform;
    this.operation = about.operation;
    this.code = about.code;
    this.reason = about.reason;
    this.retryable = about.retryable;
    this.unsure = about.unsure;
  }
}

/** Cannot start: every missing or wrong setting at once, each with its place and what would be right. */
export class ConfigError extends Error {
  readonly problems: readonly string[];
  constructor(problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
    this.problems = problems;
  }
}

/** What a person sees of a failure. `reference` finds it in the log; nothing internal is shown. `isUnchanged`: a change was asked for, and none was made. */
export function toReply(error: unknown, reference: string, isUnchanged = false): Reply {
  if (error instanceof Refusal) {
    if (error.card) return error.card;
    return {
      parts: [
        {
          kind: 'lines',
          lines: [{ sign: 'no', parts: [error.reason], strong: true }, { parts: [say('nothing.changed')] }],
        },
      ],
      actions: error.next,
      ...(error.isPrivate ? { private: true } : {}),
    };
  }
  const reason = error instanceof PlatformError ? reasonOf(error) : say('error.bug');
  return {
    parts: [
      {
        kind: 'lines',
        lines: [
          { sign: 'unknown', parts: [reason], strong: true },
          ...(isUnchanged ? [{ parts: [say('nothing.changed')] }] : []),
        ],
      },
    ],
    foot: [say('error.reference', { reference: { code: reference } })],
  };
}

/** A platform's failure as one plain sentence. */
export function reasonOf(error: PlatformError): Phrase {
  return say(`error.${error.reason}`, {
    platform: error.platform,
    operation: error.operation,
    code: { code: error.code },
  });
}
