// The bot's own records, read from outside while it runs and after its end.
import { DatabaseSync } from 'node:sqlite';
import type { Claim, Intake, Lock, Plan, Revert } from '../../src/core/records.ts';

export type Records = {
  plans: Plan[];
  claims: Claim[];
  locks: Lock[];
  reverts: Revert[];
  /** By key. */
  intakes: Map<string, Intake>;
  /** When each wake-up that waits is due, where the engine tells. */
  wakeups: { id: string; due: number }[];
  /** All of them, in the order of their keys. */
  rows: readonly { key: string; value: unknown }[];
};

export type ReadRecords = () => Promise<Records>;

/** Reads the SQLite file at `path`. Nothing is there before the bot's first start. */
export function sqliteRecords(path: string): ReadRecords {
  return () => {
    const db = new DatabaseSync(path, { readOnly: true, timeout: 2000 });
    try {
      const rows = db.prepare('SELECT key, value FROM records ORDER BY key').all();
      const wakeups = db.prepare('SELECT id, due FROM wakeups').all();
      return Promise.resolve({
        ...sorted(rows.map(({ key, value }) => ({ key: String(key), value: JSON.parse(String(value)) as unknown }))),
        wakeups: wakeups.map(({ id, due }) => ({ id: String(id), due: Number(due) })),
      });
    } finally {
      db.close();
    }
  };
}

/** Records by what they are. */
export function sorted(rows: readonly { key: string; value: unknown }[]): Omit<Records, 'wakeups'> {
  const under = <T>(prefix: string): T[] =>
    rows.filter(({ key }) => key.startsWith(`${prefix}/`)).map(({ value }) => value as T);
  const intakes = rows.filter(({ key }) => key.startsWith('intake/'));
  return {
    plans: under<Plan>('plan'),
    claims: under<Claim>('claim'),
    locks: under<Lock>('lock'),
    reverts: under<Revert>('revert'),
    rows,
    intakes: new Map(intakes.map(({ key, value }) => [key, value as Intake])),
  };
}
