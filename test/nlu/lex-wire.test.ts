// The driver of Lex on the wire: what it sends to the letter, and what it makes of answers as AWS documents them.
import nock from 'nock';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Recognizer } from '../../src/core/ports.ts';
import { driver } from './simulated-lex.ts';

type Body = Record<string, unknown>;
const clock = { now: () => Date.UTC(2026, 10, 23, 9), after: () => () => undefined };

beforeEach(() => {
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  nock.disableNetConnect();
});
afterEach(() => {
  nock.cleanAll();
  nock.enableNetConnect();
});

/** What the driver sends, and what it makes of the answer. */
async function exchange(answer: Body, ...asked: Parameters<Recognizer['recognize']>) {
  const sent: { path: string; body: Body }[] = [];
  nock('https://runtime-v2-lex.eu-west-1.amazonaws.com')
    .post(/.*/)
    .reply(async (request: Request) => {
      sent.push({ path: new URL(request.url).pathname, body: (await request.json()) as Body });
      return [200, answer, { 'content-type': 'application/json' }];
    });
  const { recognizer, lines } = driver({ clock });
  const found = await recognizer.recognize(...asked);
  return { found, lines, ...sent[0]! };
}

const slot = (originalValue: string, interpretedValue = originalValue, resolvedValues = [interpretedValue]) => ({
  value: { originalValue, interpretedValue, resolvedValues },
});
const one = (name: string, more: Body = {}) => ({ intent: { name, slots: {} }, interpretationSource: 'Lex', ...more });
const told = (interpretations: Body[]) => ({ sessionId: 'some-session', interpretations });

describe('a request', () => {
  test('is one text in a session of its own', async () => {
    const { path, body } = await exchange(told([]), 'status of target', 'ko-KR');
    const { path: second } = await exchange(told([]), 'status of target', 'ko-KR');

    const [, session] =
      /^\/bots\/OPSJACKBOT\/botAliases\/OPSJACKLIV\/botLocales\/ko_KR\/sessions\/([\w.:-]{2,100})\/text$/.exec(path) ??
      [];
    expect(session).toBeDefined();
    expect(second).not.toBe(path);
    expect(body).toEqual({ text: 'status of target' });
  });

  test('says which slot is asked for and what is known, with neutral words for names', async () => {
    const slots = { target: 'api-prod', version: '1.9.0', time: '2026-11-24T09:00' };

    const { body } = await exchange(told([]), 'the other one', 'en-US', { intent: 'Deploy', slot: 'version', slots });

    expect(body).toEqual({
      text: 'the other one',
      sessionState: {
        dialogAction: { type: 'ElicitSlot', slotToElicit: 'version' },
        intent: {
          name: 'Deploy',
          state: 'InProgress',
          slots: { target: slot('target'), day: slot('2026-11-24'), time: slot('09:00') },
        },
      },
    });
  });

  test('says numbers as they are, and nothing of what is not known', async () => {
    const slots = { min: 4, max: undefined, time: '09:00' };

    const { body } = await exchange(told([]), 'the other one', 'en-US', {
      intent: 'Scale',
      slot: 'target',
      slots,
    } as never);

    expect(body).toMatchObject({
      sessionState: { intent: { slots: { min: slot('4'), time: slot('09:00') } } },
    });
    expect(Object.keys((body as { sessionState: { intent: { slots: Body } } }).sessionState.intent.slots)).toEqual([
      'min',
      'time',
    ]);
  });
});

describe('an answer', () => {
  test('is a ranking with the slots of its first interpretation', async () => {
    const slots = { target: slot('target'), count: slot('six', '6'), time: null, min: null };
    const scale = { name: 'Scale', confirmationState: 'None', state: 'ReadyForFulfillment', slots };

    const { found, lines } = await exchange(
      told([
        { intent: scale, nluConfidence: { score: 0.95 }, interpretationSource: 'Lex' },
        one('FallbackIntent'),
        one('Deploy', {
          nluConfidence: { score: 0.41 },
          intent: { name: 'Deploy', slots: { target: slot('target') } },
        }),
      ]),
      'scale target to 6',
      'en-US',
    );

    expect(found).toEqual([
      {
        intent: 'Scale',
        confidence: 0.95,
        slots: { target: { said: 'target', value: 'target' }, count: { said: 'six', value: '6' } },
      },
      { intent: 'Deploy', confidence: 0.41 },
    ]);
    expect(lines[0]?.fields).toMatchObject({
      nlu: 'lex',
      locale: 'en_US',
      intent: 'Scale',
      score: 0.95,
      source: 'Lex',
    });
  });

  test('is made of guesses where the fallback is first, whatever the threshold of the bot', async () => {
    const { found } = await exchange(
      told([
        one('FallbackIntent'),
        one('Status', { nluConfidence: { score: 0.69 } }),
        one('Fleet', { nluConfidence: { score: 0.2 } }),
      ]),
      'target?',
      'en-US',
    );

    expect(found).toEqual([
      { intent: 'Status', confidence: 0.39 },
      { intent: 'Fleet', confidence: 0.2 },
    ]);
  });

  test('may have no scores', async () => {
    const { found } = await exchange(told([one('Status'), one('FallbackIntent'), one('Fleet')]), 'target?', 'ja-JP');

    expect(found).toEqual([{ intent: 'Status' }, { intent: 'Fleet' }]);
  });

  test('may have its scores as bare numbers', async () => {
    const { found } = await exchange(
      told([one('Status', { nluConfidence: 1 }), one('Fleet', { nluConfidence: 0.34 })]),
      'target?',
      'ja-JP',
    );

    expect(found).toEqual([
      { intent: 'Status', confidence: 1 },
      { intent: 'Fleet', confidence: 0.34 },
    ]);
  });

  test('says when a language model gave it', async () => {
    const { lines } = await exchange(told([one('Status', { interpretationSource: 'Bedrock' })]), 'target?', 'en-US');

    expect(lines[0]?.fields).toMatchObject({ source: 'Bedrock' });
  });

  test.each<[string, Body]>([
    ['an intent nobody knows', told([one('OrderFlowers', { nluConfidence: { score: 0.9 } })])],
    ['a name that every object has', told([one('toString', { nluConfidence: { score: 0.9 } })])],
    ['an interpretation without an intent', told([{ nluConfidence: { score: 0.9 } }])],
    ['the fallback alone', told([one('FallbackIntent')])],
    ['no interpretations', { sessionId: 'some-session' }],
  ])('with %s says nothing', async (_, answer) => {
    expect((await exchange(answer, 'target?', 'en-US')).found).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['no value', {}],
    ['no interpreted value', { value: { originalValue: 'x', resolvedValues: [] } }],
    ['several values', { shape: 'List', values: [slot('a'), slot('b')] }],
  ])('has a slot with %s left out', async (_, given) => {
    const intent = { name: 'Scale', slots: { count: given } };

    const { found } = await exchange(told([{ intent, nluConfidence: { score: 0.9 } }]), 'target?', 'en-US');

    expect(found).toEqual([{ intent: 'Scale', confidence: 0.9 }]);
  });
});
