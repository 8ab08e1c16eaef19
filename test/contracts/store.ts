// What every Store does, whatever it is made of.
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Clock, Store } from '../../src/core/ports.ts';
import { testClock, type TestClock } from '../clock.ts';

/** Runs the suite against the stores that `open` makes; each call makes an empty one. `characters`: of a large value. */
export function storeContract(
  name: string,
  open: (clock: Clock) => Store | Promise<Store>,
  { characters = 1_048_576 }: { characters?: number } = {},
): void {
  describe(`${name} as a Store`, () => {
    let clock: TestClock;
    let store: Store;
    beforeEach(async () => {
      clock = testClock();
      store = await open(clock);
    });
    afterEach(() => store.close());

    revisions(() => store);
    expiry(
      () => store,
      () => clock,
    );
    values(() => store, characters);
    listing(() => store);

    it('refuses everything once closed, and closes twice', async () => {
      await store.put('a', 1);

      await store.close();
      await store.close();

      await expect(store.get('a')).rejects.toThrow('closed');
      await expect(store.put('a', 2)).rejects.toThrow('closed');
      await expect(store.delete('a')).rejects.toThrow('closed');
      await expect(store.list('')).rejects.toThrow('closed');
    });
  });
}

function revisions(store: () => Store): void {
  it('knows nothing of a key that was never written', async () => {
    expect(await store().get('a')).toBeUndefined();
    expect(await store().delete('a', 1)).toBe(false);
  });

  it('counts the writes of a key', async () => {
    expect(await store().put('a', 'one')).toBe(1);
    expect(await store().put('a', 'two')).toBe(2);
    expect(await store().get('a')).toEqual({ value: 'two', rev: 2 });
    expect(await store().put('b', 'other')).toBe(1);
  });

  it('writes only when the rev holds', async () => {
    await store().put('a', 'one');

    expect(await store().put('a', 'again', { ifRev: 0 })).toBeUndefined();
    expect(await store().put('a', 'late', { ifRev: 7 })).toBeUndefined();
    expect(await store().put('none', 'x', { ifRev: 1 })).toBeUndefined();
    expect(await store().put('a', 'two', { ifRev: 1 })).toBe(2);
    expect((await store().get('a'))?.value).toBe('two');
    expect(await store().get('none')).toBeUndefined();
  });

  it('deletes only when the rev holds, and starts over afterwards', async () => {
    await store().put('a', 'one');
    await store().put('a', 'two');

    expect(await store().delete('a', 1)).toBe(false);
    expect((await store().get('a'))?.rev).toBe(2);
    expect(await store().delete('a', 2)).toBe(true);
    expect(await store().get('a')).toBeUndefined();
    expect(await store().put('a', 'new', { ifRev: 0 })).toBe(1);
    expect(await store().delete('a')).toBe(true);
  });

  it('lets one of a hundred win who all want to be first', async () => {
    const rivals = Array.from({ length: 100 }, (_, number) => store().put('claim', number, { ifRev: 0 }));

    const revs = await Promise.all(rivals);

    expect(revs.filter((rev) => rev !== undefined)).toEqual([1]);
    expect(await store().get('claim')).toEqual({ value: revs.indexOf(1), rev: 1 });
  });

  it('loses no update of a hundred who read, add one and try until it holds', async () => {
    await store().put('count', 0);
    async function addOne(): Promise<void> {
      for (;;) {
        const seen = await store().get<number>('count');
        if (await store().put('count', (seen?.value ?? 0) + 1, { ifRev: seen?.rev ?? 0 })) return;
      }
    }

    await Promise.all(Array.from({ length: 100 }, addOne));

    expect(await store().get('count')).toEqual({ value: 100, rev: 101 });
  });

  it('lets one of a put and a delete of the same rev win', async () => {
    await store().put('a', 'one');

    const [rev, deleted] = await Promise.all([store().put('a', 'two', { ifRev: 1 }), store().delete('a', 1)]);

    expect([rev === 2, deleted].filter(Boolean)).toHaveLength(1);
    expect((await store().get('a'))?.value).toBe(deleted ? undefined : 'two');
  });
}

