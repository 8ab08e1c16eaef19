// Things AWS never changes once made, kept so that they are asked for once.

/** A cache of promises by key, the oldest dropped beyond `most`; what failed is not kept. */
export function bounded<V>(most: number): (key: string, make: () => Promise<V>) => Promise<V> {
  const kept = new Map<string, Promise<V>>();
  return (key, make) => {
    const found = kept.get(key);
    if (found) return found;
    const made = make();
    kept.set(key, made);
    made.catch(() => kept.delete(key));
    if (kept.size > most) kept.delete(kept.keys().next().value!);
    return made;
  };
}
