import { describe, expect, test } from 'vitest';
import { testReader } from './reading.ts';

const targets = ['api-prod', 'worker-prod'];
const read = testReader();
const awaiting = { intent: 'Lock', slot: 'reason', slots: { target: 'api-prod' } } as const;

describe('while a reason is awaited', () => {
  test.each([
    'load test',
    'Black Friday load test, please don’t deploy.',
    'the deploy of v42 broke worker-prod',
    '스키마 마이그레이션 중',
    'เรากำลังย้ายฐานข้อมูล',
    'rolling back took 40 min last time',
  ])('%s: is one, in the language of the talk', async (text) => {
    const reading = await read.read(text, { targets, awaiting, language: 'en-US' });

    expect(reading).toMatchObject({ intent: 'Lock', confidence: 1, locale: 'en-US' });
    expect(reading.slots.reason?.replaceAll("'", '’')).toBe(text.normalize('NFKC'));
  });

  test.each([
    ['cancel', 'Cancel'],
    ['never mind', 'Cancel'],
    ['/ops status worker-prod', 'Status'],
    ['status of worker-prod', 'Status'],
    ['취소', 'Cancel'],
  ])('%s: is another wish', async (text, intent) => {
    const reading = await read.read(text.replace('/ops ', ''), { targets, awaiting });

    expect(reading.intent).toBe(intent);
    expect(reading.slots.reason).toBeUndefined();
  });
});
