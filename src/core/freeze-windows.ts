// Planned freezes, as opsjack.yaml says them: once from a local time to another, or every week. Pure functions of the time.
import { addDays, earliest, latest, localAt, momentOf } from './zones.ts';

/**
 * `stages`: `*` is all of them. `from` and `to` are local times of the zone, `2026-11-27T18:00`; `every` holds the two ends
 * of each week's, `fri 18:00` and `mon 08:00`. Where clocks go back, the longer reading counts.
 */
export type FreezeWindow = { name: string; stages: readonly string[]; zone: string } & (
  | { from: string; to: string; every?: undefined }
  | { every: readonly [string, string]; from?: undefined; to?: undefined }
);

/** From when until when, in epoch milliseconds; `to` itself is free. */
export type Span = { from: number; to: number };

export const weekdays = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

/** The window's span that is on, or begins within `ahead` milliseconds; the earliest of them. */
export function spanNear(window: FreezeWindow, now: number, ahead = 0): Span | undefined {
  return spansAround(window, now)
    .filter(({ from, to }) => to > now && from <= now + ahead && from < to)
    .toSorted((a, b) => a.from - b.from)[0];
}

function spansAround(window: FreezeWindow, now: number): Span[] {
  const { zone } = window;
  if (window.every === undefined) return [spanOf(window.from, window.to, zone)];
  const [start, end] = [weekly(window.every[0]), weekly(window.every[1])];
  const today = localAt(now, zone).slice(0, 10);
  return Array.from({ length: 17 }, (_, index) => addDays(today, index - 8))
    .filter((date) => weekdayOf(date) === start.weekday)
    .map((date) => spanOf(`${date}T${start.time}`, `${addDays(date, daysBetween(start, end))}T${end.time}`, zone));
}

function spanOf(from: string, to: string, zone: string): Span {
  return { from: earliest(momentOf(from, zone)), to: latest(momentOf(to, zone)) };
}

type Weekly = { weekday: number; time: string };

function weekly(text: string): Weekly {
  const [day = '', time = ''] = text.toLowerCase().split(' ');
  return { weekday: (weekdays as readonly string[]).indexOf(day), time };
}

function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00Z`).getUTCDay() + 6) % 7;
}

function daysBetween(start: Weekly, end: Weekly): number {
  const days = (end.weekday - start.weekday + 7) % 7;
  return days === 0 && end.time <= start.time ? 7 : days;
}
