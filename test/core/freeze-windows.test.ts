import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spanNear, weekdays, type FreezeWindow } from '../../src/core/freeze-windows.ts';
import { localAt } from '../../src/core/zones.ts';

const hour = 3_600_000;
const utc = (text: string): number => Date.parse(`${text}Z`);
const hoursOf = ({ from, to }: { from: number; to: number }): number => (to - from) / hour;
const weekend: FreezeWindow = {
  name: 'weekend',
  stages: ['prod'],
  zone: 'Asia/Seoul',
  every: ['fri 18:00', 'mon 08:00'],
};
const friday: FreezeWindow = {
  name: 'Black Friday',
  stages: ['prod'],
  zone: 'Asia/Seoul',
  from: '2026-11-27T18:00',
  to: '2026-11-30T09:00',
};

describe('a window with two ends', () => {
  test.each([
    ['2026-11-27T08:59', false],
    ['2026-11-27T09:00', true],
    ['2026-11-29T23:59', true],
    ['2026-11-30T00:00', false],
  ])('at %s UTC is on: %s', (at, isOn) => {
    expect(spanNear(friday, utc(at)) !== undefined).toBe(isOn);
  });

  test('is seen coming a day ahead, not earlier', () => {
    expect(spanNear(friday, utc('2026-11-26T09:00'), 24 * hour)).toEqual({
      from: utc('2026-11-27T09:00'),
      to: utc('2026-11-30T00:00'),
    });
    expect(spanNear(friday, utc('2026-11-26T08:59'), 24 * hour)).toBeUndefined();
  });

  test('that ends before it begins never is', () => {
    expect(spanNear({ ...friday, to: '2026-11-27T17:00' }, utc('2026-11-27T08:30'), 24 * hour)).toBeUndefined();
  });
});

describe('a window of every week', () => {
  test.each([
    ['2026-11-27T08:59', false],
    ['2026-11-27T09:00', true],
    ['2026-11-29T22:59', true],
    ['2026-11-29T23:00', false],
    ['2026-12-05T00:00', true],
  ])('at %s UTC is on: %s', (at, isOn) => {
    expect(spanNear(weekend, utc(at)) !== undefined).toBe(isOn);
  });

  test('that ends on the day it begins is on for hours, or for a whole week', () => {
    const night = { ...weekend, zone: 'UTC', every: ['tue 22:00', 'tue 23:00'] } as const;
    expect(spanNear(night, utc('2026-11-24T22:30'))).toEqual({
      from: utc('2026-11-24T22:00'),
      to: utc('2026-11-24T23:00'),
    });
    expect(spanNear(night, utc('2026-11-24T23:00'))).toBeUndefined();
    expect(spanNear({ ...night, every: ['tue 22:00', 'tue 22:00'] }, utc('2026-11-24T21:59'))).toEqual({
      from: utc('2026-11-17T22:00'),
      to: utc('2026-11-24T22:00'),
    });
  });

  test('an hour longer or shorter when the clocks change in it, at the same local times', () => {
    const berlin = { ...weekend, zone: 'Europe/Berlin' };
    const spanAt = (at: string) => spanNear(berlin, utc(at))!;

    expect(hoursOf(spanAt('2026-11-28T12:00'))).toBe(62);
    expect(hoursOf(spanAt('2026-10-25T12:00'))).toBe(63);
    expect(hoursOf(spanAt('2026-03-29T12:00'))).toBe(61);
  });

  test('an end that clocks jump over means the jump, and one that they show twice the longer reading', () => {
    const night = { ...weekend, zone: 'Europe/Berlin', every: ['sun 02:30', 'sun 04:00'] } as const;
    expect(spanNear(night, utc('2026-03-29T01:30'))?.from).toBe(utc('2026-03-29T01:00'));
    expect(spanNear(night, utc('2026-10-25T02:00'))?.from).toBe(utc('2026-10-25T00:30'));
    const until = { ...night, every: ['sat 20:00', 'sun 02:30'] } as const;
    expect(spanNear(until, utc('2026-10-25T00:00'))?.to).toBe(utc('2026-10-25T01:30'));
  });

  test('is on exactly while local weekday and time lie between its ends', () => {
    const edge = fc.record({ day: fc.nat({ max: 6 }), hour: fc.integer({ min: 3, max: 23 }) });
    const zones = fc.constantFrom('Asia/Seoul', 'Europe/Berlin', 'America/New_York', 'Pacific/Auckland');
    const instants = fc.integer({ min: utc('2026-01-01') / hour, max: utc('2028-01-01') / hour });

    fc.assert(
      fc.property(edge, edge, zones, instants, (start, end, zone, hours) => {
        const text = (it: typeof start) => `${weekdays[it.day]} ${String(it.hour).padStart(2, '0')}:00`;
        const every = [text(start), text(end)] as const;
        const local = localAt(hours * hour, zone);
        const now = ((new Date(`${local}Z`).getUTCDay() + 6) % 7) * 24 + Number(local.slice(11, 13));
        const [from, to] = [start.day * 24 + start.hour, end.day * 24 + end.hour];

        const isOn = spanNear({ name: '', stages: ['*'], zone, every }, hours * hour) !== undefined;

        expect(isOn).toBe(from < to ? from <= now && now < to : from <= now || now < to);
      }),
    );
  });
});
