// Every message OpsJack can write: key -> its arguments. The words are in <locale>/replies.yaml, checked against this table.
// An argument's kind says what callers may pass; `phrase` is another message (or a list of them).

export type ArgKind = 'text' | 'number' | 'time' | 'person' | 'duration' | 'code' | 'phrase';

export const replies = {
  'nothing.changed': {},
  'error.bug': {},
  'error.reference': { reference: 'code' },
  'error.denied': { platform: 'text', operation: 'text', code: 'code' },
  'error.throttled': { platform: 'text', operation: 'text', code: 'code' },
  'error.timeout': { platform: 'text', operation: 'text', code: 'code' },
  'error.unreachable': { platform: 'text', operation: 'text', code: 'code' },
  'error.not-found': { platform: 'text', operation: 'text', code: 'code' },
  'error.busy': { platform: 'text', operation: 'text', code: 'code' },
  'error.invalid': { platform: 'text', operation: 'text', code: 'code' },
  'error.broken': { platform: 'text', operation: 'text', code: 'code' },

  // Refusals that only a platform can know.
  'refuse.version.unknown': { version: 'code', target: 'text', nearest: 'text' },
  'refuse.version.unusable': { version: 'code', target: 'text', why: 'text' },
  'refuse.image.foreign': { image: 'code', repository: 'code' },
  'refuse.container.which': { target: 'text', containers: 'text' },
  'refuse.over': { target: 'text' },
} as const satisfies Record<string, Record<string, ArgKind>>;

export type ReplyKey = keyof typeof replies;
