// The versions last listed in a thread, so that one of them can be meant by its number.
import { hour, type Listed } from './records.ts';
import type { Target } from './facts.ts';
import type { Place } from './request.ts';
import type { World } from './world.ts';

const keyOf = ({ channel, thread }: Place): string => `listed/${channel}/${thread ?? '-'}`;

/** Remembers what was shown, in its order. */
export async function remember(world: World, place: Place, target: Target, labels: readonly string[]): Promise<void> {
  const value: Listed = { kind: 'listed', schema: 1, target: target.key, labels: [...labels] };
  await world.store.put(keyOf(place), value, { expires: world.clock.now() + hour });
}

/** The version a word means: a number of the list just shown, unless a version of that name is on it. */
export async function listed(world: World, place: Place, target: Target, word: string): Promise<string> {
  if (!/^\d{1,2}$/u.test(word)) return word;
  const found = (await world.store.get<Listed>(keyOf(place)))?.value;
  if (found?.target !== target.key || found.labels.includes(word)) return word;
  return found.labels[Number(word) - 1] ?? word;
}
