// Every port on one screen. An optional method that is missing is the capability flag.
import type { Intent, Locale, Slot, Slots } from '../../intents/catalog.ts';
import type {
  Artifact,
  Change,
  Influence,
  Metrics,
  PlannedCall,
  Progress,
  Sizes,
  Status,
  Target,
  TargetEvent,
  Version,
} from './facts.ts';
import type { Reply, Sign } from './reply.ts';
export type * from './facts.ts';

/** Time. Core and drivers take it as an argument, so that tests own it. */
export type Clock = {
  /** Epoch milliseconds. */
  now(): number;
  /** Calls `run` once after `ms`; returns what cancels it. */
  after(ms: number, run: () => void): () => void;
};

/** What one text means, before anybody asks whether it is allowed or possible. */
export type Reading = {
  locale: Locale;
  /** Absent: nothing was understood. */
  intent?: Intent;
  /** 0 to 1. Under 0.4 the intent is only a guess. */
  confidence: number;
  slots: Slots;
  /** Further intents it could have been, best first, without `intent`. */
  guesses: { intent: Intent; confidence: number }[];
  /** A change was named but not asked for: `intent` is then the read that helps. */
  held?: 'negated' | 'question' | 'conditional' | 'reported' | 'past';
  /** Words in the place of a name that fit no known target. */
  unknownTarget?: string;
  /** Further targets the same is asked for, by the names they were called. */
  others?: string[];
  /** A second change or look in the same message. */
  also?: Intent;
  /** The code of a language that could not be read. */
  unread?: string;
  /** Values that only the cloud recognizer could read, with the words they stand for. */
  understood?: { slot: Slot; said: string }[];
  /** Which numbers could not be told apart: two different values for one slot. */
  conflict?: (keyof Slots)[];
};

/** Raw text to intent and slots. Never throws for any text. */
export type Reader = {
  /** `targets`: names that exist. `language`: what the person or thread uses, if known. `awaiting`: the slot a question waits for. */
  read(
    text: string,
    context: {
      language?: Locale;
      /** IANA time zone that days and times are read in. */
      zone?: string;
      targets: readonly string[];
      awaiting?: { intent: Intent; slot: Slot; slots?: Slots };
    },
  ): Promise<Reading>;
};

/**
 * What an utterance may mean. No `confidence`: the engine gave none. `slots`: which words of the utterance fill which slot,
 * and the value the engine's own types gave them.
 */
export type Recognized = {
  intent: Intent;
  confidence?: number;
  slots?: Readonly<Partial<Record<Slot | 'day', { said: string; value: string }>>>;
};

/**
 * One utterance (placeholders inside) to intents, best first, at most 5; empty when nothing fits. Throws a PlatformError
 * when the other side does not answer. `awaiting`: the slot a question waits for, and the slots so far.
 */
export type Recognizer = {
  recognize(
    text: string,
    locale: Locale,
    awaiting?: { intent: Intent; slot: Slot; slots?: Slots },
  ): Promise<Recognized[]>;
};

/** A piece of a text to translate; `keep` comes back as it is, known by its `id`. */
export type Segment = string | { keep: string; id: number };

/** Machine translation. Languages are codes as Amazon Translate writes them. */
export type Translator = {
  /**
   * The text in the other language; nothing where a kept piece did not survive exactly once, or a number changed.
   * Throws a PlatformError when the other side does not answer.
   */
  translate(text: readonly Segment[], from: string, to: string): Promise<Segment[] | undefined>;
};

/** Records. A `rev` counts the writes of a key; 0 means it must not exist. */
export type Store = {
  /** The value and its rev, or nothing; expired records do not exist. */
  get<T>(key: string): Promise<{ value: T; rev: number } | undefined>;
  /** The new rev, or nothing when `ifRev` did not hold. `expires`: epoch milliseconds. Durable when it resolves. */
  put<T>(key: string, value: T, options?: { ifRev?: number; expires?: number }): Promise<number | undefined>;
  /** Deletes; false when `ifRev` did not hold. */
  delete(key: string, ifRev?: number): Promise<boolean>;
  /** Records whose key starts with `prefix`, in key order. */
  list<T>(prefix: string): Promise<{ key: string; value: T; rev: number }[]>;
  close(): Promise<void>;
};

/** "Call me about this id at that time": at least once, durable when `at` resolves; a handler that throws is called again. */
export type Wakeups = {
  at(id: string, time: number): Promise<void>;
  start(handler: (id: string) => Promise<void>): void;
  close(): Promise<void>;
};

/** For which operation and whom AWS is called; `called` hears of each call that may change something: `UpdateService 1f0e…`. */
export type Session = { operation: string; by?: string; called?: (call: string) => void };
/** For whom and since when a change is made. `since`: when the operation was claimed; `by`: who asked for it. */
type Making = Session & { since: number };

