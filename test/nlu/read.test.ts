import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '../../src/core/outcome.ts';
import { targets, testReader } from './reading.ts';

const read = testReader();
const slotsOf = async (text: string) => (await read.read(text, { targets })).slots;

describe('sizes', () => {
  test.each([
    ['scale api-prod min 4 max 12', { min: 4, max: 12 }],
    ['api-prod 최소 4, 최대 12로', { min: 4, max: 12 }],
    ['api-prod 4에서 12로 늘려줘', { min: 4, max: 12 }],
    ['scale api-prod 4 to 12', { min: 4, max: 12 }],
    ['scale api-prod between four and twelve', { min: 4, max: 12 }],
    ['scale api-prod 4-12', { min: 4, max: 12 }],
    ['scale api-prod 4~12', { min: 4, max: 12 }],
    ['scale api-prod 4 12', { min: 4, max: 12 }],
    ['scale api-prod up to 12', { max: 12 }],
    ['scale api-prod at least 4', { min: 4 }],
    ['scale api-prod 12 max 4 min', { min: 4, max: 12 }],
    ['scale api-prod four twelve', {}],
    ['api-prod 두 대로 줄여줘', { count: 2 }],
    ['api-prod 두대로 줄여줘', { count: 2 }],
    ['api-prod 열두 대로 늘려줘', { count: 12 }],
    ['api-prod 십이 대로 늘려줘', { count: 12 }],
    ['scale api-prod +2', { count: '+2' }],
    ['scale api-prod -2', { count: '-2' }],
    ['scale api-prod 2 more', { count: '+2' }],
    ['api-prod 3대 더 늘려줘', { count: '+3' }],
    ['double api-prod', { count: 'x2' }],
    ['api-prod 두 배로 늘려줘', { count: 'x2' }],
    ['api-prod 절반으로 줄여줘', { count: 'x0.5' }],
    ['scale api-prod to ten', { count: 10 }],
    ['scale api-prod to twenty five', { count: 25 }],
    ['scale api-prod to -5', { count: -5 }],
    ['scale api-prod min -1', { min: -1 }],
    ['scale api-prod to 10,000', { count: 10_000 }],
    ['raise the min of api-prod by 2', { min: '+2' }],
    ['api-prod 최대를 3대 늘려줘', { max: '+3' }],
  ])('%s', async (text, sizes) => {
    expect(await slotsOf(text)).toEqual({ target: 'api-prod', ...sizes });
  });

  test('every number from 1 to 99 is read in digits and in English and Korean words', async () => {
    const ones = ['', '한', '두', '세', '네', '다섯', '여섯', '일곱', '여덟', '아홉'];
    const tens = ['', '열', '스물', '서른', '마흔', '쉰', '예순', '일흔', '여든', '아흔'];
    for (let number = 1; number <= 99; number += 1) {
      const word = tens[Math.floor(number / 10)]! + ones[number % 10]!;
      expect({ word, ...(await slotsOf(`api-prod ${word} 대로 늘려줘`)) }).toEqual({
        word,
        target: 'api-prod',
        count: number,
      });
      expect(await slotsOf(`scale api-prod to ${number}`)).toEqual({ target: 'api-prod', count: number });
    }
  });

  test('particles glued to names and numbers are no part of them', async () => {
    for (const particle of ['을', '를', '은', '는', '이', '가', '만', '도', '의', '에', '에서']) {
      expect({ particle, ...(await slotsOf(`api-prod${particle} 6대로 늘려줘`)) }).toMatchObject({
        particle,
        target: 'api-prod',
      });
    }
  });

  test.each([
    ['scale api-prod to 150%', { count: 'x1.5' }],
    ['scale api-prod to 150 percent', { count: 'x1.5' }],
    ['scale the max of api-prod to 150%', { max: 'x1.5' }],
    ['api-prod 150%로 늘려줘', { count: 'x1.5' }],
    ['increase api-prod by 50 percent', { count: 'x1.5' }],
    ['cpu is at 90%, scale api-prod to 8', { count: 8 }],
  ])('a percentage is never a number of instances: %s', async (text, sizes) => {
    const reading = await read.read(text, { targets });

    expect(reading.slots).toEqual({ target: 'api-prod', ...sizes });
    expect(reading.conflict).toBeUndefined();
  });

  test.each(['scale api-prod 150%', 'scale api-prod to 4 or 50%'])('%s is asked about', async (text) => {
    expect((await read.read(text, { targets })).conflict).toContain('count');
  });

  test.each(['send 10% of the traffic to 1.9.0 on api-prod', 'route 10 percent of traffic to 1.9.0 on api-prod'])(
    'a share of the traffic is in percent: %s',
    async (text) => {
      const slots = { target: 'api-prod', version: '1.9.0', count: 10 };
      expect(await read.read(text, { targets })).toMatchObject({ intent: 'Traffic', slots });
    },
  );

  test('two values for one number are a conflict', async () => {
    expect((await read.read('scale api-prod min 4 min 5', { targets })).conflict).toEqual(['min']);
  });
});

