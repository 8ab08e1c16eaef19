// One thing somebody asked, wherever it came from.
import type { Command, Locale } from '../../intents/catalog.ts';
import type { Click } from './reply.ts';

export type Origin = 'message' | 'slash' | 'button';

export type Place = {
  workspace: string;
  channel: string;
  /** Thread root, where the answer goes; absent: on the channel itself. */
  thread?: string;
  /** A direct message: everything said there is for the bot. */
  direct: boolean;
  /** Shared outside the organisation. */
  shared: boolean;
  /** Slack's short-lived address to answer where the bot is no member. */
  responseUrl?: string;
};

export type Request = {
  /** Same id, same request: `msg/C1/1700.1`, `evt/Ev1`, `clk/123.456.abc`. */
  id: string;
  /** Slack user id. */
  by: string;
  place: Place;
  origin: Origin;
  at: number;
  /** The person's or thread's language, where already known. */
  language?: Locale;
  /** The message a button was on. */
  message?: { channel: string; ts: string };
} & (
  | { text: string; click?: undefined; command?: undefined }
  | { click: Click; text?: undefined; command?: undefined }
  | { command: Command; text?: undefined; click?: undefined }
);
