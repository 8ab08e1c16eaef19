// Many targets: a table, worst first, counts on top. What does not answer in time is said, never waited for.
import { causePhrase, city, healthSign, plain, refresh, where } from '../core/cards.ts';
import { PlatformError, reasonOf } from '../core/errors.ts';
import type { Handler } from '../core/call.ts';
import type { Health, Status, Target } from '../core/facts.ts';
import { say, type Action, type Cell, type Line, type Part, type Phrase } from '../core/reply.ts';

const patience = 6000;
const worstFirst: readonly Health[] = ['down', 'degraded', 'unknown', 'changing', 'healthy'];
const unwell: readonly Health[] = ['down', 'degraded', 'unknown'];
type Row = { target: Target; health: Health; status?: Status; error?: Error };

export const fleet: Handler = async ({ command, request, world }) => {
  const words = (command.slots.filter ?? '')
    .toLowerCase()
    .split(/[\s,]+/u)
    .filter((word) => word && word !== 'all');
  const { targets: all, failed } = await world.inventory.all();
  const readable = await Promise.all(all.map((target) => world.policy.may(request.by, 'status', target)));
  const targets = all.filter((_, index) => readable[index]);
  const onlyUnwell = words.includes('unhealthy');
  const wanted = targets.filter((target) => words.every((word) => word === 'unhealthy' || fits(target, word)));
  const states = await world.inventory.status(wanted, patience);
  const rows: Row[] = wanted
    .map((target) => {
      const state = states.get(target.key);
      return state && !(state instanceof Error)
        ? { target, health: state.health, status: state }
        : { target, health: 'unknown' as const, ...(state ? { error: state } : {}) };
    })
    .toSorted(
      (a, b) =>
        worstFirst.indexOf(a.health) - worstFirst.indexOf(b.health) || a.target.name.localeCompare(b.target.name),
    );

  const sick = rows.filter((row) => unwell.includes(row.health));
  const shown = onlyUnwell ? rows.filter((row) => row.health !== 'healthy') : rows;
  const silent = rows.filter((row) => !row.status).length;
  const scope = words.filter((word) => word !== 'unhealthy').join(' ');
  const counts = { bad: sick.length, total: rows.length, scope: scope ? plain(scope) : say('fleet.everything') };
  const parts: Part[] = [
    { kind: 'note', parts: worstFirst.map((health) => count(rows, health)).filter((phrase) => phrase !== undefined) },
  ];
  const lines = causes(rows);
  if (lines.length > 0) parts.push({ kind: 'lines', lines });
  if (shown.length > 0) parts.push(table(shown));
  if (failed.length > 0)
    parts.push({ kind: 'note', sign: 'unknown', parts: [say('fleet.failed', { where: failed.join(', ') })] });
  if (silent > 0) parts.push({ kind: 'note', sign: 'unknown', parts: [say('fleet.silent', { count: silent })] });
  return {
    reply: {
      header: {
        sign: healthSign[rows[0]?.health ?? 'unknown'],
        text: rows.length === 0 ? say('fleet.none', counts) : say(sick.length > 0 ? 'fleet.bad' : 'fleet.well', counts),
      },
      parts,
      actions: actions(shown.length > 0 ? shown : rows, command.slots.filter),
    },
  };
};

function fits(target: Target, word: string): boolean {
  const platform =
    target.platform === 'elastic-beanstalk' ? ['beanstalk', 'eb', 'elastic-beanstalk'] : [target.platform];
  return [target.stage, target.region, target.group, target.account, target.name, ...platform].some(
    (own) => own?.toLowerCase() === word,
  );
}

function count(rows: Row[], health: Health): Phrase | undefined {
  const number = rows.filter((row) => row.health === health).length;
  return number > 0 ? say(`fleet.count.${health}`, { count: number }) : undefined;
}

function causes(rows: Row[]): Line[] {
  return rows
    .filter((row) => row.health !== 'healthy' && (row.status ?? row.error instanceof PlatformError))
    .slice(0, 5)
    .map(({ target, health, status, error }) => {
      const why = status ? whyOf(status) : reasonOf(error as PlatformError);
      return { sign: healthSign[health], label: plain(target.name), parts: [why] };
    });
}

function whyOf(status: Status): Phrase {
  return status.causes[0] ? causePhrase(status.causes[0]) : stateOf(status);
}

function stateOf(status: Status): Phrase {
  const version = status.changing?.version;
  return version ? say('status.deploying', { version }) : say(`health.${status.health}`);
}

function table(rows: Row[]): Part {
  return {
    kind: 'table',
    columns: [
      { label: say('column.target') },
      { label: say('column.running'), right: true },
      { label: say('column.range'), right: true },
      { label: say('column.version') },
      { label: say('column.place') },
    ],
    rows: rows.map(({ target, health, status }): Cell[] => {
      const capacity = status?.capacity;
      return [
        { text: plain(target.name), sign: healthSign[health] },
        { text: capacity ? plain(`${capacity.running} / ${capacity.desired}`) : plain('–') },
        { text: plain(capacity?.min === undefined ? '–' : `${capacity.min}–${capacity.max}`) },
        { text: plain(status?.version?.label ?? '–') },
        { text: city(target.region) },
      ];
    }),
  };
}

function actions(rows: Row[], filter: string | undefined): Action[] {
  const options = rows.slice(0, 100).map(({ target }) => ({
    label: plain(target.name),
    note: where(target),
    click: { command: { intent: 'Status' as const, slots: { target: target.key } } },
  }));
  const menu: Action[] = options.length > 0 ? [{ kind: 'menu', placeholder: say('menu.open'), options }] : [];
  return [...menu, refresh('Fleet', filter ? { filter } : {})];
}
