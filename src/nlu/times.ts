// Times: "tomorrow 9am", "내일 오후 3시", "in 10 minutes", as local dates and times without a zone.
import type { Lexicon } from './lexicon.ts';
import { consume, marksIn, put, type Mark, type Marked } from './marks.ts';

/** Part of today that no hour was said with: "tonight at 9" is a time, "tonight" is none. */
const part = '+00';

/** Marks days, times of day and times from now; a day and a time of day become one mark. */
export function markTimes(marked: Marked, lexicon: Lexicon, zone: string, now: number): void {
  let shown: Date | undefined;
  const local = (): Date => (shown ??= localTime(now, zone));
  fromNow(marked, lexicon, local);
  const takeDays = (list: Lexicon['days']) =>
    consume(marked, list, (day, _, raw) => ({ kind: 'day', value: day, raw }));
  takeDays(lexicon.days.filter(({ key }) => key !== part));
  consume(marked, lexicon.times, (key, found, raw) => {
    const value = timeOfDay(key, found);
    if (value === undefined) return undefined;
    return {
      kind: 'time',
      value: found['day']?.kind === 'day' ? `${dateOf(found['day'].value, local)}T${value}` : value,
      raw,
    };
  });
  takeDays(lexicon.days.filter(({ key }) => key === part));
  const days = marksIn(marked, 'day');
  const day = days.find(({ value }) => value !== '0') ?? days[0];
  if (!day) return;
  const time = marksIn(marked, 'time').find((it) => /^\d\d:\d\d$/.test(it.value));
  if (time) marked.marks[time.index] = { ...time, value: `${dateOf(day.value, local)}T${time.value}` };
  // "Today" alone says nothing; any other day without a time of day is kept, so that it is never taken for now.
  else if (day.value !== '0') put(marked.marks, { kind: 'time', value: dateOf(day.value, local), raw: day.raw });
}

/** The first time said: `2026-11-24T09:00`, `09:00`, or a date alone. */
export function timeIn(marked: Marked): string | undefined {
  const said = marksIn(marked, 'time')[0];
  if (said) return said.value;
  const alone = marked.marks.find((mark) => mark.kind === 'time' && /^\d{4}-\d\d-\d\d$/.test(mark.value));
  return alone?.kind === 'time' ? alone.value : undefined;
}

/** Times from now: a duration already found with "in" or "later" around it, or `in PT{a}M` with a number. */
function fromNow(marked: Marked, lexicon: Lexicon, local: () => Date): void {
  const relative = lexicon.times.filter((it) => it.key.startsWith('in '));
  consume(marked, relative, (key, found, raw) => {
    const duration = found['l']?.kind === 'duration' ? found['l'].value : filled(key.slice(3), found);
    const at = new Date(local().getTime() + milliseconds(duration ?? ''));
    return Number.isNaN(at.getTime()) ? undefined : { kind: 'time', value: at.toISOString().slice(0, 16), raw };
  });
}

/** `PT{a}H` with the numbers put in; nothing where a number is no whole number. */
export function filled(key: string, found: Readonly<Record<string, Mark>>): string | undefined {
  let whole = true;
  const text = key.replaceAll(/\{([ab])\}/g, (_, name: string) => {
    const mark = found[name];
    if (mark?.kind !== 'number' || !Number.isSafeInteger(mark.value)) whole = false;
    return mark?.kind === 'number' ? String(mark.value) : '';
  });
  return whole ? text : undefined;
}

function timeOfDay(key: string, found: Readonly<Record<string, Mark>>): string | undefined {
  const [, half, rest] = /^(?:(am|pm) )?(.*)$/.exec(key)!;
  const clock = found['t']?.kind === 'clock' ? found['t'].value : undefined;
  const number = (name: string) => (found[name]?.kind === 'number' ? String(found[name].value) : '');
  const said = rest!.replace('{t}', clock ?? '').replaceAll(/\{([ab])\}/g, (_, name: string) => number(name));
  const parts = /^(\d{1,2})(?::(\d{1,2}))?$/.exec(said);
  if (!parts) return undefined;
  let hours = Number(parts[1]);
  const minutes = Number(parts[2] ?? 0);
  if (half === 'pm' && hours < 12) hours += 12;
  if (half === 'am' && hours === 12) hours = 0;
  if (hours === 24) hours = 0;
  if (hours > 23 || minutes > 59) return undefined;
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`;
}

/** A date for `+1`, a weekday `1` to `7` (never today), or the date itself. */
function dateOf(day: string, clock: () => Date): string {
  if (day.includes('-')) return day;
  const local = clock();
  const weekday = local.getUTCDay() === 0 ? 7 : local.getUTCDay();
  const ahead = day === '0' ? 0 : day.startsWith('+') ? Number(day.slice(1)) : ((Number(day) - weekday + 6) % 7) + 1;
  return new Date(local.getTime() + ahead * 86_400_000).toISOString().slice(0, 10);
}

/** A Date whose UTC fields show the wall clock of the zone. */
function localTime(now: number, zone: string): Date {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    dateStyle: 'short',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  const [date, time] = parts.format(now).split(', ');
  return new Date(`${date}T${time}Z`);
}

function milliseconds(duration: string): number {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(duration);
  if (!match) return Number.NaN;
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((it) => Number(it ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
  ];
  return ((((weeks * 7 + days) * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
}
