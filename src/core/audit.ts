// Who did, asked for and agreed to what: append-only and chained, so that a change or a gap shows.
import { createHash } from 'node:crypto';
import type { Command } from '../../intents/catalog.ts';
import type { Clock, Store } from './ports.ts';

export type AuditKind =
  | 'planned'
  | 'refused'
  | 'confirmed'
  | 'approved'
  | 'declined'
  | 'cancelled'
  | 'expired'
  | 'superseded'
  | 'started'
  | 'called'
  | 'stopped'
  | 'ended'
  | 'locked'
  | 'unlocked'
  | 'stolen'
  | 'frozen'
  | 'thawed'
  | 'overridden'
  | 'scheduled'
  | 'kept'
  | 'config';

/** One line of the log. `id`: the same id counts once, however often it is noted. */
export type AuditEntry = {
  id: string;
  at: number;
  kind: AuditKind;
  /** Slack user id, or `opsjack` for what happens by itself. */
  by: string;
  /** Key of the target. */
  target?: string;
  plan?: string;
  channel?: string;
  command?: Command;
  /** What changes, in a few English words and numbers: `deploy 1.9.0 (sha256:ab12)`, `min 2 -> 4`. Never a secret. */
  what?: string;
  /** The person's own reason. */
  why?: string;
  outcome?: string;
  /** Request ids of AWS calls. */
  calls?: string[];
};

export type Audit = {
  /** Appends the entry unless its id is there; durable when it resolves. */
  note(entry: Omit<AuditEntry, 'at'>): Promise<void>;
};

type Link = { kind: 'audit'; schema: 1; seq: number; entry: AuditEntry; before: string; hash: string };

/** The log over a store. */
export function audit({ store, clock }: { store: Store; clock: Clock }): Audit {
  let last: { seq: number; hash: string } = { seq: 0, hash: '' };

  async function head(): Promise<void> {
    for (;;) {
      const next = (await store.get<Link>(keyOf(last.seq + 1)))?.value;
      if (!next) return;
      last = { seq: next.seq, hash: next.hash };
    }
  }

  async function note(given: Omit<AuditEntry, 'at'>): Promise<void> {
    const entry: AuditEntry = { ...given, at: clock.now() };
    for (;;) {
      await head();
      const hash = createHash('sha256')
        .update(`${last.hash} ${JSON.stringify(entry)}`)
        .digest('hex');
      const link: Link = { kind: 'audit', schema: 1, seq: last.seq + 1, entry, before: last.hash, hash };
      if ((await store.put(keyOf(link.seq), link, { ifRev: 0 })) !== undefined) return;
    }
  }

  return { note };
}

function keyOf(seq: number): string {
  return `audit/${String(seq).padStart(12, '0')}`;
}
