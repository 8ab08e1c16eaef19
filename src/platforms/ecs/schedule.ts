// When a scheduled action runs next: `at(...)`, and `cron(...)` as far as it has no L, W or #.
// https://docs.aws.amazon.com/autoscaling/application/userguide/scheduled-scaling-using-cron-expressions.html

type Local = { year: number; month: number; day: number; hour: number; minute: number; second: number };
type Cron = Record<'minutes' | 'hours' | 'days' | 'months' | 'weekdays' | 'years', (value: number) => boolean>;

const names = {
  months: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  weekdays: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'],
};
const day = 86_400_000;
const horizon = 2 * 366;

/** Epoch milliseconds of the first run after `now`; nothing where it cannot be told, as for `rate(...)`. */
export function nextRun(schedule: string, zone: string, now: number): number | undefined {
  const [, kind, inside = ''] = /^\s*(at|cron)\((.+)\)\s*$/u.exec(schedule) ?? [];
  try {
    if (kind === 'at') return atTime(inside, zone, now);
    const cron = kind === 'cron' ? cronOf(inside) : undefined;
    return cron && nextOf(cron, zone, now);
  } catch {
    // A zone this system does not know.
    return undefined;
  }
}

function atTime(text: string, zone: string, now: number): number | undefined {
  const numbers = /^(\d{4})-(\d\d)-(\d\d)T(\d\d):(\d\d)(?::(\d\d))?$/u.exec(text.trim())?.slice(1).map(Number);
  if (!numbers) return undefined;
  const [year = 0, month = 0, date = 0, hour = 0, minute = 0, second = 0] = numbers;
  const at = instant({ year, month, day: date, hour, minute, second: second || 0 }, zone);
  return at !== undefined && at > now ? at : undefined;
}

function cronOf(text: string): Cron | undefined {
  const fields = text.trim().toUpperCase().split(/\s+/u);
  if (fields.length !== 6) return undefined;
  const [minutes, hours, days, months, weekdays, years] = [
    fieldOf(fields[0]!, 0, 59),
    fieldOf(fields[1]!, 0, 23),
    fieldOf(fields[2]!, 1, 31),
    fieldOf(named(fields[3]!, names.months), 1, 12),
    fieldOf(named(fields[4]!, names.weekdays), 1, 7),
    fieldOf(fields[5]!, 1970, 2199),
  ];
  if (!minutes || !hours || !days || !months || !weekdays || !years) return undefined;
  return { minutes, hours, days, months, weekdays, years };
}

function named(field: string, words: readonly string[]): string {
  return words.reduce((text, word, index) => text.replaceAll(word, String(index + 1)), field);
}

/** Which values a field stands for; nothing where it holds what is not understood. */
function fieldOf(field: string, low: number, high: number): ((value: number) => boolean) | undefined {
  const wanted = new Set<number>();
  for (const part of field.split(',')) {
    const [, range = '', step] = /^(\*|\?|\d+(?:-\d+)?)(?:\/(\d+))?$/u.exec(part) ?? [];
    if (range === '') return undefined;
    const all = range === '*' || range === '?';
    const [from = low, to = step ? high : from] = all ? [low, high] : range.split('-').map(Number);
    const by = Number(step ?? 1);
    if (by < 1 || from < low || to > high || from > to) return undefined;
    for (let value = from; value <= to; value += by) wanted.add(value);
  }
  return (value) => wanted.has(value);
}

function nextOf(cron: Cron, zone: string, now: number): number | undefined {
  const today = localAt(now, zone);
  const start = Date.UTC(today.year, today.month - 1, today.day);
  for (let passed = 0; passed < horizon; passed += 1) {
    const date = new Date(start + passed * day);
    const found = isOn(cron, date) ? firstOn(cron, date, zone, now) : undefined;
    if (found !== undefined) return found;
  }
  return undefined;
}

function isOn({ days, months, weekdays, years }: Cron, date: Date): boolean {
  const at = { month: date.getUTCMonth() + 1, year: date.getUTCFullYear() };
  return days(date.getUTCDate()) && months(at.month) && weekdays(date.getUTCDay() + 1) && years(at.year);
}

function firstOn({ hours, minutes }: Cron, date: Date, zone: string, now: number): number | undefined {
  const on = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate(), second: 0 };
  for (let hour = 0; hour < 24; hour += 1) {
    if (!hours(hour)) continue;
    for (let minute = 0; minute < 60; minute += 1) {
      const at = minutes(minute) ? instant({ ...on, hour, minute }, zone) : undefined;
      if (at !== undefined && at > now) return at;
    }
  }
  return undefined;
}

/** The moment a clock in the zone shows this; nothing where it never does, as when summer time begins. */
function instant(local: Local, zone: string): number | undefined {
  const { year, month, day: date, hour, minute, second } = local;
  const shown = Date.UTC(year, month - 1, date, hour, minute, second);
  const offset = (at: number) => asUtc(localAt(at, zone)) - at;
  const guesses = [shown - offset(shown - day), shown - offset(shown + day)];
  return guesses.toSorted((a, b) => a - b).find((at) => asUtc(localAt(at, zone)) === shown);
}

function asUtc({ year, month, day: date, hour, minute, second }: Local): number {
  return Date.UTC(year, month - 1, date, hour, minute, second);
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function localAt(at: number, zone: string): Local {
  const clock =
    clocks.get(zone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  clocks.set(zone, clock);
  const parts = clock.formatToParts(at);
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((one) => one.type === type)?.value);
  return {
    year: of('year'),
    month: of('month'),
    day: of('day'),
    hour: of('hour'),
    minute: of('minute'),
    second: of('second'),
  };
}
