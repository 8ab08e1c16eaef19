// Characters that may be sent to be translated, by UTC day.
import { day, keys, type Spent } from './records.ts';
import type { Clock, Segment, Store } from './ports.ts';

/** What a kept piece takes besides itself, as the tags around it are taken for text too. */
const around = 40;

export type Budget = {
  /** Takes so many characters; false when today has not as many left. Negative ones are given back. */
  take(characters: number): Promise<boolean>;
  /** When there is a new budget, epoch milliseconds. */
  until(): number;
};

/** The budget of every process on the same Store. */
export function budget(store: Store, clock: Clock, charactersPerDay: number): Budget {
  return {
    async take(characters) {
      const key = keys.spent(new Date(clock.now()).toISOString().slice(0, 10));
      for (;;) {
        const held = await store.get<Spent>(key);
        const spent = (held?.value.characters ?? 0) + characters;
        if (characters > 0 && spent > charactersPerDay) return false;
        const value: Spent = { kind: 'spent', schema: 1, characters: Math.max(0, spent) };
        const expires = clock.now() + 2 * day;
        if ((await store.put(key, value, { ifRev: held?.rev ?? 0, expires })) !== undefined) return true;
      }
    },
    until: () => (Math.floor(clock.now() / day) + 1) * day,
  };
}

/** Characters of a text as sent: UTF-16 units, never fewer than are billed. */
export function charactersOf(text: readonly Segment[]): number {
  return text.reduce((sum, it) => sum + (typeof it === 'string' ? it.length : it.keep.length + around), 0);
}
