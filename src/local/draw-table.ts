// Tables with aligned columns: https://docs.slack.dev/reference/block-kit/blocks/table-block
import { richSpans } from './draw-rich.ts';
import { node, nodes, words, type Node } from './json.ts';
import type { Reader } from './mrkdwn.ts';
import { span, widthOf, type Line, type Span } from './spans.ts';
import { cut, width } from './width.ts';

const gap = 2;
/** A column is not made narrower than this while another one is wider. */
const narrowest = 4;

/** Rows of a table; the widest columns give way where the terminal is too narrow. */
export function drawTable(block: Node, reader: Reader, columns: number): Line[] {
  const rows = (Array.isArray(block['rows']) ? block['rows'] : []).map((row) =>
    nodes(row).map((one) => cell(one, reader)),
  );
  const count = Math.min(
    rows.reduce((most, row) => Math.max(most, row.length), 0),
    Math.max(1, Math.floor((columns + gap) / (narrowest + gap))),
  );
  const settings = nodes(block['column_settings']);
  const natural = Array.from({ length: count }, (_, index) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? [])), 1),
  );
  const widths = shrunk(natural, columns - gap * Math.max(0, count - 1));
  return rows.map((row, at) =>
    widths.flatMap((size, index): Span[] => {
      const fitted = fit(row[index] ?? [], size, at === 0);
      const rest = ' '.repeat(Math.max(0, size - widthOf(fitted)));
      const between = index > 0 ? [span(' '.repeat(gap))] : [];
      const right = settings[index]?.['align'] === 'right';
      return right ? [...between, span(rest), ...fitted] : [...between, ...fitted, span(rest)];
    }),
  );
}

function cell(given: Node, reader: Reader): Span[] {
  if (given['type'] !== 'rich_text') return [span(words(given['text']))];
  return nodes(given['elements']).flatMap((section) => richSpans(node(section), reader));
}

function shrunk(natural: number[], room: number): number[] {
  const widths = [...natural];
  while (widths.reduce((sum, one) => sum + one, 0) > room) {
    const widest = Math.max(...widths);
    if (widest <= 1) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function fit(spans: readonly Span[], size: number, heading: boolean): Span[] {
  const fitted: Span[] = [];
  let left = size;
  for (const one of spans) {
    const text = cut(one.text, left);
    fitted.push({ text, look: heading ? 'dim' : one.look });
    left -= width(text);
    if (text !== one.text) break;
  }
  return fitted;
}
