// A message's blocks as lines of text for a terminal. Shows any blocks, known or not, and never wider than asked.
import { drawButton, drawElements, type Offers } from './draw-actions.ts';
import { drawChart } from './draw-chart.ts';
import { drawRich } from './draw-rich.ts';
import { drawTable } from './draw-table.ts';
import { node, nodes, words, type Node } from './json.ts';
import { emoji, mrkdwn, type Reader } from './mrkdwn.ts';
import { span, wrap, type Line, type Look, type Span } from './spans.ts';

export type Frame = { columns: number; reader: Reader; offers: Offers };

/** What `blocks` show, or `text` where there are none; each line at most `columns` wide. */
export function draw(message: { text: string; blocks: readonly unknown[] }, frame: Frame): Line[] {
  const blocks = nodes(message.blocks);
  const lines = blocks.length > 0 ? blocks.flatMap((block) => drawBlock(block, frame)) : marked(message.text, frame);
  return lines.flatMap((line) => wrap(line, frame.columns));
}

function drawBlock(block: Node, frame: Frame): Line[] {
  switch (block['type']) {
    case 'header':
      return wrap([span(emoji(words(node(block['text'])['text'])), 'bold')], frame.columns, 3);
    case 'section':
      return section(block, frame);
    case 'context':
      return wrap(context(block, frame), frame.columns);
    case 'actions':
      return drawElements(block, frame.offers, frame.columns);
    case 'table':
      return drawTable(block, frame.reader, frame.columns);
    case 'data_visualization':
      return drawChart(block, frame.columns);
    case 'plan':
      return plan(block, frame);
    case 'task_card':
      return task(block, frame);
    case 'rich_text':
      return drawRich(block, frame.reader, frame.columns);
    case 'markdown':
      return marked(words(block['text']), frame);
    case 'divider':
      return [[span('─'.repeat(Math.min(frame.columns, 40)), 'dim')]];
    default:
      return other(block, frame);
  }
}

/** A line of markup; what hangs over goes under the words, not under the sign. */
function marked(text: string, frame: Frame, look?: Look): Line[] {
  const quoted = text.replaceAll(/^(?:>|&gt;) ?/gmu, '│ ');
  return mrkdwn(quoted, frame.reader, look).flatMap((line) =>
    wrap(line, frame.columns, /^\p{So}/u.test(line[0]?.text ?? '') ? 3 : 2),
  );
}

function section(block: Node, frame: Frame): Line[] {
  const text = node(block['text']);
  const own = textOf(text, frame);
  const fields = nodes(block['fields']).flatMap((field) => textOf(field, frame));
  const accessory = node(block['accessory']);
  if (!accessory['type']) return [...own, ...fields];
  const beside =
    accessory['type'] === 'button'
      ? [drawButton(accessory, block, frame.offers)]
      : drawElements({ ...block, elements: [accessory] }, frame.offers, frame.columns);
  const last = own.at(-1);
  if (!last || beside.length > 1) return [...own, ...fields, ...beside];
  return [...own.slice(0, -1), [...last, span('   '), ...(beside[0] ?? [])], ...fields];
}

function textOf(text: Node, frame: Frame): Line[] {
  const said = words(text['text']);
  if (said === '') return [];
  return text['type'] === 'mrkdwn' ? marked(said, frame) : wrap([span(emoji(said))], frame.columns, 2);
}

function context(block: Node, frame: Frame): Span[] {
  return nodes(block['elements']).flatMap((element, index) => {
    const gap = index > 0 ? [span('  ')] : [];
    if (element['type'] === 'image') return [...gap, span(`[${words(element['alt_text'])}]`, 'dim')];
    const said = words(element['text']).replaceAll('\n', ' ');
    const shown = element['type'] === 'mrkdwn' ? mrkdwn(said, frame.reader, 'dim').flat() : [span(emoji(said), 'dim')];
    return [...gap, ...shown];
  });
}

function plan(block: Node, frame: Frame): Line[] {
  const title = wrap([span(emoji(words(block['title'])), 'bold')], frame.columns);
  return [...title, ...nodes(block['tasks']).flatMap((one) => task(one, frame))];
}

const signs: Record<string, string> = { pending: '⚪', in_progress: '🔄', complete: '✅', error: '❌' };

function task(one: Node, frame: Frame): Line[] {
  const sign = signs[words(one['status'])] ?? '·';
  const waiting = one['status'] === 'pending';
  const details = [one['details'], one['output']].flatMap((rich) =>
    drawRich(node(rich), frame.reader, frame.columns).flat(),
  );
  const line = [span(`${sign} `), span(emoji(words(one['title'])), waiting ? 'dim' : undefined)];
  return wrap(
    details.length > 0
      ? [...line, span(' · ', 'dim'), ...details.map((it) => ({ ...it, look: 'dim' as const }))]
      : line,
    frame.columns,
    3,
  );
}

/** Anything this terminal has no drawing for: its words, so that nothing is hidden. */
function other(block: Node, frame: Frame): Line[] {
  const said = [block['title'], block['label'], block['text'], block['alt_text']].map(
    (it) => words(it) || words(node(it)['text']),
  );
  const text = said.filter((it) => it.trim() !== '').join(' · ');
  return wrap([span(`[${words(block['type']) || 'block'}${text === '' ? '' : `: ${text}`}]`, 'dim')], frame.columns);
}
