// Buttons and menus with the numbers they are clicked by.
import { node, nodes, words, type Node } from './json.ts';
import { emoji } from './mrkdwn.ts';
import { span, widthOf, wrap, type Line, type Span } from './spans.ts';

/** The number of an element, by `block_id/action_id`; nothing for one that cannot be clicked. */
export type Offers = ReadonlyMap<string, number>;

const optionsShown = 10;

export function elementKey(block: Node, element: Node): string {
  return `${words(block['block_id'])}/${words(element['action_id'])}`;
}

/** `[1] Scale to 4–12` */
export function drawButton(element: Node, block: Node, offers: Offers): Span[] {
  const number = offers.get(elementKey(block, element));
  const label = emoji(words(node(element['text'])['text'])).replaceAll(' ', '\u00A0');
  const look = ({ primary: 'good', danger: 'bad' } as const)[words(element['style'])];
  const link = element['url'] ? '\u00A0↗' : '';
  return [span(number === undefined ? '[-]\u00A0' : `[${number}]\u00A0`, 'bold'), span(`${label}${link}`, look)];
}

/** Buttons side by side, menus below each other with their first options. */
export function drawElements(block: Node, offers: Offers, columns: number): Line[] {
  const lines: Line[] = [];
  let row: Span[] = [];
  for (const element of nodes(block['elements'])) {
    const options = [
      ...nodes(element['options']),
      ...nodes(element['option_groups']).flatMap((group) => nodes(group['options'])),
    ];
    if (options.length === 0) {
      const button = drawButton(element, block, offers);
      if (row.length > 0 && widthOf(row) + 3 + widthOf(button) > columns) lines.push(...wrap(row.splice(0), columns));
      row = row.length > 0 ? [...row, span('   '), ...button] : button;
      continue;
    }
    if (row.length > 0) lines.push(...wrap(row.splice(0), columns));
    lines.push(...menu(element, options, offers.get(elementKey(block, element)), columns));
  }
  return row.length > 0 ? [...lines, ...wrap(row, columns)] : lines;
}

function menu(element: Node, options: Node[], number: number | undefined, columns: number): Line[] {
  const title = emoji(words(node(element['placeholder'])['text']));
  const shown = options.slice(0, optionsShown).flatMap((option, index) => {
    const note = words(node(option['description'])['text']);
    const line = [span(`${String(index + 1).padStart(5)}  `, 'bold'), span(emoji(words(node(option['text'])['text'])))];
    return wrap(note === '' ? line : [...line, span(`  ${note}`, 'dim')], columns, 7);
  });
  const more = options.length - optionsShown;
  const how = number === undefined ? '' : `  !${number} 1 … !${number} ${options.length}`;
  return [
    ...wrap([span(`[${number ?? '-'}]\u00A0`, 'bold'), span(`${title} ▾`), span(how, 'dim')], columns),
    ...shown,
    ...(more > 0 ? wrap([span(`       … +${more}`, 'dim')], columns) : []),
  ];
}
