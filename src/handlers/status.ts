// One target, one card: health and cause, numbers, version, load, what is running, what can be done.
import { keys, underWay, type Claim, type Live, type Plan } from '../core/records.ts';
import { causePhrase, healthSign, healthWord, line, place, plain, range, run } from '../core/cards.ts';
import type { Call, Handler } from '../core/call.ts';
import { holdLine } from '../core/holds.ts';
import type { Metrics, Status, Target } from '../core/facts.ts';
import { say, type Action, type Line, type Part, type Phrase, type Reply } from '../core/reply.ts';
import { statusOf } from './look.ts';

export const status: Handler = async ({ target, world }) => {
  if (!target) throw new Error('status needs a target');
  const platform = world.inventory.platform(target);
  const [state, metrics, live, running, held] = await Promise.all([
    statusOf(world, target),
    platform.metrics?.(target).catch(() => undefined),
    world.store.get<Live>(keys.live(target.key)),
    operationOf(world, target),
    holdLine(world, target),
  ]);
  return { reply: card(state, metrics, live?.value, running, held) };
};

async function operationOf(world: Call['world'], target: Target): Promise<Plan | undefined> {
  const claim = await world.store.get<Claim>(keys.claim(target.key));
  const plan = claim && (await world.store.get<Plan>(keys.plan(claim.value.plan)));
  return plan && underWay(plan.value) ? plan.value : undefined;
}

function card(
  state: Status,
  metrics: Metrics | undefined,
  live: Live | undefined,
  running: Plan | undefined,
  held: Line | undefined,
): Reply {
  const { target, health } = state;
  const well = health === 'healthy' || health === 'changing';
  const parts: Part[] = [];
  if (state.causes.length > 0 && !well) parts.push({ kind: 'lines', lines: causes(state) });
  const lines = facts(state, metrics, live, running);
  parts.push({ kind: 'lines', lines: held ? [...lines, held] : lines });
  const chart = !well && metrics && chartOf(metrics);
  if (chart) parts.push(chart);
  const quiet = notes(metrics, running);
  if (quiet.length > 0) parts.push({ kind: 'note', parts: quiet });
  return {
    header: {
      sign: healthSign[health],
      text: say('status.header', { target: target.name, health: healthWord(health) }),
    },
    place: place(target),
    parts,
    actions: actions(state),
  };
}

function causes(state: Status): Line[] {
  const [first, ...rest] = state.causes;
  const lines: Line[] = [{ parts: [causePhrase(first!)], strong: true }];
  for (const cause of rest.slice(0, 2)) lines.push({ parts: [causePhrase(cause)] });
  return lines;
}

function facts(state: Status, metrics: Metrics | undefined, live: Live | undefined, running: Plan | undefined): Line[] {
  const { capacity, version } = state;
  const full = capacity.healthy >= capacity.desired && capacity.pending === 0;
  const counts = { desired: capacity.desired, running: capacity.running, pending: capacity.pending };
  const lines: Line[] = [
    full ? line('label.capacity', range(capacity), say('capacity.full')) : line('label.capacity', range(capacity)),
  ];
  if (!full) {
    const parts = [say('capacity.desired', counts), say('capacity.running', counts)];
    if (capacity.pending > 0) parts.push(say('capacity.pending', counts));
    lines.push(line(`label.${capacity.unit}`, ...parts));
  }
  if (version) {
    const since = version.since ? [say('at', { at: { time: version.since, style: 'day' } })] : [];
    const who = whoPut(version.label, live, running);
    const by = who ? say('by', { person: { person: who } }) : say('by.outside');
    lines.push(line('label.version', plain(version.label), ...since, by));
  }
  if (state.changing?.version)
    lines.push(line('label.changing', say('status.deploying', { version: state.changing.version })));
  if (metrics) lines.push(...loadLines(metrics));
  return lines;
}

function loadLines(metrics: Metrics): Line[] {
  const requests: Phrase[] = [];
  if (metrics.requests !== undefined) requests.push(say('load.requests', { count: round(metrics.requests) }));
  if (metrics.p99 !== undefined) {
    requests.push(
      metrics.p99 < 1
        ? say('load.p99.ms', { ms: round(metrics.p99 * 1000) })
        : say('load.p99.s', { seconds: round(metrics.p99) }),
    );
  }
  if (metrics.errors !== undefined) requests.push(say('load.errors', { percent: round(metrics.errors) }));
  const usage: Phrase[] = [];
  if (metrics.cpu !== undefined) usage.push(say('load.cpu', { percent: Math.round(metrics.cpu) }));
  if (metrics.memory !== undefined) usage.push(say('load.memory', { percent: Math.round(metrics.memory) }));
  if (metrics.disk !== undefined) usage.push(say('load.disk', { percent: Math.round(metrics.disk) }));
  const lines: Line[] = [];
  if (requests.length > 0) lines.push(line('label.requests', ...requests));
  if (usage.length > 0) lines.push(line('label.load', ...usage));
  for (const alarm of metrics.alarms.slice(0, 3)) {
    lines.push(
      line(
        'label.alarm',
        plain(alarm.name),
        ...(alarm.since ? [say('since', { at: { time: alarm.since, style: 'day' } })] : []),
      ),
    );
  }
  return lines;
}

/** Who put this version there, as far as we did. */
function whoPut(label: string, live: Live | undefined, running: Plan | undefined): string | undefined {
  if (running?.change.kind === 'deploy' && running.change.artifact.label === label) return running.by;
  return live?.label === label ? live.by : undefined;
}

/** Two significant digits under 10, none over it. */
function round(value: number): number {
  return value >= 10 ? Math.round(value) : Number(value.toPrecision(2));
}

function notes(metrics: Metrics | undefined, running: Plan | undefined): Phrase[] {
  const alarms = metrics && metrics.alarms.length === 0 ? [say('note.no-alarm')] : [];
  const load = metrics ? [] : [say('note.no-metrics')];
  return [
    ...alarms,
    ...load,
    running ? say('note.running', { person: { person: running.by } }) : say('note.nothing-running'),
  ];
}

function chartOf(metrics: Metrics): Part | undefined {
  const series = metrics.series.filter((one) => one.values.length > 1);
  if (series.length === 0) return undefined;
  return {
    kind: 'chart',
    title: say('chart.load'),
    unit: '%',
    labels: metrics.times,
    series: series.map((one) => ({ name: say(`series.${one.name}`), values: one.values })),
  };
}

function actions(state: Status): Action[] {
  const slots = { target: state.target.key };
  const sick = state.health === 'degraded' || state.health === 'down';
  return [
    ...(sick ? [run('button.rollback', 'Rollback', slots, 'primary')] : []),
    run('button.scale', 'Scale', slots),
    run('button.deploy', 'Deploy', slots),
    ...(sick ? [] : [run('button.rollback', 'Rollback', slots)]),
    run('button.events', 'Events', slots),
    { kind: 'link', label: say('button.console'), url: state.console },
  ];
}
