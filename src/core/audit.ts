// Who did, asked for and agreed to what: append-only and chained, so that a change or a gap shows.
import type { Command } from '../../intents/catalog.ts';
import {
  cut,
  fitting,
  most,
  linkAfter,
  linkKey,
  headKey,
  verifyChain,
  type Head,
  type Link,
  type Verdict,
} from './audit-chain.ts';
import { auditIndex } from './audit-index.ts';
import type { View } from './audit-views.ts';
import type { Change } from './facts.ts';
import type { Clock, Store } from './ports.ts';
import type { PlanIntent } from './records.ts';
import type { Log } from './world.ts';

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
  | 'decided'
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
  intent?: PlanIntent;
  change?: Change;
  /** What changes, in a few English words and numbers: `deploy 1.9.0 (sha256:ab12)`, `min 2 -> 4`. Never a secret. */
  what?: string;
  /** The person's own reason. */
  why?: string;
  outcome?: string;
  /** AWS calls with their request ids. */
  calls?: string[];
};

export type Audit = {
  /** Appends the entry unless its id is there; durable when it resolves. `at`: when it happened, where not just now. */
  note(entry: Omit<AuditEntry, 'at'> & { at?: number }): Promise<void>;
  /** The newest link this process knows of. */
  head(): Head;
  /** Resolves when nothing is left to be written. */
  rest(): Promise<void>;
  /** Walks the whole log. What is derived from it and was wrong is right afterwards. */
  verify(): Promise<Verdict>;
  /** The newest changes of a target, or of all. */
  changes(target?: string): Promise<View>;
};

/** Ids a process remembers; the index has the others. */
const remembered = 10_000;
type Waiting = { entry: AuditEntry; resolve: () => void; reject: (error: unknown) => void };

/**
 * The log over a store that several processes may append to. What is noted while a link is being written goes into the
 * next one, in order.
 */
export function audit({ store, clock, log }: { store: Store; clock: Clock; log: Pick<Log, 'warn'> }): Audit {
  /** Where each id is that was read or written here: all behind the link this process began with. */
  const seen = new Map<string, number>();
  const index = auditIndex(store);
  let known: Head = { seq: 0, hash: '' };
  let isBegun = false;
  let waiting: Waiting[] = [];
  let isAppending = false;

  function take(link: Link): void {
    if (link.seq > known.seq) known = { seq: link.seq, hash: link.hash };
    for (const { id } of link.entries) seen.set(id, link.seq);
    index.add(link);
  }

  function forget(): void {
    for (const [id, seq] of seen) {
      if (seen.size <= remembered || seq > index.upTo()) return;
      seen.delete(id);
    }
  }

  /** Reads what others have appended. */
  async function follow(): Promise<void> {
    const newest = isBegun ? undefined : await store.get<Head>(headKey);
    if (newest && newest.value.seq > known.seq) known = { seq: newest.value.seq, hash: newest.value.hash };
    isBegun = true;
    for (;;) {
      const next = (await store.get<Link>(linkKey(known.seq + 1)))?.value;
      if (!next) return;
      take(next);
    }
  }

  /** Whether the id was there before this process began to read. */
  async function isOld(id: string): Promise<boolean> {
    const seq = await index.find(id);
    const link = seq === undefined ? undefined : (await store.get<Link>(linkKey(seq)))?.value;
    if (!link?.entries.some((one) => one.id === id)) return false;
    seen.set(id, link.seq);
    return true;
  }

  /** The entries that are new, each once. */
  async function fresh(entries: AuditEntry[]): Promise<AuditEntry[]> {
    const unseen = [...new Map(entries.toReversed().map((entry) => [entry.id, entry])).values()]
      .toReversed()
      .filter(({ id }) => !seen.has(id));
    const old = await Promise.all(unseen.map(({ id }) => isOld(id)));
    return unseen.filter((_, at) => !old[at]);
  }

  async function append(entries: AuditEntry[]): Promise<void> {
    if (!isBegun) await follow();
    for (let left = await fresh(entries); left.length > 0; left = left.filter(({ id }) => !seen.has(id))) {
      const link = linkAfter(known, left);
      if ((await store.put(linkKey(link.seq), link, { ifRev: 0 })) !== undefined) {
        take(link);
        return;
      }
      await follow();
    }
  }

  async function work(): Promise<void> {
    if (isAppending) return;
    isAppending = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, fitting(waiting.slice(0, most).map(({ entry }) => entry)));
      waiting = waiting.slice(batch.length);
      try {
        await append(batch.map(({ entry }) => entry));
        for (const { resolve } of batch) resolve();
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    isAppending = false;
    forget();
    await index.update().catch((error: unknown) => log.warn({ err: error }, 'the audit log has no index yet'));
  }

  return {
    note: (given) =>
      new Promise<void>((resolve, reject) => {
        waiting.push({ entry: cut({ ...given, at: given.at ?? clock.now() }), resolve, reject });
        void work();
      }),
    head: () => known,
    rest: () => index.update(),
    async verify() {
      await follow();
      await index.update();
      const check = index.check();
      const verdict = await verifyChain(store, (link) => check.visit(link));
      if (verdict.whole)
        for (const key of await check.mend(verdict.head)) log.warn({ key }, 'the index of the audit log was wrong');
      return verdict;
    },
    async changes(target) {
      await follow();
      await index.update();
      return index.view(target);
    },
  };
}
