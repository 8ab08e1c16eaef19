import { describe, expect, test } from 'vitest';
import { untilOf } from '../../src/core/until.ts';
import { testClock } from '../clock.ts';
import { account, process } from '../operations/account.ts';

const utc = (text: string): number => Date.parse(`${text}Z`);

/** Noon in London, nine in the evening in Seoul. */
function at(zone?: string) {
  const { world } = process(account(testClock(utc('2026-11-23T12:00'))));
  const profile = async () => (zone === undefined ? undefined : { zone });
  return { ...world, people: { ...world.people, profile } };
}

describe('until when', () => {
  test.each([
    ['nothing said', {}, undefined],
    ['a duration', { duration: 'PT2H' }, '2026-11-23T14:00'],
    ['a time that is over today', { time: '18:00' }, '2026-11-24T09:00'],
    ['a time still to come', { time: '22:00' }, '2026-11-23T13:00'],
    ['a day and a time', { time: '2026-11-30T09:00' }, '2026-11-30T00:00'],
  ])('%s is read in the person’s own zone', async (_name, slots, expected) => {
    expect(await untilOf(at('Asia/Seoul'), 'U1', slots)).toBe(expected && utc(expected));
  });

  test.each([
    ['a day alone', { time: '2026-11-30' }, 'refuse.no-hour'],
    ['what is over', { time: '2026-11-22T09:00' }, 'refuse.past'],
    ['far too long', { duration: 'P400D' }, 'refuse.too-far'],
    ['no duration at all', { duration: 'forever' }, 'refuse.no-hour'],
  ])('%s is refused', async (_name, slots, reason) => {
    await expect(untilOf(at('Asia/Seoul'), 'U1', slots)).rejects.toMatchObject({ reason: { say: reason } });
  });

  test('a chat that does not tell the zone, or fails to, costs nobody a lock', async () => {
    const failing = { ...at(), people: { ...at().people, profile: () => Promise.reject(new Error('Slack is down')) } };

    expect(await untilOf(at(), 'U1', { time: '2026-11-30T09:00' })).toBeGreaterThan(utc('2026-11-29T00:00'));
    expect(await untilOf(failing, 'U1', { time: '2026-11-30T09:00' })).toBeGreaterThan(utc('2026-11-29T00:00'));
  });
});
