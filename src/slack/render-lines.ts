// Label lines as sections: one label a line, parts that break only between each other.
import { signs, type Line, type Phrase } from '../core/reply.ts';
import { marked, type Block } from './blocks.ts';
import { cutMrkdwn } from './cut.ts';
import { limits } from './limits.ts';
import { blank, type Spell } from './spell.ts';
import { mrkdwn, plain } from './write.ts';

/** Up to here a part is a value whose words stay together; a longer one is a sentence and may wrap. */
const value = 28;

/** Sections with the lines, as few as Slack's limit allows. */
export function lineBlocks(lines: readonly Line[], spell: Spell): Block[] {
  return sections(lines.map((line) => lineText(line, spell)));
}

/** Sections with ready lines of mrkdwn. */
export function sections(lines: readonly string[]): Block[] {
  const blocks: string[] = [];
  for (const line of lines.filter((text) => text.trim() !== '')) {
    const last = blocks.at(-1);
    if (last !== undefined && last.length + line.length < limits.section)
      blocks[blocks.length - 1] = `${last}\n${line}`;
    else blocks.push(line);
  }
  // Without `expand` Slack folds long sections, and the fold hides the numbers.
  return blocks.map((text) => ({ type: 'section', text: marked(text), expand: true }));
}

/** Parts joined by ` · `, as mrkdwn; empty ones take no room. */
export function joined(parts: readonly Phrase[], spell: Spell): string {
  return parts
    .map((part) => spell(part))
    .filter((pieces) => !blank(pieces))
    .map((pieces) =>
      mrkdwn(pieces, { tight: plain(pieces).length <= value })
        .replace(/\s*\n\s*/gu, ' ')
        .trim(),
    )
    .join(' · ');
}

function lineText(line: Line, spell: Spell): string {
  const label = line.label ? joined([line.label], spell) : '';
  const content = joined(line.parts, spell);
  const said = [
    ...(label === '' ? [] : [`*${cutMrkdwn(label, limits.label)}*`]),
    ...(content === '' ? [] : [bold(cutMrkdwn(content, limits.line), line.strong === true)]),
  ];
  if (said.length === 0) return '';
  return `${line.quote ? '>' : ''}${line.sign ? `:${signs[line.sign]}: ` : ''}${said.join(' \u00A0')}`;
}

function bold(text: string, strong: boolean): string {
  // Bold inside bold would end it.
  return strong ? `*${text.replaceAll('*', '')}*` : text;
}
