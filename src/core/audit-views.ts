// What was changed, one row a change: made from the log alone, so that nobody has to read all of it for the newest.
import type { Intent } from '../../intents/catalog.ts';
import type { AuditEntry, AuditKind } from './audit.ts';
import type { Change } from './facts.ts';
import type { PlanIntent } from './records.ts';

/** One change, refusal or lock, as its entries so far tell. `kind`: what began it; `state`: the newest of it. */
export type Row = {
  of: string;
  at: number;
  by: string;
  kind: AuditKind;
  state: AuditKind;
  target?: string;
  /** What was asked for. */
  asked?: Intent;
  intent?: PlanIntent;
  change?: Change;
  what?: string;
  why?: string;
  outcome?: string;
};

/** The newest rows of one target, or of all, oldest first; `seq`: of the last link in it, `changes`: how many there ever were. */
export type View = { kind: 'audit-of'; schema: 1; seq: number; changes: number; rows: Row[]; deployed?: Row };

const kept = 50;
const longest = 200;

/** The key of a target's view; without a target, of everything. */
export const viewKey = (target = '*'): string => `audit-of/${target}`;

export const noView: View = { kind: 'audit-of', schema: 1, seq: 0, changes: 0, rows: [] };

/** The targets whose views an entry is in, `*` being all; settings that were read are no change of any. */
export function viewsOf({ kind, target }: AuditEntry): string[] {
  if (kind === 'config') return [];
  return target === undefined ? ['*'] : ['*', target];
}

/** The view with one more entry. */
export function withEntry(view: View, entry: AuditEntry, seq: number): View {
  const of = entry.plan ?? entry.id;
  const before = view.rows.find((row) => row.of === of);
  const row = before ? later(before, entry) : first(of, entry);
  const rows = before ? view.rows.map((one) => (one === before ? row : one)) : [...view.rows, row].slice(-kept);
  const isDeployed = row.state === 'ended' && row.outcome === 'done' && row.change?.kind === 'deploy';
  return {
    ...view,
    seq,
    changes: view.changes + (before ? 0 : 1),
    rows,
    ...(isDeployed ? { deployed: row } : {}),
  };
}

function first(of: string, entry: AuditEntry): Row {
  const { at, by, kind, target, command, intent, change, what, why, outcome } = entry;
  const row = { of, at, by, kind, state: kind };
  const said = { what: what?.slice(0, longest), why: why?.slice(0, longest) };
  const whole = { ...row, target, asked: command?.intent, intent, change, ...said, outcome };
  return JSON.parse(JSON.stringify(whole)) as Row;
}

/** What is said about a change beside how it goes on: its calls, its votes, what it goes against. */
const beside: readonly AuditKind[] = ['called', 'approved', 'overridden', 'locked', 'kept', 'decided', 'refused'];

function later(row: Row, { kind, outcome }: AuditEntry): Row {
  if (beside.includes(kind) || row.state === 'ended') return row;
  return { ...row, state: kind, ...(outcome === undefined ? {} : { outcome }) };
}
