// Until when something is to last: a duration, or a time in the person's own zone.
import type { Slots } from '../../intents/catalog.ts';
import { milliseconds } from './durations.ts';
import { Refusal } from './errors.ts';
import { day } from './records.ts';
import { say } from './reply.ts';
import type { World } from './world.ts';
import { instantOf } from './zones.ts';

/** Longer than this is a slip, or no lock any more. */
const longest = 90 * day;

/** Epoch milliseconds; nothing where no end was said. Refuses an end that is over, too far off, or a day without a time. */
export async function untilOf(
  world: World,
  by: string,
  { duration, time }: Pick<Slots, 'duration' | 'time'>,
): Promise<number | undefined> {
  if (duration === undefined && time === undefined) return undefined;
  const now = world.clock.now();
  const lasts = milliseconds(duration);
  const until = time === undefined ? lasts && now + lasts : instantOf(time, await zoneOf(world, by), now);
  if (until === undefined) throw new Refusal(say('refuse.no-hour', { said: time ?? duration ?? '' }));
  if (until <= now) throw new Refusal(say('refuse.past', { at: { time: until, style: 'day' } }));
  if (until > now + longest) throw new Refusal(say('refuse.too-far', { days: longest / day }));
  return until;
}

/** The IANA time zone of somebody's profile; where the chat does not tell, the one this runs in. */
async function zoneOf(world: World, by: string): Promise<string> {
  const profile = await world.people.profile(by).catch(() => undefined);
  return profile?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
}
