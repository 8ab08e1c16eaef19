// The links of the audit log: each holds some entries and the hash of the link before, so that a change or a gap shows.
import { createHash } from 'node:crypto';
import type { AuditEntry } from './audit.ts';
import type { Store } from './ports.ts';

export type Link = { kind: 'audit'; schema: 1; seq: number; entries: AuditEntry[]; before: string; hash: string };
/** The number and hash of a link; 0 before the first. */
export type Head = { seq: number; hash: string };

/** What reads a log may be a store that cannot be written. */
export type Readable = Pick<Store, 'get' | 'list'>;

const digits = 12;
const page = 2;

/** Entries a link holds at most, and about how many characters: a record of DynamoDB has room for 400 KB. */
export const most = 50;
const room = 100_000;
const longest = 2000;

/** Where the newest link that is indexed is kept: what is older than it cannot be cut off without a trace. */
export const headKey = 'audit-head';

/** The key of a link. */
export function linkKey(seq: number): string {
  return `audit/${String(seq).padStart(digits, '0')}`;
}

/** The link that holds these entries, behind `head`. */
export function linkAfter(head: Head, entries: AuditEntry[]): Link {
  const link = { seq: head.seq + 1, entries, before: head.hash };
  return { kind: 'audit', schema: 1, ...link, hash: hashOf(link) };
}

/** SHA-256 over what a link says, whatever order its members are kept in. */
export function hashOf({ seq, before, entries }: Pick<Link, 'seq' | 'before' | 'entries'>): string {
  return createHash('sha256')
    .update(canonical([seq, before, entries]))
    .digest('hex');
}

/** JSON with the members of every object in order of their names. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_name, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}

/** What is kept as links from `seq` on, in order, a hundred at a time, up to where a hundred are missing. */
export async function* keptFrom(store: Readable, seq: number): AsyncGenerator<{ key: string; value: Link }> {
  for (let first = seq; ;) {
    const found = await store.list<Link>(linkKey(first).slice(0, -page));
    for (const { key, value } of found) if (key >= linkKey(first)) yield { key, value };
    if (found.length === 0) return;
    first = (Math.floor(first / 10 ** page) + 1) * 10 ** page;
  }
}

/** `at`: the number of the first link that is not as it was written, behind `entries` that are. */
export type Verdict =
  | { whole: true; entries: number; since?: number; head: Head }
  | { whole: false; entries: number; at: number; fault: 'changed' | 'missing' | 'added' | 'cut' };

/**
 * Walks the log and says whether it is as it was written: every link there, unchanged and in its place, up to the newest
 * one that was seen. `visit` gets each link that is.
 */
export async function verifyChain(store: Readable, visit: (link: Link) => void = () => undefined): Promise<Verdict> {
  const newest = (await store.get<Head>(headKey))?.value;
  let head: Head = { seq: 0, hash: '' };
  let entries = 0;
  let since: number | undefined;
  for await (const { key, value } of keptFrom(store, 1)) {
    const fault = faultOf(key, value, head, newest);
    if (fault) return { whole: false, entries, at: head.seq + 1, fault };
    head = { seq: value.seq, hash: value.hash };
    entries += value.entries.length;
    since ??= value.entries[0]?.at;
    visit(value);
  }
  if (newest && newest.seq > head.seq) return { whole: false, entries, at: head.seq + 1, fault: 'cut' };
  return { whole: true, entries, head, ...(since === undefined ? {} : { since }) };
}

function faultOf(key: string, link: Link, head: Head, newest: Head | undefined) {
  const seq = head.seq + 1;
  if (key !== linkKey(seq)) return key > linkKey(seq) && key.length === linkKey(seq).length ? 'missing' : 'added';
  const isWhole = link.seq === seq && link.before === head.hash && link.hash === hashOf(link);
  const isAsSeen = newest?.seq !== seq || newest.hash === link.hash;
  return isWhole && isAsSeen ? undefined : 'changed';
}

/** The entry without anything a person could make too long. */
export function cut(entry: AuditEntry): AuditEntry {
  return JSON.parse(JSON.stringify(entry, shorter)) as AuditEntry;
}

function shorter(_name: string, value: unknown): unknown {
  return typeof value === 'string' && value.length > longest ? `${value.slice(0, longest)}…` : value;
}

/** How many of the entries have room in one link: one at least. */
export function fitting(entries: readonly AuditEntry[]): number {
  let left = room;
  const last = entries.findIndex((entry, at) => {
    left -= JSON.stringify(entry).length;
    return left < 0 && at > 0;
  });
  return last < 0 ? most : last;
}
