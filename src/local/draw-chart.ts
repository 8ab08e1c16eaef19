// Line charts as sparklines, one a series.
import { node, nodes, words, type Node } from './json.ts';
import { span, wrap, type Line } from './spans.ts';
import { cut, width } from './width.ts';

const bars = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const longest = 40;

/** Title, then a line a series: name, curve, lowest, highest and newest value. */
export function drawChart(block: Node, columns: number): Line[] {
  const chart = node(block['chart']);
  const axis = node(chart['axis_config']);
  const unit = words(axis['y_label']);
  const times = (Array.isArray(axis['categories']) ? axis['categories'] : []).map(words);
  const between = times.length > 1 ? `${times[0]}–${times.at(-1)} ${words(axis['x_label'])}`.trim() : '';
  const title = [span(words(block['title']), 'bold'), span(between === '' ? '' : `  ${between}`, 'dim')];
  const series = nodes(chart['series']).map((one) => ({ name: words(one['name']), values: valuesOf(one) }));
  const label = Math.min(
    series.reduce((most, one) => Math.max(most, width(one.name)), 0),
    16,
  );
  return [...wrap(title, columns), ...series.flatMap((one) => wrap(row(one, label, unit, columns), columns, 2))];
}

function row({ name, values }: { name: string; values: number[] }, label: number, unit: string, columns: number): Line {
  const shown = cut(name, label);
  const low = values.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY);
  const high = values.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY);
  const numbers =
    values.length > 0 ? `min ${number(low)} · max ${number(high)} · now ${number(values.at(-1) ?? 0)}${unit}` : '-';
  const room = Math.max(1, Math.min(longest, columns - label - 2 - width(numbers) - 2));
  const pad = ' '.repeat(Math.max(0, label - width(shown)));
  return [span(`${shown}${pad}  `), span(spark(values.slice(-room), low, high), 'code'), span(`  ${numbers}`, 'dim')];
}

function spark(values: number[], low: number, high: number): string {
  const reach = high - low;
  return values.map((one) => bars[reach > 0 ? Math.round(((one - low) / reach) * (bars.length - 1)) : 0]).join('');
}

function valuesOf(series: Node): number[] {
  return nodes(series['data'])
    .map((point) => point['value'])
    .filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
}

function number(value: number): string {
  return String(Number(value.toPrecision(3)));
}
