import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { audit, type AuditEntry } from '../../src/core/audit.ts';
import { keptFrom, linkAfter, linkKey, verifyChain, type Link } from '../../src/core/audit-chain.ts';
import type { Store } from '../../src/core/ports.ts';
import { settle, testClock } from '../clock.ts';
import { memoryStore } from '../memory.ts';

const quiet = { warn: () => undefined };
const entry = (id: string, about: Partial<AuditEntry> = {}) => ({ id, kind: 'planned', by: 'U1', ...about }) as const;

function storeAndLog() {
  const clock = testClock();
  const store = memoryStore(clock);
  const open = (over: Store = store) => audit({ store: over, clock, log: quiet });
  return { clock, store, open, log: open() };
}

async function ids(store: Store): Promise<string[]> {
  const found: string[] = [];
  for await (const { value } of keptFrom(store, 1)) found.push(...value.entries.map(({ id }) => id));
  return found;
}

/** A store whose process dies at its n-th call: the call is made or not, and none after it. */
function dying(store: Store, calls: number, isDone: boolean): Store {
  let left = calls;
  async function call<T>(work: () => Promise<T>): Promise<T> {
    left -= 1;
    if (left > 0) return work();
    if (left === 0 && isDone) await work();
    throw new Error('dead');
  }
  return {
    get: (key) => call(() => store.get(key)),
    put: (key, value, options) => call(() => store.put(key, value, options)),
    delete: (key, rev) => call(() => store.delete(key, rev)),
    list: (prefix) => call(() => store.list(prefix)),
    close: () => store.close(),
  };
}

describe('the audit log', () => {
  it('keeps entries in the order they were noted, and is whole', async () => {
    const { log, store, clock } = storeAndLog();

    await Promise.all(['a', 'b', 'c'].map((id) => log.note(entry(id))));
    await log.note(entry('d'));

    expect(await ids(store)).toEqual(['a', 'b', 'c', 'd']);
    expect(await log.verify()).toEqual({ whole: true, entries: 4, since: clock.now(), head: log.head() });
  });

  it('counts an id once, also within one turn, after a restart, and from another process', async () => {
    const { log, store, open } = storeAndLog();

    await Promise.all([log.note(entry('a')), log.note(entry('a', { by: 'U2' })), log.note(entry('b'))]);
    await log.note(entry('b'));
    await settle();
    await open().note(entry('a'));
    await log.note(entry('c'));

    expect(await ids(store)).toEqual(['a', 'b', 'c']);
  });

  it('puts what waits into one link', async () => {
    const { log } = storeAndLog();

    await Promise.all(Array.from({ length: 101 }, (_, number) => log.note(entry(`e${number}`))));

    expect(log.head().seq).toBe(3);
  });

  it('keeps no link too large for a record, whatever people wrote', async () => {
    const { log, store } = storeAndLog();
    const why = '늘'.repeat(40_000);

    await Promise.all(Array.from({ length: 200 }, (_, number) => log.note(entry(`e${number}`, { why, what: why }))));
    await log.rest();

    const sizes = (await store.list('audit')).map(({ value }) => Buffer.byteLength(JSON.stringify(value)));
    expect(Math.max(...sizes)).toBeLessThan(400_000);
    expect(await log.verify()).toMatchObject({ whole: true, entries: 200 });
  });

  it('is empty and whole at first', async () => {
    expect(await storeAndLog().log.verify()).toEqual({ whole: true, entries: 0, head: { seq: 0, hash: '' } });
  });

  it('walks past hundreds of links', async () => {
    const { log } = storeAndLog();

    for (let number = 0; number < 250; number += 1) await log.note(entry(`e${number}`));

    expect(await log.verify()).toMatchObject({ whole: true, entries: 250, head: { seq: 250 } });
  });

  it('notes nothing of an id that somebody planted in its index', async () => {
    const { log, store } = storeAndLog();
    await log.note(entry('a'));
    await store.put('audit-id/b', { kind: 'audit-id', schema: 1, seq: 1 });

    await log.note(entry('b'));

    expect(await ids(store)).toEqual(['a', 'b']);
  });

  it('tells who notes when the store fails, and goes on with the next', async () => {
    const { store, open } = storeAndLog();
    let isDown = true;
    const down: Store = { ...store, put: (...put) => (isDown ? Promise.reject(new Error('down')) : store.put(...put)) };
    const log = open(down);

    await expect(log.note(entry('a'))).rejects.toThrow('down');
    isDown = false;
    await log.note(entry('a'));

    expect(await ids(store)).toEqual(['a']);
  });

  it('is whole, with every id once and in order, whoever notes what how often, and dies when', async () => {
    const step = fc.record({
      process: fc.nat(1),
      notes: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 4 }),
      dies: fc.option(fc.record({ calls: fc.integer({ min: 1, max: 12 }), isDone: fc.boolean() })),
      isWaitedFor: fc.boolean(),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 12 }), async (steps) => {
        const { store, open } = storeAndLog();
        const logs = [open(), open()];
        const kept = new Set<string>();
        const under: Promise<unknown>[] = [];
        for (const { process, notes, dies, isWaitedFor } of steps) {
          const log = dies ? open(dying(store, dies.calls, dies.isDone)) : logs[process]!;
          const noted = notes.map((id) =>
            log.note(entry(`e${id}`)).then(
              () => kept.add(`e${id}`),
              () => undefined,
            ),
          );
          under.push(...noted);
          if (isWaitedFor) await Promise.all(noted);
        }
        await Promise.all(under);
        const [one] = logs;
        const verdict = await one!.verify();

        const found = await ids(store);
        expect(verdict).toMatchObject({ whole: true, entries: found.length });
        expect(new Set(found).size).toBe(found.length);
        for (const id of kept) expect(found).toContain(id);
        expect((await one!.changes()).rows.map(({ of }) => of)).toEqual(found);
      }),
      { numRuns: 300 },
    );
  });
});

