// Who changed what and when, from the audit log: newest first, and who deployed last on top.
import type { ReplyKey } from '../../intents/replies.ts';
import type { AuditKind } from '../core/audit.ts';
import type { Row, View } from '../core/audit-views.ts';
import type { Call, Handler } from '../core/call.ts';
import { place, plain, refresh, run, sentence } from '../core/cards.ts';
import { milliseconds } from '../core/durations.ts';
import { changeWord } from '../core/plan-words.ts';
import { say, type Cell, type Part, type Phrase } from '../core/reply.ts';

const most = 20;

export const history: Handler = async (call) => {
  const { target, command } = call;
  const view = await call.world.audit.changes(target?.key);
  const span = milliseconds(command.slots.duration);
  const since = span === undefined ? 0 : call.world.clock.now() - span;
  const { names, rows } = await visible(call, view.rows.filter(({ at }) => at >= since).toReversed());
  const again = refresh('History', { ...command.slots, ...(target ? { target: target.key } : {}) });
  const actions = [...(target ? [run('button.status', 'Status', { target: target.key })] : []), again];
  const deployed = target ? lastDeployed(view) : [];
  if (rows.length === 0) return { reply: sentence(none(target?.name, span), { more: deployed, actions }) };
  // Without bounds the view knows how many there ever were, also those it holds no more.
  const rest = (target && span === undefined ? view.changes : rows.length) - Math.min(most, rows.length);
  const title = target ? say('history.header', { target: target.name }) : say('history.all');
  const parts: Part[] = [
    { kind: 'lines', lines: [{ parts: [title], strong: true }, ...deployed.map((part) => ({ parts: [part] }))] },
    ...(target ? [{ kind: 'note' as const, parts: place(target) }] : []),
    table(rows.slice(0, most), target ? undefined : names),
    ...(rest > 0 ? [{ kind: 'note' as const, parts: [say('history.more', { count: rest })] }] : []),
  ];
  return { reply: { parts, actions } };
};

function none(target: string | undefined, span: number | undefined): Phrase {
  if (span !== undefined) return say('history.none-since', { span: { duration: span } });
  return target === undefined ? say('history.none-all') : say('history.none', { target });
}

function lastDeployed({ deployed }: View): Phrase[] {
  if (!deployed?.change || !deployed.intent) return [];
  const { by, at, intent, change } = deployed;
  const when = { time: at, style: 'day' as const };
  return [say('history.deployed', { person: { person: by }, at: when, change: changeWord({ intent, change }) })];
}

/** What somebody may see the status of, with the names of the targets. */
async function visible({ world, request, target }: Call, rows: readonly Row[]) {
  if (target) return { rows, names: new Map<string, string>() };
  const { targets } = await world.inventory.all();
  const known = new Map(targets.map((one) => [one.key, one]));
  const may = new Map<string | undefined, boolean>();
  for (const key of new Set(rows.map((row) => row.target))) {
    may.set(key, await world.policy.may(request.by, 'status', known.get(key ?? '')));
  }
  const names = new Map(targets.map(({ key, name }) => [key, name]));
  return { rows: rows.filter((row) => may.get(row.target)), names };
}

/** `names`: of the targets, where there are several. */
function table(rows: readonly Row[], names: ReadonlyMap<string, string> | undefined): Part {
  const ofTarget: ReplyKey[] = names ? ['column.target'] : [];
  const columns: ReplyKey[] = ['column.when', ...ofTarget, 'column.who', 'column.what', 'column.result'];
  return {
    kind: 'table',
    columns: columns.map((key) => ({ label: say(key) })),
    rows: rows.map((row): Cell[] => [
      { text: say('at', { at: { time: row.at, style: 'day' } }) },
      ...(names ? [{ text: plain(nameOf(row, names)) }] : []),
      {
        text:
          row.by.startsWith('U') || row.by.startsWith('W') ? say('by', { person: { person: row.by } }) : plain(row.by),
      },
      { text: whatOf(row) },
      resultOf(row),
    ]),
  };
}

/** The last part of a key is a name, also of what is no more. */
function nameOf({ target }: Row, names: ReadonlyMap<string, string>): string {
  return target === undefined ? '–' : (names.get(target) ?? target.split('/').at(-1) ?? target);
}

const commands = {
  locked: 'intent.Lock',
  stolen: 'intent.Lock',
  unlocked: 'intent.Unlock',
  frozen: 'intent.Freeze',
  thawed: 'intent.Unfreeze',
} as const;

function whatOf({ kind, change, intent, asked, what }: Row): Phrase {
  if (change && intent) return changeWord({ change, intent });
  if (kind in commands) return say(commands[kind as keyof typeof commands]);
  return asked ? say(`intent.${asked}`) : plain(what ?? kind);
}

function resultOf({ state, outcome, kind }: Row): Cell {
  if (state === 'ended') return ends[outcome ?? 'unfinished'] ?? ends['unfinished']!;
  if (kind in commands) return ends['done']!;
  return { text: say(states[state] ?? 'history.done'), ...(state === 'started' ? { sign: 'changing' as const } : {}) };
}

const ends: Readonly<Record<string, Cell>> = {
  done: { text: say('history.done'), sign: 'done' },
  failed: { text: say('history.failed'), sign: 'failed' },
  'rolled-back': { text: say('history.rolled-back'), sign: 'failed' },
  stopped: { text: say('history.was-stopped'), sign: 'back' },
  'not-started': { text: say('history.not-started'), sign: 'no' },
  unfinished: { text: say('history.unfinished'), sign: 'unknown' },
};
const states: Partial<Record<AuditKind, ReplyKey>> = {
  planned: 'history.planned',
  confirmed: 'history.confirmed',
  scheduled: 'history.scheduled',
  started: 'history.started',
  stopped: 'history.stopped',
  cancelled: 'history.cancelled',
  declined: 'history.declined',
  expired: 'history.expired',
  superseded: 'history.superseded',
  refused: 'history.refused',
};
