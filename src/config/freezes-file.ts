// The part of opsjack.yaml that plans freezes: once, or every week, in a named time zone.
import { z } from 'zod';
import { strict, text, texts, wrong } from './shape.ts';

const local = z
  .string(wrong('a local date and time, like 2026-11-27T18:00'))
  .regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d$/, wrong('a local date and time, like 2026-11-27T18:00'))
  .refine(isReal, { message: 'is no date and time of the calendar' });

/** The calendar has no 31st of November, and `Date` would make it the 1st of December. */
function isReal(value: string): boolean {
  const at = Date.parse(`${value}Z`);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(value);
}

const weekly = text(
  'a weekday and a time, like fri 18:00',
  /^(?:mon|tue|wed|thu|fri|sat|sun) (?:[01]\d|2[0-3]):[0-5]\d$/i,
);

const zone = text('an IANA time zone, like Asia/Seoul').refine(isZone, {
  message: 'is no IANA time zone; write it like Asia/Seoul',
});

function isZone(value: string): boolean {
  try {
    return value.includes('/') || value === 'UTC'
      ? Boolean(new Intl.DateTimeFormat('en-US', { timeZone: value }))
      : false;
  } catch {
    return false;
  }
}

const freeze = strict({
  name: text('a name that people will read'),
  stages: texts('a stage, like prod; "*" is every stage'),
  zone,
  from: local.optional(),
  to: local.optional(),
  every: z.tuple([weekly, weekly], wrong('two ends of each week, like [fri 18:00, mon 08:00]')).optional(),
}).transform((value, context) => {
  const { from, to, every, ...about } = value;
  if (every && from === undefined && to === undefined) return { ...about, every };
  const fault = (message: string, at: PropertyKey[] = []) => {
    context.addIssue({ code: 'custom', message, path: at });
    return z.NEVER;
  };
  if (every || from === undefined || to === undefined) return fault('must hold `from` and `to`, or `every`');
  return from < to ? { ...about, from, to } : fault('must be later than `from`', ['to']);
});

/** Members of the settings file. */
export const freezeMembers = {
  freezes: z
    .array(
      freeze,
      wrong(
        'a list of freezes, like `- { name: weekend, stages: [prod], every: [fri 18:00, mon 08:00], zone: Asia/Seoul }`',
      ),
    )
    .nullish()
    .describe(
      'When nobody changes a stage: `- { name: Black Friday, stages: [prod], from: 2026-11-27T18:00, to: 2026-11-30T09:00, zone: Asia/Seoul }`, or each week `every: [fri 18:00, mon 08:00]` in the place of `from` and `to`. Where clocks go back, the longer reading counts. Going back to the version from before stays possible, and whoever has the right `danger` can override it with a reason',
    ),
};
