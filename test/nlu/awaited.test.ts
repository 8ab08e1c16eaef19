import { describe, expect, test } from 'vitest';
import { targets, testReader } from './reading.ts';

const read = testReader();

describe('an awaited slot is read by its own parser first', () => {
  test.each([
    ['4', 'count', { count: 4 }],
    ['to 4 please', 'count', { count: 4 }],
    ['네 대로', 'count', { count: 4 }],
    ['열둘', 'count', { count: 12 }],
    ['다섯 개로 해주세요', 'count', { count: 5 }],
    ['twelve', 'max', { max: 12 }],
    ['12로', 'min', { min: 12 }],
    ['4 12', 'count', { min: 4, max: 12 }],
    ['min 4 max 12', 'count', { min: 4, max: 12 }],
    ['+2', 'min', { count: '+2' }],
    ['두 배로', 'count', { count: 'x2' }],
  ])('%s for %s', async (text, slot, slots) => {
    const awaiting = { intent: 'Scale', slot } as { intent: 'Scale'; slot: 'count' };
    expect(await read.read(text, { targets, awaiting })).toMatchObject({ intent: 'Scale', slots, confidence: 1 });
  });

  test.each([
    ['1.9.0', '1.9.0'],
    ['v42로 해줘', 'v42'],
    ['latest', 'latest'],
    ['최신으로', 'latest'],
    ['the one on staging', '@staging'],
    ['42', '42'],
    ['build 42', '42'],
  ])('%s is version %s', async (text, version) => {
    const awaiting = { intent: 'Deploy', slot: 'version' } as const;
    expect(await read.read(text, { targets, awaiting })).toMatchObject({ intent: 'Deploy', slots: { version } });
  });

  test.each([
    ['api-prod', 'api-prod'],
    ['the api-prod one please', 'api-prod'],
    ['api-prod요', 'api-prod'],
    ['worker', 'worker-prod'],
  ])('%s is target %s', async (text, target) => {
    const awaiting = { intent: 'Rollback', slot: 'target' } as const;
    expect(await read.read(text, { targets, awaiting })).toMatchObject({ intent: 'Rollback', slots: { target } });
  });

  test('an unknown name is reported as one', async () => {
    const awaiting = { intent: 'Rollback', slot: 'target' } as const;
    expect(await read.read('apii-prod', { targets, awaiting })).toMatchObject({
      intent: 'Rollback',
      unknownTarget: 'apii-prod',
    });
  });

  test.each([
    ['api-prod에 1.9.1-bad 배포해줘', 'Deploy', { target: 'api-prod', version: '1.9.1-bad' }],
    ['scale api-prod to 5', 'Scale', { target: 'api-prod', count: 5 }],
  ])('%s is a command of its own', async (text, intent, slots) => {
    const awaiting = { intent: 'Status', slot: 'target' } as const;
    expect(await read.read(text, { targets, awaiting })).toMatchObject({ intent, slots });
  });

  test('an awaited version that is denied is held', async () => {
    const awaiting = { intent: 'Deploy', slot: 'version' } as const;
    const reading = await read.read('1.9.0 배포하지 마', { targets, awaiting });
    expect(reading.held).toBe('negated');
    expect(reading.intent).not.toBe('Deploy');
  });

  test.each([
    ['please show me the status of api-prod', 'en-US'],
    ['should we roll back api-prod?', 'en-US'],
    ['who am i', 'en-US'],
    ['status api-prod', 'ko-KR'],
  ])('%s is answered in %s to somebody who spoke Korean', async (text, locale) => {
    expect((await read.read(text, { targets, language: 'ko-KR' })).locale).toBe(locale);
  });

  test.each([
    ['취소', 'Cancel'],
    ['never mind', 'Cancel'],
    ['status of worker-prod', 'Status'],
    ['api-prod 상태 어때?', 'Status'],
    ['help', 'Help'],
  ])('%s changes the mind', async (text, intent) => {
    const awaiting = { intent: 'Scale', slot: 'count' } as const;
    expect(await read.read(text, { targets, awaiting })).toMatchObject({ intent });
  });
});
