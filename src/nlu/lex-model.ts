// A Lex V2 bot as plain data: what the import zip, the infrastructure and a simulated Lex are made from.

/** Off: Lex's own model alone. Fallback: a language model where Lex has no answer. Primary: a language model first. */
export type AssistedNlu = 'off' | 'fallback' | 'primary';

/** Everything in it is sorted by name, slots aside: they are in the order in which they are asked for. */
export type LexBot = { name: string; description: string; idleSeconds: number; locales: LexLocale[] };
export type LexLocale = {
  /** As Lex writes it: `en_US`. */
  id: string;
  /** Below this score Lex puts the fallback first. */
  threshold: number;
  assistedNlu: AssistedNlu;
  intents: LexIntent[];
  slotTypes: LexSlotType[];
};
export type LexIntent = {
  name: string;
  description: string;
  /** The built-in intent this is: `AMAZON.FallbackIntent`. */
  parent?: string;
  /** Slots as `{slot}`. */
  utterances: string[];
  slots: LexSlot[];
};
export type LexSlot = {
  name: string;
  description: string;
  /** A built-in type (`AMAZON.Number`) or one of the locale's own. */
  type: string;
  required: boolean;
  /** One is chosen at random where there are several; `{slot}` is that slot's value. */
  prompts: string[];
  retries: number;
};
export type LexSlotType = {
  name: string;
  description: string;
  /** `original`: what was said, listed or not. `top`: the listed value that it stands for, or nothing. */
  resolution: 'original' | 'top';
  values: LexValue[];
};
export type LexValue = { value: string; synonyms: string[] };

export const fallbackIntent = 'AMAZON.FallbackIntent';

/** In the order of UTF-16 units, which no machine's locale changes. */
export function byName(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

/** Names of the slots in an utterance or prompt. */
export function mentioned(text: string): string[] {
  return [...text.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name!);
}
