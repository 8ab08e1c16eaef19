// The whole card in sentences: what notifications, screen readers and old clients get instead of the blocks.
import { say, type Action, type Cell, type Line, type Part, type Phrase, type Reply } from '../core/reply.ts';
import { cutMrkdwn } from './cut.ts';
import { limits } from './limits.ts';
import type { Spell } from './spell.ts';
import { mrkdwn } from './write.ts';

/** Everything the blocks say, without signs; the header first, since a phone shows the first 60 characters. */
export function sentences(reply: Reply, spell: Spell): string {
  const word = (phrase: Phrase): string => mrkdwn(spell(phrase)).replace(/\s+/gu, ' ').trim();
  const list = (phrases: readonly Phrase[]): string => phrases.map(word).filter(Boolean).join(', ');
  const said = [
    reply.header ? word(reply.header.text) : '',
    ...reply.parts.flatMap((part) => partText(part, word, list)),
    // A question is nothing without its answers; a card's buttons can be read on the card.
    reply.header
      ? ''
      : (reply.actions ?? [])
          .map((action) => answers(action, list))
          .filter(Boolean)
          .join(', '),
    list(reply.foot ?? []),
    list(reply.place ?? []),
  ];
  const text = said.filter(Boolean).map(ended).join(' ');
  return text === '' ? '…' : cutMrkdwn(text, limits.text);
}

type Word = (phrase: Phrase) => string;
type List = (phrases: readonly Phrase[]) => string;

function partText(part: Part, word: Word, list: List): string[] {
  if (part.kind === 'lines') return part.lines.map((line) => lineText(line, word, list));
  if (part.kind === 'note') return [list(part.parts)];
  if (part.kind === 'example') return [`${word(part.label)}: ${word(part.text)}`];
  if (part.kind === 'chart') return [];
  if (part.kind === 'table') {
    return part.rows.map((row) =>
      row
        .map((cell) => cellText(cell, word))
        .filter(Boolean)
        .join(', '),
    );
  }
  const steps = part.steps.map((step) =>
    list([step.title, ...(step.detail ? [step.detail] : []), say(`step.${step.state}`)]),
  );
  return [word(part.title), ...steps];
}

function lineText(line: Line, word: Word, list: List): string {
  const label = line.label ? word(line.label) : '';
  return [label, list(line.parts)].filter(Boolean).join(' ');
}

function cellText(cell: Cell, word: Word): string {
  const text = word(cell.text);
  return cell.sign ? [text, word(say(`sign.${cell.sign}`))].filter(Boolean).join(', ') : text;
}

function answers(action: Action, list: List): string {
  if (action.kind === 'menu') return list(action.options.map((option) => option.label));
  return list([action.label]);
}

function ended(sentence: string): string {
  return /[.?!。…:]$/u.test(sentence) ? sentence : `${sentence}.`;
}
