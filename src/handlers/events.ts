// What AWS says happened to a target, newest first, equal ones collapsed.
import { Refusal } from '../core/errors.ts';
import { place, refresh, run } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import type { TargetEvent } from '../core/facts.ts';
import { hour } from '../core/records.ts';
import { say, type Line, type Part } from '../core/reply.ts';
import { milliseconds } from '../core/durations.ts';

const most = 15;

export const events: Handler = async ({ command, target, world }) => {
  if (!target) throw new Error('events need a target');
  const platform = world.inventory.platform(target);
  if (!platform.events) throw new Refusal(say('refuse.capability', { target: target.name }));
  const span = milliseconds(command.slots.duration) ?? hour;
  const found = await platform.events(target, world.clock.now() - span);
  const collapsed = collapse(found);
  const parts: Part[] = chunks(collapsed.slice(0, most).map(lineOf), 5).map((lines) => ({ kind: 'lines', lines }));
  if (collapsed.length === 0) parts.push({ kind: 'lines', lines: [{ parts: [say('events.none')] }] });
  if (collapsed.length > most)
    parts.push({ kind: 'note', parts: [say('events.more', { count: collapsed.length - most })] });
  const asked = { ...command.slots, target: target.key };
  return {
    reply: {
      parts: [
        {
          kind: 'lines',
          lines: [{ parts: [say('events.header', { target: target.name, span: { duration: span } })], strong: true }],
        },
        { kind: 'note', parts: place(target) },
        ...parts,
      ],
      actions: [
        run('button.status', 'Status', { target: target.key }),
        refresh('Events', asked),
        {
          kind: 'button',
          label: say('button.original'),
          click: { command: { intent: 'Events', slots: asked }, original: true },
          shown: 'translated',
        },
      ],
    },
  };
};

type Collapsed = TargetEvent & { times: number };

function collapse(found: readonly TargetEvent[]): Collapsed[] {
  const out: Collapsed[] = [];
  for (const event of found) {
    // AWS repeats itself with other ids in the text: one line a kind of sentence.
    const same = out.find((one) => shape(one.text) === shape(event.text) && one.severity === event.severity);
    if (same) same.times += 1;
    else out.push({ ...event, times: 1 });
  }
  return out;
}

function shape(text: string): string {
  return text.replaceAll(/\[[^\]]*\]|[0-9a-f]{8,}|\d+/gu, '#');
}

function lineOf(event: Collapsed): Line {
  const said = { aws: event.text };
  const text =
    event.times > 1 ? say('events.repeated', { text: said, times: event.times }) : say('plain', { text: said });
  const parts = [say('at', { at: { time: event.at, style: 'day' } }), text];
  return event.severity === 'info' ? { parts } : { sign: event.severity === 'error' ? 'failed' : 'degraded', parts };
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
