// Native line charts. Their numbers stand in the lines too, so a chart that cannot be drawn is left out.
import type { Part } from '../core/reply.ts';
import { shortText, type Block } from './blocks.ts';
import { cutPlain } from './cut.ts';
import { limits } from './limits.ts';
import type { Spell } from './spell.ts';
import { clock } from './write.ts';

/** A `data_visualization` block with the newest points; nothing where there are too few to draw a line. */
export function chartBlocks(part: Extract<Part, { kind: 'chart' }>, spell: Spell): Block[] {
  // Plain text knows no reader's zone: times in charts are UTC, and the axis says so.
  const labels = part.labels.slice(-limits.chartPoints).map((at) => clock(at, 'time').slice(0, 5));
  if (labels.length < 2 || new Set(labels).size < labels.length) return [];
  const series = part.series
    .filter((one) => one.values.length === part.labels.length && one.values.every(Number.isFinite))
    .slice(0, limits.chartSeries)
    .map((one) => ({
      name: shortText(one.name, spell, limits.chartLabel),
      data: one.values.slice(-labels.length).map((value, index) => ({ label: labels[index], value })),
    }));
  if (series.length === 0) return [];
  return [
    {
      type: 'data_visualization',
      title: shortText(part.title, spell, limits.chartTitle),
      chart: {
        type: 'line',
        series,
        axis_config: {
          categories: labels,
          x_label: 'UTC',
          ...(part.unit === '' ? {} : { y_label: cutPlain(part.unit, limits.chartLabel) }),
        },
      },
    },
  ];
}