describe('names', () => {
  test.each([
    ['status of api prod', 'api-prod'],
    ['status of API-PROD', 'api-prod'],
    ['status of status-page', 'status-page'],
    ['is worker ok?', 'worker-prod'],
    ['is checkout in prod ok?', 'checkout-prod'],
    ['운영 체크아웃 어때?', 'checkout-prod'],
    ['is checkout ok?', 'checkout'],
    ['status scale', 'scale'],
  ])('%s', async (text, target) => {
    expect(await slotsOf(text)).toMatchObject({ target });
  });

  test('a name that only looks like one is never taken', async () => {
    const reading = await read.read('scale chekout-prod to 4', { targets });
    expect(reading).toMatchObject({ intent: 'Scale', unknownTarget: 'chekout-prod', slots: { count: 4 } });
    expect(reading.slots.target).toBeUndefined();
  });

  test('a name with letters of another alphabet is not the name it imitates', async () => {
    const reading = await read.read('scale \u0430pi-prod to 4', { targets });
    expect(reading.slots.target).toBeUndefined();
  });

  test('any shaped name and version survive byte for byte in the open world', async () => {
    const open = testReader({ names: 'any' });
    const name = fc
      .stringMatching(/^[a-z]{2,8}(-[a-z]{2,6}){1,3}$/)
      .filter(
        (it) =>
          !/^(release|rel|build|hotfix|rc|tag|ver|version|rev|revision|snapshot|sha|git|main|master|develop)-/.test(it),
      );
    const version = fc.stringMatching(/^v?[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(-rc\.[0-9])?(\+build[0-9])?$/);
    await fc.assert(
      fc.asyncProperty(
        name,
        version,
        fc.constantFrom('deploy N V', 'deploy V to N', 'N에 V 배포해줘', 'N를 V로 업데이트해줘'),
        async (one, other, frame) => {
          const reading = await open.read(
            frame.replace('N', () => one).replace('V', () => other),
            { targets: [] },
          );
          expect(reading.slots).toEqual({ target: one, version: other });
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('several things at once', () => {
  test('a second request is noticed and the first one is read', async () => {
    const reading = await read.read('deploy 1.9.0 to api-prod and then scale it to 4', { targets });
    expect(reading).toMatchObject({ intent: 'Deploy', also: 'Scale', slots: { target: 'api-prod', version: '1.9.0' } });
    expect(reading.slots.count).toBeUndefined();
  });

  test('a name alone behind "and" belongs to the change before it', async () => {
    const reading = await read.read('deploy 2.0.1 to api-prod and worker-prod', { targets });

    expect(reading).toMatchObject({ intent: 'Deploy', conflict: ['target'] });
    expect(reading.also).toBeUndefined();
  });

  test('forwards and back at once is asked about, another target is not', async () => {
    const both = await read.read('deploy 1.9.0 to api-prod and roll it back at the same time', { targets });
    expect(both.conflict).toContain('version');

    const apart = await read.read('deploy 1.9.0 to api-prod and then roll back worker-prod', { targets });
    expect(apart.conflict).toBeUndefined();
  });

  test.each([
    ['scale api-prod and worker-prod to 4', 'Scale', 'api-prod', ['worker-prod']],
    ['status of api-prod, worker-prod and status-page', 'Status', 'api-prod', ['worker-prod', 'status-page']],
    ['api-prod랑 worker-prod 5대로 늘려줘', 'Scale', 'api-prod', ['worker-prod']],
    ['api-prod, worker-prod 재시작해줘', 'Restart', 'api-prod', ['worker-prod']],
    ['lock worker-prod & api-prod because of the migration', 'Lock', 'worker-prod', ['api-prod']],
    ['scale api-prod and nosuch-prod to 4', 'Scale', 'api-prod', ['nosuch-prod']],
  ])('a list of targets is one request for each: %s', async (text, intent, target, others) => {
    const reading = await read.read(text, { targets });

    expect(reading).toMatchObject({ intent, slots: { target }, others });
    expect(reading.conflict).toBeUndefined();
  });

  test.each([
    'scale api-prod to 4 and worker-prod to 6',
    'scale api-prod like worker-prod to 4',
    'deploy 2.0.1 to api-prod and worker-prod',
    'roll back api-prod and worker-prod',
  ])('two targets with other words between, or of another change, are a conflict: %s', async (text) => {
    const reading = await read.read(text, { targets });

    expect(reading.conflict).toContain('target');
    expect(reading.others).toBeUndefined();
  });

  test('the two of a swap are its two sides, in their order; three are a conflict', async () => {
    expect((await read.read('swap api-prod with worker-prod', { targets })).slots).toEqual({
      target: 'api-prod',
      other: 'worker-prod',
    });
    expect((await read.read('worker-prod랑 api-prod 스왑해줘', { targets })).slots).toEqual({
      target: 'worker-prod',
      other: 'api-prod',
    });
    expect((await read.read('swap api-prod, worker-prod and status-page', { targets })).conflict).toEqual(['target']);
  });
});

describe('times', () => {
  test.each([
    'roll back api-prod tomorrow',
    'roll back api-prod at 18:00',
    'roll back api-prod tonight',
    'undo that in 10 minutes',
    'restart api-prod on friday',
    'api-prod 내일 롤백해줘',
    'api-prod 오늘 밤 재시작해줘',
    'roll back api-prod because of the outage tomorrow',
  ])('what is only done at once is not done when another time is said: %s', async (text) => {
    expect((await read.read(text, { targets })).conflict).toContain('time');
  });

  test.each(['api-prod 18시까지 10대로 늘려줘', 'api-prod auf 10 skalieren bis 18:00'])(
    'the end of a size is not taken for its beginning: %s',
    async (text) => {
      expect(outcomeOf(await read.read(text, { targets }), targets)).not.toBe('plan');
    },
  );

  test.each([
    ['scale api-prod to 10 tonight at 9', { count: 10, time: '21:00' }],
    ['scale api-prod to 10 this evening', { count: 10, time: '2026-11-23' }],
  ])('%s', async (text, slots) => {
    expect(await slotsOf(text)).toEqual({ target: 'api-prod', ...slots });
  });
});
