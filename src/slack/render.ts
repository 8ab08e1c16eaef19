// A neutral Reply as a Slack message in a language: blocks, and the whole card in sentences.
import { signs, type Part, type Phrase, type Reply } from '../core/reply.ts';
import { contextBlock, moreBlock, type Block } from './blocks.ts';
import { cutPlain } from './cut.ts';
import { limits } from './limits.ts';
import { actionBlocks, exampleBlock, numbering, type Numbering } from './render-actions.ts';
import { chartBlocks } from './render-chart.ts';
import { joined, lineBlocks } from './render-lines.ts';
import { progressBlocks } from './render-progress.ts';
import { tableBlocks } from './render-table.ts';
import { sentences } from './render-text.ts';
import { blank, type Spell } from './spell.ts';
import { plain } from './write.ts';

/** What `chat.postMessage` and `chat.update` take. */
export type Card = { text: string; blocks: Block[] };
/** Newer blocks that a workspace may not have yet. */
export type Can = { plan: boolean; chart: boolean; table: boolean };

export const everything: Can = { plan: true, chart: true, table: true };

/** The message a Reply is. `spell`: in which language. `banner` is said last on every card. Never over Slack's limits, whatever the Reply holds. */
export function render(reply: Reply, options: { spell: Spell; can?: Can; banner?: Phrase | undefined }): Card {
  const { spell } = options;
  const whole = options.banner ? { ...reply, foot: [...(reply.foot ?? []), options.banner] } : reply;
  const ids = numbering();
  const head = headBlocks(whole, spell);
  const body = bodyBlocks(whole.parts, spell, ids, options.can ?? everything);
  const tail = [...actionBlocks(whole.actions ?? [], spell, ids), ...contextBlock(joined(whole.foot ?? [], spell))];
  return { text: sentences(whole, spell), blocks: fit(head, body, tail, spell) };
}

function headBlocks(reply: Reply, spell: Spell): Block[] {
  const place = contextBlock(joined(reply.place ?? [], spell));
  if (!reply.header) return place;
  const pieces = spell(reply.header.text);
  const text = cutPlain(
    `:${signs[reply.header.sign]}: ${blank(pieces) ? '…' : plain(pieces).replace(/\s+/gu, ' ').trim()}`,
    limits.header,
  );
  return [{ type: 'header', text: { type: 'plain_text', text, emoji: true } }, ...place];
}

function bodyBlocks(parts: readonly Part[], spell: Spell, ids: Numbering, can: Can): Block[] {
  const used = { tables: 0, charts: 0, plans: 0 };
  return parts.flatMap((part): Block[] => {
    if (part.kind === 'lines') return lineBlocks(part.lines, spell);
    if (part.kind === 'note') return contextBlock(joined(part.parts, spell), part.sign);
    if (part.kind === 'table') return tableBlocks(part, spell, can.table && used.tables++ < limits.tables);
    if (part.kind === 'progress') return progressBlocks(part, spell, can.plan && used.plans++ < 1);
    if (part.kind === 'example') return [exampleBlock(part, spell, ids)];
    return can.chart && used.charts++ < limits.charts ? chartBlocks(part, spell) : [];
  });
}

/** Header, buttons and foot are always there; what is too much in between is counted. */
function fit(head: Block[], body: Block[], tail: Block[], spell: Spell): Block[] {
  const most = limits.blocks - head.length - 2;
  const last = tail.length <= most ? tail : [...tail.slice(0, most - 1), ...tail.slice(-1)];
  const room = limits.blocks - head.length - last.length;
  if (body.length <= room) return [...head, ...body, ...last];
  const shown = body.slice(0, room - 1);
  return [...head, ...shown, ...moreBlock(body.length - shown.length, spell), ...last];
}
