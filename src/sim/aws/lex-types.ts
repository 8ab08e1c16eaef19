// What a Lex V2 bot is once imported, and what a session with it holds.
import type { Params } from './params.ts';

/** A bot as it is given: its export as path -> text of the file. */
export type LexBotFiles = { botId: string; aliasId: string; files: Record<string, string> };

export type LexBot = { botId: string; aliasId: string; name: string; idleSeconds: number; locales: LexLocale[] };

export type LexLocale = {
  id: string;
  /** Below this the fallback intent comes first. */
  threshold: number;
  intents: LexIntent[];
  slotTypes: LexSlotType[];
};

export type LexIntent = {
  name: string;
  fallback: boolean;
  utterances: string[];
  /** By priority. */
  slots: LexSlot[];
  confirm?: { prompt: string[]; retries: number; declined: string[] };
  closing: string[];
};

export type LexSlot = {
  name: string;
  type: string;
  required: boolean;
  prompt: string[];
  retries: number;
  utterances: string[];
};

export type LexSlotType = {
  name: string;
  restricted: boolean;
  values: { value: string; synonyms: string[] }[];
};

/** A slot as it is on the wire; null is empty. */
export type SlotValue = { value: { originalValue: string; interpretedValue: string; resolvedValues: string[] } } | null;
export type Slots = Record<string, SlotValue>;
export type IntentState = { name: string; slots: Slots; state: string; confirmationState: string };
export type DialogAction = { type: string; slotToElicit?: string };

export type LexSession = {
  key: string;
  at: number;
  dialogAction?: DialogAction;
  intent?: IntentState;
  /** How often the current question was asked in vain. */
  missed: number;
  attributes: Record<string, string>;
  contexts?: unknown;
  originatingRequestId: string;
  messages: Params[];
  interpretations: Params[];
};

export type Lex = {
  bots: LexBot[];
  sessions: Map<string, LexSession>;
  /** Keys of sessions with a call under way. */
  busy: Set<string>;
};
