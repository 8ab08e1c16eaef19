// Text with looks, wrapped to a width and painted at the very end, so that colours never count as columns.
import { styleText } from 'node:util';
import { split, tame, width } from './width.ts';

export type Look = 'bold' | 'dim' | 'code' | 'good' | 'bad';
export type Span = { text: string; look?: Look | undefined };
export type Line = readonly Span[];

const paints = { bold: 'bold', dim: 'dim', code: 'cyan', good: ['bold', 'green'], bad: 'red' } as const;

/** A span of outside or own text. */
export function span(text: string, look?: Look): Span {
  return look ? { text: tame(text), look } : { text: tame(text) };
}

/** The line as it is written to a terminal; without `colours` its text alone. */
export function paint(line: Line, colours: boolean): string {
  const written = line.map(({ text, look }) => {
    const plain = text.replaceAll('\u00A0', ' ');
    return colours && look && plain.trim() !== ''
      ? styleText([paints[look]].flat(), plain, { validateStream: false })
      : plain;
  });
  return written.join('').trimEnd();
}

/** The text of a line. */
export function textOf(line: Line): string {
  return paint(line, false);
}

export function widthOf(line: Line): number {
  return line.reduce((sum, { text }) => sum + width(text), 0);
}

/** The line in as many lines of at most `columns` as it needs, later ones indented by `hanging`. Breaks at ordinary spaces. */
export function wrap(line: Line, columns: number, hanging = 0): Line[] {
  const lines: Span[][] = [];
  let current: Span[] = [];
  let used = 0;
  const next = (): void => {
    lines.push(trimmed(current));
    current = hanging > 0 ? [{ text: ' '.repeat(hanging) }] : [];
    used = hanging;
  };
  for (const { words, size } of chunks(line)) {
    const started = lines.length === 0 ? used > 0 : used > hanging;
    if (used + size > columns && started) next();
    for (const word of words) {
      const fitted = used + width(word.text) <= columns ? [word] : broken(word, columns - used, columns - hanging);
      for (const [index, part] of fitted.entries()) {
        if (index > 0) next();
        const atStart = used === (lines.length === 0 ? 0 : hanging);
        if (atStart && lines.length > 0 && part.text.trim() === '') continue;
        current.push(part);
        used += width(part.text);
      }
    }
  }
  lines.push(trimmed(current));
  return lines;
}

/** Words that must stay together, across spans, and the spaces between them. */
function chunks(line: Line): { words: Span[]; size: number }[] {
  const found: { words: Span[]; size: number; blank: boolean }[] = [];
  for (const { text, look } of line) {
    for (const word of text.split(/( +)/u).filter(Boolean)) {
      const blank = word.startsWith(' ');
      const last = found.at(-1);
      const piece = look ? { text: word, look } : { text: word };
      if (last && !blank && !last.blank) {
        last.words.push(piece);
        last.size += width(word);
      } else found.push({ words: [piece], size: width(word), blank });
    }
  }
  return found;
}

/** A word that is wider than a line, in pieces. */
function broken(word: Span, first: number, most: number): Span[] {
  const pieces: Span[] = [];
  let rest = word.text;
  let room = first;
  while (rest !== '') {
    const [head, tail] = split(rest, room);
    // A character that is wider than the whole line is left out: it can never be shown.
    if (head === '' && pieces.length > 0) break;
    pieces.push({ ...word, text: head });
    rest = tail;
    room = most;
  }
  return pieces;
}

function trimmed(spans: Span[]): Span[] {
  const last = spans.at(-1);
  if (!last || !last.text.endsWith(' ')) return spans;
  const text = last.text.replace(/ +$/u, '');
  return text === '' ? trimmed(spans.slice(0, -1)) : [...spans.slice(0, -1), { ...last, text }];
}
