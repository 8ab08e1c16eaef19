// Callers that ask in one turn of the event loop share calls. Nothing waits for a time window.

export type Batch<K, V> = {
  /** Keys of one group can be asked for together. */
  group(key: K): string;
  id(key: K): string;
  /** The most keys of one call. */
  size: number;
  /** By id; an Error is thrown to whoever asked for that key. */
  ask(keys: readonly K[]): Promise<ReadonlyMap<string, V | Error>>;
};

type Waiting<K, V> = {
  key: K;
  promise: Promise<V>;
  resolve: (value: V) => void;
  reject: (error: unknown) => void;
};

/** A function that asks for one key, and shares its call with everybody who asks in the same turn. */
export function batched<K, V>(batch: Batch<K, V>): (key: K) => Promise<V> {
  let waiting = new Map<string, Waiting<K, V>>();

  function flush() {
    const groups = Map.groupBy(waiting.values(), ({ key }) => batch.group(key));
    waiting = new Map();
    for (const group of groups.values()) {
      for (let from = 0; from < group.length; from += batch.size)
        void answer(batch, group.slice(from, from + batch.size));
    }
  }

  return (key) => {
    const id = `${batch.group(key)}\n${batch.id(key)}`;
    const already = waiting.get(id);
    if (already) return already.promise;
    if (waiting.size === 0) setImmediate(flush);
    const { promise, resolve, reject } = Promise.withResolvers<V>();
    waiting.set(id, { key, promise, resolve, reject });
    return promise;
  };
}

async function answer<K, V>(batch: Batch<K, V>, part: Waiting<K, V>[]): Promise<void> {
  try {
    const found = await batch.ask(part.map(({ key }) => key));
    for (const { key, resolve, reject } of part) {
      const value = found.get(batch.id(key));
      if (value instanceof Error) reject(value);
      else resolve(value as V);
    }
  } catch (error) {
    for (const { reject } of part) reject(error);
  }
}

/** `work` for each item, at most `most` at a time; in the order of the items. */
export async function each<T, R>(items: readonly T[], most: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results = Array.from<R>({ length: items.length });
  const left = items.entries();
  const runner = async () => {
    for (const [index, item] of left) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(most, items.length) }, runner));
  return results;
}