function expiry(store: () => Store, clock: () => TestClock): void {
  it('keeps a record until the millisecond it expires, and not in it', async () => {
    await store().put('a', 1, { expires: clock().now() + 1_000 });

    await clock().advance(999);
    expect(await store().get('a')).toEqual({ value: 1, rev: 1 });
    expect(await store().list('a')).toHaveLength(1);

    await clock().advance(1);
    expect(await store().get('a')).toBeUndefined();
    expect(await store().list('a')).toEqual([]);
  });

  it('treats an expired record as one that does not exist', async () => {
    await store().put('a', 'old', { expires: clock().now() + 1 });
    await store().put('b', 'old', { expires: clock().now() + 1 });
    await clock().advance(1);

    expect(await store().put('a', 'x', { ifRev: 1 })).toBeUndefined();
    expect(await store().delete('b', 1)).toBe(false);
    expect(await store().put('a', 'new', { ifRev: 0 })).toBe(1);
    expect(await store().get('a')).toEqual({ value: 'new', rev: 1 });
  });

  it('lets the last write say when a record expires', async () => {
    await store().put('longer', 1, { expires: clock().now() + 10 });
    await store().put('longer', 2, { expires: clock().now() + 5_000 });
    await store().put('forever', 1, { expires: clock().now() + 10 });
    await store().put('forever', 2);

    await clock().advance(1_000);

    expect((await store().get('longer'))?.value).toBe(2);
    expect((await store().get('forever'))?.value).toBe(2);
    await clock().advance(4_000);
    expect(await store().get('longer')).toBeUndefined();
  });

  it('never shows what was written with an end in the past', async () => {
    await store().put('a', 1, { expires: clock().now() });

    expect(await store().get('a')).toBeUndefined();
  });
}

function values(store: () => Store, characters: number): void {
  it('gives back any JSON as it was put', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', minLength: 1 }), fc.jsonValue(), async (key, value) => {
        await store().put(`json/${key}`, value);

        expect((await store().get(`json/${key}`))?.value).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 50 },
    );
  });

  it('keeps Korean, emoji and much text', async () => {
    const value = { name: '결제-운영 🧯', text: 'ㄱ'.repeat(characters) };

    await store().put('목표/결제', value);

    expect((await store().get('목표/결제'))?.value).toEqual(value);
  });

  it('keeps copies: later changes to an object are not in the record', async () => {
    const value = { list: [1] };
    const put = store().put('a', value);
    value.list.push(2);
    await put;

    const first = await store().get<{ list: number[] }>('a');
    first?.value.list.push(3);

    expect((await store().get('a'))?.value).toEqual({ list: [1] });
  });

  it('refuses what is not JSON', async () => {
    await expect(store().put('a', undefined)).rejects.toThrow(TypeError);
    expect(await store().get('a')).toBeUndefined();
  });
}

function listing(store: () => Store): void {
  async function keysOf(prefix: string): Promise<string[]> {
    return (await store().list(prefix)).map(({ key }) => key);
  }

  it('lists a prefix in key order, with values and revs', async () => {
    for (const key of ['plan/b', 'plan/a', 'plan/a/1', 'plan', 'plans/z', 'claim/a']) await store().put(key, { key });
    await store().put('plan/a', { key: 'plan/a', again: true });

    expect(await store().list('plan/')).toEqual([
      { key: 'plan/a', value: { key: 'plan/a', again: true }, rev: 2 },
      { key: 'plan/a/1', value: { key: 'plan/a/1' }, rev: 1 },
      { key: 'plan/b', value: { key: 'plan/b' }, rev: 1 },
    ]);
    expect(await keysOf('')).toEqual(['claim/a', 'plan', 'plan/a', 'plan/a/1', 'plan/b', 'plans/z']);
    expect(await keysOf('none')).toEqual([]);
  });

  it('takes a prefix literally: no wildcards, no case folding', async () => {
    for (const key of ['100%/a', '1000/a', 'a_b', 'axb', 'A_B', 'a*', "it's"]) await store().put(key, 1);

    expect(await keysOf('100%')).toEqual(['100%/a']);
    expect(await keysOf('a_')).toEqual(['a_b']);
    expect(await keysOf('a*')).toEqual(['a*']);
    expect(await keysOf("it'")).toEqual(["it's"]);
  });

  it('orders keys by their UTF-8 bytes', async () => {
    for (const key of ['k/😀', 'k/가', 'k/z', 'k/\uFF5E', 'k/é']) await store().put(key, 1);

    expect(await keysOf('k/')).toEqual(['k/z', 'k/é', 'k/가', 'k/\uFF5E', 'k/😀']);
  });
}