/** A kind of target. Methods throw PlatformError (the other side failed) or Refusal (it will not do that). */
export type Platform = {
  id: string;
  label: string;
  /** IAM actions it calls itself. */
  permissions: readonly string[];
  /** IAM actions AWS uses on our behalf, with the page that says so. Not verified on a real account. */
  implied: readonly { action: string; source: string }[];
  /** Everything it sees in its regions. A region that fails is named, the rest is still returned. */
  list(): Promise<{ targets: Target[]; failed: { region: string; reason: unknown }[] }>;
  /** Its tags in AWS, for rules that go by them. */
  tags?(target: Target): Promise<Readonly<Record<string, string>>>;
  /** State by target key; batched, and concurrent callers share calls. A target AWS did not answer for has an error. */
  status(targets: readonly Target[]): Promise<Map<string, Status | Error>>;
  /** Load and alarms now, with the last hour. */
  metrics?(target: Target): Promise<Metrics>;
  /** Newest first, not before `since`. */
  events?(target: Target, since: number): Promise<TargetEvent[]>;
  /** Newest first, at most 20. */
  versions?(target: Target): Promise<Version[]>;
  /**
   * The exact thing a version means here: label, tag, digest, task definition revision, or `latest`.
   * Refuses what does not exist, is not usable, or is not from this target's own repository, naming the nearest.
   */
  resolve?(target: Target, version: string): Promise<Artifact>;
  /** The version that ran immediately before and ended well; nothing when AWS knows none. */
  previous?(target: Target): Promise<Artifact | undefined>;
  /** What else moves the numbers of the target, limits them, or will put them back: schedules, policies, stacks, quotas. */
  influences?(target: Target): Promise<Influence[]>;
  /** The calls the change will make, in order, for people to read. */
  calls?(target: Target, change: Change): Promise<PlannedCall[]>;
  /** Sets the numbers. Idempotent. `register`: makes the target scalable first. */
  scale?(target: Target, change: Making & { sizes: Sizes; register?: true }): Promise<void>;
  /**
   * Starts a deployment unless this operation's own is already there (asks AWS first), and returns the handle `progress`
   * and `abort` take. `percent`: the new version's share of the traffic while it is tried.
   */
  deploy?(target: Target, change: Making & { artifact: Artifact; percent?: number }): Promise<string>;
  /** Whether a deployment here can split the traffic; then `deploy` takes `percent`. */
  splits?(target: Target): Promise<boolean>;
  /** Restarts every instance or task with the same version, unless this operation did already; a handle as of `deploy`. */
  restart?(target: Target, change: Making): Promise<string | undefined>;
  /** Swaps the addresses of two targets, unless this operation did already. */
  swap?(target: Target, change: Making & { other: Target }): Promise<void>;
  /** Says how a deployment goes on that waits at a pause hook. Refuses when it waits no more. */
  resume?(
    target: Target,
    answer: Partial<Session> & { handle?: string; hook: string; action: 'continue' | 'rollback' },
  ): Promise<void>;
  /** By what AWS shows now. */
  progress?(target: Target, operation: { change: Change; handle?: string; since: number }): Promise<Progress>;
  /** Stops the deployment and goes back. Refuses when it is already over. */
  abort?(
    target: Target,
    operation: Partial<Session> & { change: Change; handle?: string; since: number },
  ): Promise<void>;
};

/** `guest`: single- or multi-channel; `outsider`: of another workspace; `gone`: deactivated. */
export type PersonKind = 'member' | 'guest' | 'outsider' | 'bot' | 'gone';

/** Who people in the chat are. Throws a PlatformError when the chat does not tell: nobody is taken for somebody then. */
export type People = {
  kind(person: string): Promise<PersonKind>;
  /** Ids of a user group's members, at most a minute old. */
  members(group: string): Promise<readonly string[]>;
  /** Language like `ko-KR` and IANA time zone of somebody's profile, where it tells. */
  profile(person: string): Promise<{ locale?: string; zone?: string } | undefined>;
};

/** Where a posted message is. */
export type Posted = { channel: string; ts: string };
/** Where an answer goes. `private`: only this person sees it. */
export type Destination = { channel: string; thread?: string; private?: string; responseUrl?: string };

/** Posting to a chat. Renders a Reply in a language; cuts what is too long; never throws for content. */
export type Chat = {
  post(to: Destination, reply: Reply, locale: Locale): Promise<Posted | undefined>;
  update(message: Posted, reply: Reply, locale: Locale): Promise<void>;
  /** Adds the sign as a reaction; failures are not errors. */
  react(message: Posted, sign: Sign): Promise<void>;
};