/** A log of some links, with its store. */
async function written(count = 5) {
  const made = storeAndLog();
  for (let number = 1; number <= count; number += 1) await made.log.note(entry(`e${number}`, { target: 't' }));
  await settle();
  const link = async (seq: number) => (await made.store.get<Link>(linkKey(seq)))!.value;
  return { ...made, link };
}

describe('a log somebody laid hands on', () => {
  it.each([
    ['who did it', (link: Link) => ({ ...link, entries: [{ ...link.entries[0]!, by: 'U9' }] })],
    ['when', (link: Link) => ({ ...link, entries: [{ ...link.entries[0]!, at: 1 }] })],
    ['an entry more', (link: Link) => ({ ...link, entries: [...link.entries, ...link.entries] })],
    ['no entry', (link: Link) => ({ ...link, entries: [] })],
    ['another hash', (link: Link) => ({ ...link, hash: 'f'.repeat(64) })],
  ])('shows a link that was changed: %s', async (_what, change) => {
    const { log, store, link } = await written();
    await store.put(linkKey(3), change(await link(3)));

    expect(await log.verify()).toEqual({ whole: false, entries: 2, at: 3, fault: 'changed' });
  });

  it('shows a link that was written anew, hash and all', async () => {
    const { log, store, link } = await written();
    const { seq, hash } = await link(2);
    await store.put(linkKey(3), linkAfter({ seq, hash }, [{ ...(await link(3)).entries[0]!, by: 'U9' }]));

    expect(await log.verify()).toEqual({ whole: false, entries: 3, at: 4, fault: 'changed' });
  });

  it('shows the newest link written anew', async () => {
    const { log, store, link } = await written();
    const { seq, hash } = await link(4);
    await store.put(linkKey(5), linkAfter({ seq, hash }, [{ ...(await link(5)).entries[0]!, by: 'U9' }]));

    expect(await log.verify()).toMatchObject({ whole: false, at: 5, fault: 'changed' });
  });

  it.each([1, 3])('shows that link %i is missing', async (seq) => {
    const { log, store } = await written();
    await store.delete(linkKey(seq));

    expect(await log.verify()).toEqual({ whole: false, entries: seq - 1, at: seq, fault: 'missing' });
  });

  it('shows that the end was cut off, also after it grew again', async () => {
    const { log, store, open } = await written();
    await store.delete(linkKey(4));
    await store.delete(linkKey(5));

    expect(await log.verify()).toEqual({ whole: false, entries: 3, at: 4, fault: 'cut' });
    await open().note(entry('later'));
    expect(await log.verify()).toEqual({ whole: false, entries: 3, at: 4, fault: 'missing' });
  });

  it('shows a hundred links cut out of the middle', async () => {
    const { log, store } = await written(320);
    for (let seq = 80; seq < 310; seq += 1) await store.delete(linkKey(seq));

    expect(await log.verify()).toMatchObject({ whole: false, at: 80 });
  });

  it('shows a record planted between two links', async () => {
    const { log, store, link } = await written();
    await store.put(`${linkKey(3)}/x`, await link(3));

    expect(await log.verify()).toEqual({ whole: false, entries: 3, at: 4, fault: 'added' });
  });

  it('mends what is derived from it', async () => {
    const { log, store } = await written();
    const right = await log.changes('t');
    await store.put('audit-of/t', { ...right, rows: right.rows.slice(1) });
    await store.delete('audit-of/*');
    await store.put('audit-of/never', right);

    expect(await log.verify()).toMatchObject({ whole: true });

    expect(await log.changes('t')).toEqual(right);
    expect((await log.changes()).rows).toHaveLength(5);
    expect(await store.get('audit-of/never')).toBeUndefined();
  });

  it('reads the same without its index', async () => {
    const { store, log } = await written();
    for (const { key } of await store.list('audit-')) await store.delete(key);

    expect(await verifyChain(store)).toMatchObject({ whole: true, entries: 5, head: log.head() });
  });
});
