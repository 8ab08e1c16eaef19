// Faults only one service knows: its own errors, and answers that are wrong inside.

/** `conflict`, `dependency`: 409 and 424 of Lex; `no-score`: interpretations without `nluConfidence`. `span-*`: what a translation did to a protected part. */
export type Quirk =
  | 'conflict'
  | 'dependency'
  | 'no-score'
  | 'span-lost'
  | 'span-moved'
  | 'span-doubled'
  | 'span-translated'
  | 'span-spaced';

const owners: Record<Quirk, string> = {
  conflict: 'lex',
  dependency: 'lex',
  'no-score': 'lex',
  'span-lost': 'translate',
  'span-moved': 'translate',
  'span-doubled': 'translate',
  'span-translated': 'translate',
  'span-spaced': 'translate',
};

export const quirks = Object.keys(owners) as readonly Quirk[];

/** The quirk of that name, if it is one. */
export function asQuirk(kind: string | undefined): Quirk | undefined {
  return quirks.find((it) => it === kind);
}

/** Whether a fault of this kind can strike this service. */
export function strikes(kind: string, service: string): boolean {
  const quirk = asQuirk(kind);
  return quirk === undefined || owners[quirk] === service;
}
