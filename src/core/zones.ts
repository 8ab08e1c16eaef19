// Local times in named time zones. Where clocks jump a local time may not exist, or exist twice: both have a name here.

/** What a local time stands for: one instant, none (`at`: when the clocks jump over it), or two. Epoch milliseconds. */
export type Moment =
  | { kind: 'once'; at: number }
  | { kind: 'skipped'; at: number }
  | { kind: 'twice'; first: number; second: number };

const dayLong = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

/** The local time of an instant, `2026-11-27T18:00:00`. Throws a RangeError for a zone nobody knows. */
export function localAt(at: number, zone: string): string {
  const parts = Object.fromEntries(
    format(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  );
  const { year = '', month, day, hour, minute, second } = parts;
  return `${year.padStart(4, '0')}-${month}-${day}T${hour}:${minute}:${second}`;
}

/** What `2026-11-27T18:00` stands for in a zone. NaN for no date. */
export function momentOf(local: string, zone: string): Moment {
  const asUtc = Date.parse(`${local}Z`);
  if (Number.isNaN(asUtc)) return { kind: 'once', at: Number.NaN };
  // No zone changes its clocks twice within two days: what was before and what is after tell all there can be.
  const offsets = [offsetAt(asUtc - dayLong, zone), offsetAt(asUtc + dayLong, zone)];
  const [first, second] = [...new Set(offsets.map((offset) => asUtc - offset))]
    .filter((at) => at + offsetAt(at, zone) === asUtc)
    .toSorted((a, b) => a - b);
  if (first === undefined) return { kind: 'skipped', at: jumpBetween(asUtc, offsets, zone) };
  return second === undefined ? { kind: 'once', at: first } : { kind: 'twice', first, second };
}

/** The first instant a local time can mean: when the clocks jump over it, the jump. */
export function earliest(moment: Moment): number {
  return moment.kind === 'twice' ? moment.first : moment.at;
}

/** The last instant a local time can mean. */
export function latest(moment: Moment): number {
  return moment.kind === 'twice' ? moment.second : moment.at;
}

/**
 * When somebody's `18:00` or `2026-11-24T09:00` is next: a time of day that is over today means tomorrow's. Nothing for
 * a date alone, or what is no time. A time that exists twice means the later one.
 */
export function instantOf(time: string, zone: string, now: number): number | undefined {
  if (/^\d{4}-\d\d-\d\dT\d\d:\d\d/u.test(time)) return finite(latest(momentOf(time, zone)));
  if (!/^\d\d:\d\d$/u.test(time)) return undefined;
  const today = latest(momentOf(`${localAt(now, zone).slice(0, 10)}T${time}`, zone));
  if (today > now) return today;
  const tomorrow = addDays(localAt(now, zone).slice(0, 10), 1);
  return finite(latest(momentOf(`${tomorrow}T${time}`, zone)));
}

/** The date some days later, `2026-11-28`. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00Z`) + days * dayLong).toISOString().slice(0, 10);
}

function finite(at: number): number | undefined {
  return Number.isFinite(at) ? at : undefined;
}

function format(zone: string): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const two = '2-digit';
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'iso8601',
    hourCycle: 'h23',
    year: 'numeric',
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  formats.set(zone, made);
  return made;
}

/** How far local time is ahead of UTC. */
function offsetAt(at: number, zone: string): number {
  return Date.parse(`${localAt(at, zone)}Z`) - Math.floor(at / 1000) * 1000;
}

/** The instant between them at which the clocks change. */
function jumpBetween(asUtc: number, offsets: readonly number[], zone: string): number {
  let before = asUtc - Math.max(...offsets) - 1000;
  let after = asUtc - Math.min(...offsets);
  const was = offsetAt(before, zone);
  while (after - before > 1000) {
    const middle = Math.floor((before + after) / 2000) * 1000;
    if (offsetAt(middle, zone) === was) before = middle;
    else after = middle;
  }
  return after;
}
