// What AMAZON.Number, Date, Time and Duration make of words. https://docs.aws.amazon.com/lexv2/latest/dg/built-in-slots.html
import { wordsOf, type Words } from './lex-words.ts';

/** A part of the text and its value. */
export type Reading = { original: string; value: string };
export type Reads = (text: string, locale: string, now: number) => Reading | undefined;

const found = (match: RegExpExecArray | null, value: (match: RegExpExecArray) => string | undefined) => {
  const made = match ? value(match) : undefined;
  return match && made !== undefined ? { original: match[0].trim(), value: made } : undefined;
};

/** Digits, or a word from one to ten. */
export const number: Reads = (text, locale) => {
  const digits = found(/(?<![\p{L}\p{N}.:-])-?\d+(?:\.\d+)?(?![A-Za-z\d]|[.:-][\p{L}\p{N}])/u.exec(text), ([it]) => it);
  return digits ?? wordNumber(text, wordsOf(locale));
};

function wordNumber(text: string, { numbers }: Words): Reading | undefined {
  const names = Object.keys(numbers).toSorted((a, b) => b.length - a.length);
  const pattern = new RegExp(`(?<!\\p{L})(${names.join('|')})(?=$|\\P{L}|[대개台个個つ])`, 'iu');
  return found(pattern.exec(text), (it) => numbers[it[0].toLowerCase()]?.toString());
}

/** A day as `2026-11-24`: ISO, or today, tomorrow, yesterday by `now` (UTC). */
export const date: Reads = (text, locale, now) => {
  const iso = found(/\d{4}-\d{2}-\d{2}/u.exec(text), ([it]) => it);
  if (iso) return iso;
  const words = wordsOf(locale);
  const day = (offset: number) => () => new Date(now + offset * 86_400_000).toISOString().slice(0, 10);
  const offsets = [
    [words.today, 0],
    [words.tomorrow, 1],
    [words.yesterday, -1],
  ] as const;
  for (const [pattern, offset] of offsets) {
    const one = found(pattern.exec(text), day(offset));
    if (one) return one;
  }
  return undefined;
};

/** A time of day as `17:00`: 17:00, 5pm, 5 in the evening, 오후 5시, 17 Uhr, 17h30. */
export const time: Reads = (text, locale) => {
  const clock =
    /(\d{1,2})(?::(\d{2})|h(\d{2})?|\s*(?:시|時|点|Uhr|heures?)\s*(?:(\d{1,2})\s*分?(?:분)?)?)?(?![\d.-]|\s*(?:시간|時間|小时|hours?\b))/iu.exec(
      text,
    );
  const words = wordsOf(locale);
  const rest = clock ? text.replace(clock[0], ' ') : '';
  const pm = words.pm.test(rest);
  const marked = pm || words.am.test(rest) || clock?.[0] !== clock?.[1];
  if (!clock || !marked) return undefined;
  const hour = Number(clock[1]);
  const minute = Number(clock[2] ?? clock[3] ?? clock[4] ?? 0);
  const hours = pm && hour < 12 ? hour + 12 : hour;
  if (hours > 23 || minute > 59) return undefined;
  return { original: text.trim(), value: `${pad(hours)}:${pad(minute)}` };
};

/** A length of time as `PT2H`, `P3D`. */
export const duration: Reads = (text, locale) => {
  const { units, numbers } = wordsOf(locale);
  const amount = `(\\d+|${Object.keys(numbers).join('|')})`;
  const shapes = [
    [units.hour, 'PT#H'],
    [units.minute, 'PT#M'],
    [units.second, 'PT#S'],
    [units.week, 'P#W'],
    [units.day, 'P#D'],
  ] as const;
  for (const [unit, shape] of shapes) {
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])${amount}\\s*(?:${unit.source})(?![a-z\\d])`, 'iu');
    const one = found(pattern.exec(text), ([, many = '']) =>
      shape.replace('#', String(numbers[many.toLowerCase()] ?? many)),
    );
    if (one) return one;
  }
  return undefined;
};

function pad(part: number): string {
  return String(part).padStart(2, '0');
}
