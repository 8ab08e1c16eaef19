// A neutral answer: message keys and arguments, never sentences. An edge renders it in a language.
import type { ReplyKey } from '../../intents/replies.ts';
import type { Command } from '../../intents/catalog.ts';

/**
 * A value inside a phrase. A plain string came from outside (a name, a label, AWS's words): edges escape it.
 * `time` is rendered in the reader's own zone.
 */
export type Arg =
  | string
  | number
  | { person: string }
  /** A user group, by its Slack id. */
  | { group: string }
  | { time: number; style: 'time' | 'day' }
  | { duration: number }
  | { code: string }
  /** A sentence of AWS's own, in English: shown in the reader's language where it can be translated. */
  | { aws: string }
  | Phrase
  | readonly Phrase[];
/** A message key of intents/replies.ts with its arguments. */
export type Phrase = { say: ReplyKey; with?: Record<string, Arg> };
/** Builds a Phrase. */
export function say(key: ReplyKey, args?: Record<string, Arg>): Phrase {
  return args ? { say: key, with: args } : { say: key };
}

export const signs = {
  healthy: 'large_green_circle',
  degraded: 'warning',
  down: 'octagonal_sign',
  unknown: 'question',
  changing: 'arrows_counterclockwise',
  waiting: 'white_circle',
  ask: 'raised_hand',
  done: 'white_check_mark',
  failed: 'x',
  back: 'leftwards_arrow_with_hook',
  no: 'no_entry_sign',
  lock: 'lock',
} as const;
export type Sign = keyof typeof signs;

/** What a click asks for. Ids are opaque; the edge encodes them and the core checks rights at every click. */
export type Click =
  /** `refresh`: the answer takes the place of the message the button is on. */
  | { command: Command; refresh?: true }
  /** `original`: the answer with AWS's sentences as AWS wrote them, for whoever clicks. */
  | { command: Command; original: true }
  /** `read`: shows the card to this reader alone, in their language; `calls`: what AWS will be asked. */
  | { plan: string; verb: 'confirm' | 'cancel' | 'read' | 'calls' | 'approve' | 'decline' }
  /** Several plans of one request at once. */
  | { plans: string[]; verb: 'confirm' }
  | { operation: string; verb: 'abort' | 'undo' }
  /** How a deployment goes on that waits at this hook. */
  | { operation: string; verb: 'continue' | 'rollback'; hook: string }
  | { revert: string; verb: 'keep' | 'longer' | 'now' }
  | { dialog: string; pick: string }
  | { lock: string; verb: 'notify' | 'steal' | 'unlock' | 'keep' }
  /** The command in spite of what holds its target, by whoever may. */
  | { command: Command; override: true }
  /** The target is made scalable first. */
  | { command: Command; register: true };

export type Button = {
  label: Phrase;
  click: Click;
  style?: 'primary' | 'danger';
  /** What a screen reader says where the label alone is unclear. */
  hint?: Phrase;
  /** A dialog that says what it costs, before the click counts. */
  confirm?: { title: Phrase; text: Phrase; yes: Phrase; no: Phrase };
};
export type Action =
  /** `shown`: only on a card with sentences of AWS's that are translated. */
  | ({ kind: 'button'; shown?: 'translated' } & Button)
  | { kind: 'link'; label: Phrase; url: string }
  | { kind: 'menu'; placeholder: Phrase; options: { label: Phrase; note?: Phrase; click: Click }[] };

/** One label a line; parts are joined by ` · ` and a line breaks only between parts. */
export type Line = {
  sign?: Sign;
  label?: Phrase;
  parts: readonly Phrase[];
  strong?: boolean;
  /** Somebody's own words. */
  quote?: true;
};
export type Cell = { text: Phrase; sign?: Sign };
export type Part =
  | { kind: 'lines'; lines: readonly Line[] }
  | { kind: 'note'; sign?: Sign; parts: readonly Phrase[] }
  | { kind: 'table'; columns: { label: Phrase; right?: boolean }[]; rows: Cell[][] }
  | {
      kind: 'progress';
      title: Phrase;
      steps: { title: Phrase; state: 'waiting' | 'running' | 'done' | 'failed'; detail?: Phrase }[];
    }
  | { kind: 'chart'; title: Phrase; unit: string; labels: number[]; series: { name: Phrase; values: number[] }[] }
  | { kind: 'example'; label: Phrase; text: Phrase; button: Button };

export type Reply = {
  /** The card's sign and `target: state`; left out for a plain question or refusal. */
  header?: { sign: Sign; text: Phrase };
  /** Grey line under the header: platform, account, city. */
  place?: readonly Phrase[];
  parts: readonly Part[];
  actions?: readonly Action[];
  /** Grey line after the buttons. */
  foot?: readonly Phrase[];
  /** Only the asker sees it. */
  private?: boolean;
};
