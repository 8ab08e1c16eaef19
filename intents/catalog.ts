// Every intent on one screen: what people can ask for, what it takes, and how much it can hurt.

export type Risk = 'read' | 'change';

/** A number, or an amount relative to what is there: `+3`, `-2`, `x2`, `x0.5`. */
export type Amount = number | `+${number}` | `-${number}` | `x${number}`;

export type Slots = {
  /** A target's name or, from a button, its key. */
  target?: string;
  version?: string;
  min?: Amount;
  max?: Amount;
  count?: Amount;
  /** ISO 8601: `PT2H`. */
  duration?: string;
  /** Local date and time without zone, `2026-11-24T09:00`, or time of day `09:00`. */
  time?: string;
  /** Words that narrow a fleet: a stage, platform, region, `unhealthy`. */
  filter?: string;
  /** The other side of a swap: a target's name or key. */
  other?: string;
  /** Why, in the person's own words. */
  reason?: string;
  /** A language to be answered in, as Amazon Translate writes it (`ko`, `zh-TW`); `auto`: the one written in. */
  language?: string;
};
export type Slot = keyof Slots;

/** What a grant can give. */
export const rights = [
  'status',
  'logs',
  'scale',
  'deploy',
  'rollback',
  'approve',
  'lock',
  'freeze',
  'danger',
  'admin',
] as const;
export type Right = (typeof rights)[number];

type Entry = {
  risk: Risk;
  slots: readonly Slot[];
  /** Asked for when missing; of an inner list one is enough. */
  required: readonly (Slot | readonly Slot[])[];
  /** What it takes from the person; `everyone` is anybody who may talk to the bot. */
  right: 'everyone' | Right;
  /** First word of the terse grammar: `/ops status api-prod`. */
  terse: readonly string[];
};

export const catalog = {
  Status: { risk: 'read', slots: ['target'], required: ['target'], right: 'status', terse: ['status', 'st'] },
  Fleet: { risk: 'read', slots: ['filter'], required: [], right: 'status', terse: ['fleet', 'list', 'ls'] },
  Events: { risk: 'read', slots: ['target', 'duration'], required: ['target'], right: 'status', terse: ['events'] },
  Versions: { risk: 'read', slots: ['target'], required: ['target'], right: 'status', terse: ['versions'] },
  Scale: {
    risk: 'change',
    slots: ['target', 'min', 'max', 'count', 'duration', 'time', 'reason'],
    required: ['target', ['min', 'max', 'count']],
    right: 'scale',
    terse: ['scale'],
  },
  Deploy: {
    risk: 'change',
    slots: ['target', 'version', 'time', 'reason'],
    required: ['target', 'version'],
    right: 'deploy',
    terse: ['deploy'],
  },
  Rollback: {
    risk: 'change',
    slots: ['target', 'version', 'reason'],
    required: ['target'],
    right: 'rollback',
    terse: ['rollback'],
  },
  Undo: { risk: 'change', slots: ['target'], required: [], right: 'everyone', terse: ['undo'] },
  Schedule: { risk: 'read', slots: ['target'], required: [], right: 'status', terse: ['schedule', 'scheduled'] },
  Promote: {
    risk: 'change',
    slots: ['target', 'filter', 'reason'],
    required: ['target'],
    right: 'deploy',
    terse: ['promote'],
  },
  Restart: {
    risk: 'change',
    slots: ['target', 'reason'],
    required: ['target'],
    right: 'deploy',
    terse: ['restart'],
  },
  Swap: {
    risk: 'change',
    slots: ['target', 'other', 'reason'],
    required: ['target'],
    right: 'deploy',
    terse: ['swap'],
  },
  /** `count` is the new version's share of the traffic, in percent. */
  Traffic: {
    risk: 'change',
    slots: ['target', 'version', 'count', 'reason'],
    required: ['target', 'version', 'count'],
    right: 'deploy',
    terse: ['traffic'],
  },
  Lock: {
    risk: 'change',
    slots: ['target', 'duration', 'time', 'reason'],
    required: ['target', 'reason'],
    right: 'lock',
    terse: ['lock'],
  },
  Unlock: { risk: 'change', slots: ['target'], required: ['target'], right: 'lock', terse: ['unlock'] },
  Freeze: {
    risk: 'change',
    slots: ['filter', 'duration', 'time', 'reason'],
    required: ['filter', 'reason'],
    right: 'freeze',
    terse: ['freeze'],
  },
  Unfreeze: { risk: 'change', slots: ['filter'], required: ['filter'], right: 'freeze', terse: ['unfreeze', 'thaw'] },
  Approvals: { risk: 'read', slots: ['target'], required: [], right: 'everyone', terse: ['approvals'] },
  Rights: { risk: 'read', slots: ['target'], required: [], right: 'everyone', terse: ['rights', 'who'] },
  History: { risk: 'read', slots: ['target', 'duration'], required: [], right: 'status', terse: ['history'] },
  Verify: { risk: 'read', slots: [], required: [], right: 'status', terse: ['verify', 'audit'] },
  Running: { risk: 'read', slots: ['target'], required: [], right: 'status', terse: ['running', 'ops'] },
  Abort: { risk: 'change', slots: ['target'], required: [], right: 'rollback', terse: ['abort'] },
  Cancel: { risk: 'read', slots: [], required: [], right: 'everyone', terse: ['cancel'] },
  Help: { risk: 'read', slots: [], required: [], right: 'everyone', terse: ['help'] },
  Whoami: { risk: 'read', slots: [], required: [], right: 'everyone', terse: ['whoami'] },
  Language: {
    risk: 'read',
    slots: ['language'],
    required: ['language'],
    right: 'everyone',
    terse: ['language', 'lang'],
  },
} as const satisfies Record<string, Entry>;

export type Intent = keyof typeof catalog;
export type Command = { intent: Intent; slots: Slots };
/** A folder of `intents/`: `en-US`, `ko-KR`. */
export type Locale = string;

/** The first thing missing, as the slots any of which would do; nothing when the command is complete. */
export function missing(command: Command): readonly Slot[] | undefined {
  for (const need of catalog[command.intent].required as Entry['required']) {
    const anyOf = typeof need === 'string' ? [need] : need;
    if (!anyOf.some((slot) => command.slots[slot] !== undefined)) return anyOf;
  }
  return undefined;
}
