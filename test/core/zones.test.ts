import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { earliest, instantOf, latest, localAt, momentOf } from '../../src/core/zones.ts';

const zones = ['Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC'];
const zone = fc.constantFrom(...zones);
const instant = fc
  .integer({ min: Date.UTC(2024, 0, 1) / 60_000, max: Date.UTC(2032, 0, 1) / 60_000 })
  .map((minutes) => minutes * 60_000);
const utc = (text: string): number => Date.parse(`${text}Z`);

describe('a local time in a zone', () => {
  test('stands, of every instant, for that instant again', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const moment = momentOf(localAt(at, where), where);

        expect(moment.kind).not.toBe('skipped');
        expect([earliest(moment), latest(moment)]).toContain(at);
      }),
    );
  });

  test('stands for instants that show it, except where the clocks jump over it', () => {
    fc.assert(
      fc.property(instant, zone, (at, where) => {
        const local = new Date(at).toISOString().slice(0, 16);
        const moment = momentOf(local, where);

        const shown = [earliest(moment), latest(moment)].map((one) => localAt(one, where).slice(0, 16));
        expect(shown.every((one) => (moment.kind === 'skipped' ? one > local : one === local))).toBe(true);
      }),
    );
  });

  test('does not exist where clocks go forward, and then means the jump', () => {
    expect(momentOf('2026-03-29T02:30', 'Europe/Berlin')).toEqual({ kind: 'skipped', at: utc('2026-03-29T01:00') });
    expect(momentOf('2026-10-04T02:15', 'Australia/Lord_Howe')).toEqual({
      kind: 'skipped',
      at: utc('2026-10-03T15:30'),
    });
    expect(momentOf('2011-12-30T12:00', 'Pacific/Apia')).toEqual({ kind: 'skipped', at: utc('2011-12-30T10:00') });
  });

  test('exists twice where clocks go back', () => {
    expect(momentOf('2026-10-25T02:30', 'Europe/Berlin')).toEqual({
      kind: 'twice',
      first: utc('2026-10-25T00:30'),
      second: utc('2026-10-25T01:30'),
    });
  });

  test('has no instant where it is no date', () => {
    expect(momentOf('2026-13-45T99:00', 'UTC')).toEqual({ kind: 'once', at: Number.NaN });
  });
});

describe('when somebody says a time', () => {
  const now = utc('2026-11-24T09:30');

  test.each([
    ['18:00', 'Asia/Seoul', '2026-11-25T09:00'],
    ['18:31', 'Asia/Seoul', '2026-11-24T09:31'],
    ['05:00', 'America/New_York', '2026-11-24T10:00'],
    ['04:30', 'America/New_York', '2026-11-25T09:30'],
    ['2026-12-01T08:00', 'Europe/Berlin', '2026-12-01T07:00'],
  ])('%s in %s is the next one', (time, where, expected) => {
    expect(instantOf(time, where, now)).toBe(utc(expected));
  });

  test.each(['2026-11-30', 'soon', '', '2026-99-99T10:00'])('%s alone says no instant', (time) => {
    expect(instantOf(time, 'UTC', now)).toBeUndefined();
  });
});
