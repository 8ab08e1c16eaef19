import fc from 'fast-check';
import { expect, it } from 'vitest';
import { nextRun } from '../../../src/platforms/ecs/schedule.ts';

const now = Date.parse('2026-11-23T11:32:00Z');

it.each([
  ['cron(0 18 * * ? *)', 'Asia/Seoul', '2026-11-24T09:00:00Z'],
  ['cron(0 21 * * ? *)', 'Asia/Seoul', '2026-11-23T12:00:00Z'],
  ['cron(0/15 9-17 ? * MON-FRI *)', 'UTC', '2026-11-23T11:45:00Z'],
  ['cron(30 8 ? * 1 *)', 'UTC', '2026-11-29T08:30:00Z'],
  ['cron(0 0 29 FEB ? *)', 'UTC', '2028-02-29T00:00:00Z'],
  ['cron(0 9,18 1 */3 ? 2027)', 'Europe/Berlin', '2027-01-01T08:00:00Z'],
  // Summer time begins at 02:00 on that day, so its clocks never show 02:30.
  ['cron(30 2 29 3 ? *)', 'Europe/Berlin', '2028-03-29T00:30:00Z'],
  ['at(2026-12-24T18:00:00)', 'Asia/Tokyo', '2026-12-24T09:00:00Z'],
])('%s in %s runs next at %s', (schedule, zone, expected) => {
  const from = schedule.includes('29 3') ? Date.parse('2027-03-29T12:00:00Z') : now;

  expect(new Date(nextRun(schedule, zone, from)!).toISOString()).toBe(new Date(expected).toISOString());
});

it.each([
  ['at(2026-11-23T11:00:00)', 'UTC'],
  ['rate(1 day)', 'UTC'],
  ['cron(0 18 L * ? *)', 'UTC'],
  ['cron(0 18 ? * 2#1 *)', 'UTC'],
  ['cron(0 18 * *)', 'UTC'],
  ['cron(0 18 * * ? 2025)', 'UTC'],
  ['cron(0 18 * * ? *)', 'Mars/Olympus'],
  ['every morning', 'UTC'],
])('%s in %s does not tell when', (schedule, zone) => {
  expect(nextRun(schedule, zone, now)).toBeUndefined();
});

it('is never in the past, and shows the hour and minute asked for on the zone’s clocks', () => {
  const zones = ['UTC', 'Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe'];
  const minutes = fc.integer({ min: 0, max: 59 });
  const hours = fc.integer({ min: 0, max: 23 });
  const moments = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2028, 0) });
  fc.assert(
    fc.property(minutes, hours, fc.constantFrom(...zones), moments, (minute, hour, zone, from) => {
      const at = nextRun(`cron(${minute} ${hour} * * ? *)`, zone, from)!;

      const shown = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: 'numeric', minute: 'numeric' }).format(at);
      expect(at).toBeGreaterThan(from);
      expect(at - from).toBeLessThanOrEqual(50 * 3_600_000);
      expect(shown.split(':').map(Number)).toEqual([hour, minute]);
    }),
    { numRuns: 200 },
  );
});

it('tells a time in the future or nothing, whatever the text', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.constantFrom('at', 'cron', 'rate'), (inside, zone, kind) => {
      const at = nextRun(`${kind}(${inside})`, zone, now);

      expect(at === undefined || at > now).toBe(true);
    }),
  );
});
