// The pieces of a phrase as a translator takes them: words to translate, and everything that must come back as it is.
import { protect, protectWords } from '../core/protect.ts';
import type { Segment } from '../core/ports.ts';
import type { Piece } from './spell.ts';

/** Words, or pieces that stay together and as they are. `shown`: what stands for them while the rest is translated. */
export type Atom = string | { shown: string; pieces: readonly Piece[] };
type Kept = Exclude<Atom, string>;

/** Written from right to left; what is not would be shown in another order among its words. */
const leftwards = new Set(['ar', 'he', 'fa', 'fa-AF', 'ps', 'ur']);
const isolate: Piece = { kind: 'words', text: '\u2066' };
const end: Piece = { kind: 'words', text: '\u2069' };

/** A phrase's atoms. Bold marks stay at a kept piece and are dropped around words, where they could not be found again. */
export function atomsOf(pieces: readonly Piece[]): Atom[] {
  const atoms: Atom[] = [];
  const parts = pieces.flatMap(partsOf);
  for (let at = 0; at < parts.length; at += 1) {
    const part = parts[at]!;
    const [bold, mark] = parts.slice(at + 1, at + 3);
    if (part !== '*') atoms.push(part);
    else if (bold !== undefined && typeof bold !== 'string' && mark === '*') {
      atoms.push({ shown: bold.shown, pieces: [words('*'), ...bold.pieces, words('*')] });
      at += 2;
    }
  }
  return atoms;
}

/** For a translator; ids are places in `atoms`. */
export function segmentsOf(atoms: readonly Atom[]): Segment[] {
  return atoms.map((it, id) => (typeof it === 'string' ? it : { keep: it.shown, id }));
}

/** A translation as pieces; its words came from outside. */
export function worded(text: readonly Segment[], atoms: readonly Atom[], language: string): Piece[] {
  return text.flatMap((it, at): Piece[] => {
    if (typeof it === 'string') return [{ kind: 'outside', text: it }];
    const kept = atoms[it.id] as Kept;
    if (leftwards.has(language)) return [isolate, ...kept.pieces, end];
    return isBold(kept) ? freed(kept, text[at - 1], text[at + 1]) : [...kept.pieces];
  });
}

/** Pieces that were not translated, for a reader of that language. */
export function asWritten(pieces: Piece[], language: string): Piece[] {
  const isLeftToRight = leftwards.has(language) && pieces.some((it) => it.kind !== 'words' || /\S/u.test(it.text));
  return isLeftToRight ? [isolate, ...pieces, end] : pieces;
}

function partsOf(piece: Piece): Atom[] {
  if (piece.kind === 'aws') return protect(piece.text).map((it) => (typeof it === 'string' ? it : outside(it.keep)));
  if (piece.kind !== 'words') return [{ shown: shown(piece), pieces: [piece] }];
  return piece.text
    .split(/(\*)/u)
    .filter((part) => part !== '')
    .flatMap((part): Atom[] =>
      protectWords(part).map((it) => (typeof it === 'string' ? it : { shown: it.keep, pieces: [words(it.keep)] })),
    );
}

/** What stands for a piece: real where grammar can use it. */
function shown(piece: Exclude<Piece, { kind: 'words' | 'aws' }>): string {
  if (piece.kind === 'person' || piece.kind === 'group') return 'Kim';
  return piece.kind === 'time' ? '12:00' : piece.text;
}

function words(text: string): Piece {
  return { kind: 'words', text };
}

function outside(text: string): Kept {
  return { shown: text, pieces: [{ kind: 'outside', text }] };
}

function isBold({ pieces }: Kept): boolean {
  const [first] = pieces;
  return first?.kind === 'words' && first.text === '*';
}

/** Slack takes an asterisk beside a letter for an asterisk. */
function freed({ pieces }: Kept, before: Segment | undefined, after: Segment | undefined): Piece[] {
  const space = words(' ');
  const isBefore = typeof before === 'string' && /[\p{L}\p{M}\p{N}]$/u.test(before);
  const isAfter = typeof after === 'string' && /^[\p{L}\p{M}\p{N}]/u.test(after);
  return [...(isBefore ? [space] : []), ...pieces, ...(isAfter ? [space] : [])];
}
