import {
  DeleteSessionCommand,
  GetSessionCommand,
  PutSessionCommand,
  RecognizeTextCommand,
  type RecognizeTextCommandInput,
} from '@aws-sdk/client-lex-runtime-v2';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { account, type Account } from './account.ts';
import { bot, ids } from './lex-bot.ts';

const at = { ...ids, localeId: 'en_US', sessionId: 'T1:C1:U1:1700000000.000100' };
const withBot = () => account({ lex: [bot()] });

function say(on: Account, text: string, more: Partial<RecognizeTextCommandInput> = {}) {
  return on.lex.send(new RecognizeTextCommand({ ...at, text, ...more }));
}

function asking(name: string, slotToElicit: string, slots: Record<string, string> = {}) {
  const filled = Object.entries(slots).map(([slot, it]) => [slot, { value: { interpretedValue: it } }]);
  const intent = { name, slots: Object.fromEntries(filled), state: 'InProgress' as const };
  return { sessionState: { dialogAction: { type: 'ElicitSlot' as const, slotToElicit }, intent } };
}

const names = (found: Awaited<ReturnType<typeof say>>) => found.interpretations?.map((it) => it.intent?.name);

describe('one port', () => {
  it('answers the client over HTTP/2 and over HTTP/1.1 alike', async () => {
    const on = await withBot();
    const ask = new RecognizeTextCommand({ ...at, text: 'status of api-prod' });

    const over2 = await on.lex.send(ask);
    const over1 = await on.lex1.send(ask);

    expect(over1.interpretations).toEqual(over2.interpretations);
    expect(on.control.calls()).toMatchObject([
      { service: 'lex', operation: 'RecognizeText', status: 200 },
      { service: 'lex', operation: 'RecognizeText', status: 200 },
    ]);
  });
});

describe('recognized text', () => {
  it('is the intent whose utterance it is, with a score of one and its slots', async () => {
    const found = await say(await withBot(), 'Scale api-prod to 6');

    expect(found.interpretations?.[0]).toEqual({
      interpretationSource: 'Lex',
      nluConfidence: { score: 1 },
      intent: found.sessionState?.intent,
    });
    expect(found.sessionState?.intent?.slots).toMatchObject({
      Target: { value: { originalValue: 'api-prod', interpretedValue: 'api-prod', resolvedValues: ['api-prod'] } },
      Max: { value: { originalValue: '6', interpretedValue: '6' } },
    });
    expect(found.sessionState).toMatchObject({
      dialogAction: { type: 'Close' },
      intent: { state: 'ReadyForFulfillment', confirmationState: 'None' },
      originatingRequestId: found.$metadata.requestId,
    });
    expect(found.sessionId).toBe(at.sessionId);
  });

  it('lists at most five interpretations, best first, the fallback intent second and without a score', async () => {
    const found = await say(await withBot(), 'how is the size of api-prod doing');

    expect(names(found)?.slice(0, 2)).toEqual(['Status', 'FallbackIntent']);
    const scores = found.interpretations?.flatMap((one) => one.nluConfidence?.score ?? []) ?? [];
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(found.interpretations?.length).toBeLessThanOrEqual(5);
    expect(found.interpretations?.[1]).toEqual({ interpretationSource: 'Lex', intent: expect.anything() });
    expect(found.interpretations?.[2]?.intent).toMatchObject({ slots: {} });
  });

  it('is the fallback intent, first, when nothing comes up to the threshold of the locale', async () => {
    const found = await say(await withBot(), 'where shall we have lunch, is there anything healthy');

    expect(names(found)?.[0]).toBe('FallbackIntent');
    expect(found.interpretations?.[0]?.nluConfidence).toBeUndefined();
    expect(found.interpretations?.[1]?.nluConfidence?.score).toBeLessThan(0.4);
    expect(found.sessionState).toMatchObject({
      dialogAction: { type: 'Close' },
      intent: { name: 'FallbackIntent', state: 'ReadyForFulfillment' },
    });
  });

  it('is read in the words of its locale, particles and missing spaces or not', async () => {
    const on = await withBot();

    const found = await say(on, 'target를 6대로 늘려줘', { localeId: 'ko_KR' });
    const joined = await say(on, 'target상태알려줘', { localeId: 'ko_KR' });

    expect(found.sessionState?.intent).toMatchObject({
      name: 'Scale',
      slots: { Target: { value: { interpretedValue: 'target' } }, Max: { value: { interpretedValue: '6' } } },
    });
    expect(joined.sessionState?.intent?.name).toBe('Status');
  });

  it('gives a synonym as its value, and a value nobody listed only where the type may be expanded', async () => {
    const on = await withBot();

    const synonym = await say(on, 'status of the api');
    const unknown = await say(on, 'status of warehouse');

    expect(synonym.sessionState?.intent?.slots?.['Target']?.value).toEqual({
      originalValue: 'the api',
      interpretedValue: 'api-prod',
      resolvedValues: ['api-prod'],
    });
    expect(unknown.sessionState?.intent?.slots?.['Target']?.value).toMatchObject({
      interpretedValue: 'warehouse',
      resolvedValues: [],
    });
    await expect(say(on, 'xyzzy', asking('Status', 'Kind'))).resolves.toMatchObject({
      sessionState: { intent: { name: 'FallbackIntent' } },
    });
    await expect(say(on, 'cpu', asking('Status', 'Kind'))).resolves.toMatchObject({
      sessionState: { intent: { slots: { Kind: { value: { interpretedValue: 'load', originalValue: 'cpu' } } } } },
    });
  });

  it('can come without scores, as some locales may', async () => {
    const on = await withBot();
    on.control.fault({ service: 'lex', kind: 'no-score', times: 1 });

    const without = await say(on, 'status of api-prod', { localeId: 'en_US' });
    const again = await say(on, 'status of api-prod');

    expect(without.interpretations?.map((one) => one.nluConfidence)).not.toContainEqual(expect.anything());
    expect(names(without)).toEqual(names(again));
    expect(again.interpretations?.[0]?.nluConfidence?.score).toBe(1);
  });
});

describe('a dialog', () => {
  it('asks for each required slot by priority, then confirms, then is ready', async () => {
    const on = await withBot();

    const first = await say(on, 'I would like to order flowers');
    const second = await say(on, '1 dozen roses');
    const third = await say(on, 'twelve, no, 12');
    const fourth = await say(on, 'Yes.');

    expect(first).toMatchObject({
      messages: [{ content: 'What type of flowers?', contentType: 'PlainText' }],
      sessionState: { dialogAction: { type: 'ElicitSlot', slotToElicit: 'Flower' }, intent: { state: 'InProgress' } },
    });
    expect(second.messages).toEqual([{ content: 'How many roses?', contentType: 'PlainText' }]);
    expect(third).toMatchObject({
      messages: [{ content: 'Order 12 roses?' }],
      sessionState: { dialogAction: { type: 'ConfirmIntent' }, intent: { confirmationState: 'None' } },
    });
    expect(fourth.sessionState).toMatchObject({
      dialogAction: { type: 'Close' },
      intent: { state: 'ReadyForFulfillment', confirmationState: 'Confirmed' },
      originatingRequestId: first.$metadata.requestId,
    });
  });

  it("loses a count before a value nobody listed, as in AWS's own example", async () => {
    const found = await say(await withBot(), '1 dozen lilies', asking('Flowers', 'Flower'));

    expect(found.sessionState?.intent?.slots?.['Flower']?.value?.interpretedValue).toBe('dozen lilies');
  });

  it('that is declined has failed and says so', async () => {
    const on = await withBot();
    await say(on, 'order tulips');
    await say(on, '3');

    const found = await say(on, 'no');

    expect(found).toMatchObject({
      messages: [{ content: 'Not ordered.' }],
      sessionState: { dialogAction: { type: 'Close' }, intent: { state: 'Failed', confirmationState: 'Denied' } },
    });
  });

  it('repeats a question as often as the bot says, then falls back', async () => {
    const on = await withBot();
    await say(on, 'set the size of api-prod');

    const again = await say(on, 'many');
    const over = await say(on, 'lots');

    expect(again).toMatchObject({
      messages: [{ content: 'How many for api-prod?' }],
      sessionState: { dialogAction: { type: 'ElicitSlot', slotToElicit: 'Max' } },
    });
    expect(over.sessionState?.intent?.name).toBe('FallbackIntent');
  });

  it('takes the text as the awaited slot first, and a clear other wish as a change of mind', async () => {
    const on = await withBot();

    const value = await say(on, '8', { ...asking('Scale', 'Max', { Target: 'api-prod' }) });
    const change = await say(on, 'how is api-prod doing', { ...asking('Scale', 'Max', { Target: 'api-prod' }) });

    expect(value.sessionState).toMatchObject({
      dialogAction: { type: 'Close' },
      intent: {
        name: 'Scale',
        slots: { Target: { value: { interpretedValue: 'api-prod' } }, Max: { value: { interpretedValue: '8' } } },
      },
    });
    expect(change.sessionState?.intent?.name).toBe('Status');
  });

  it('does not let go while a slot of free text is awaited', async () => {
    const found = await say(await withBot(), 'how is api-prod doing', asking('Remind', 'Note'));

    expect(found.sessionState?.intent).toMatchObject({
      name: 'Remind',
      slots: { Note: { value: { interpretedValue: 'how is api-prod doing' } } },
    });
  });

  it.each([
    ['At', '5 in the evening', '17:00'],
    ['At', '17:30', '17:30'],
    ['Day', 'tomorrow', '2026-11-24'],
    ['Length', '2 hours', 'PT2H'],
  ])('reads %s "%s" as %s', async (slot, text, value) => {
    const found = await say(await withBot(), text, asking('Remind', slot));

    expect(found.sessionState?.intent?.slots?.[slot]?.value?.interpretedValue).toBe(value);
  });
});

describe('a session', () => {
  it('is forgotten after the idle time of the bot', async () => {
    const on = await withBot();
    await say(on, 'order tulips', { sessionState: { sessionAttributes: { who: 'U1' } } });
    on.step(299);
    await expect(say(on, 'hm')).resolves.toMatchObject({ sessionState: { sessionAttributes: { who: 'U1' } } });

    on.step(301);

    await expect(on.lex.send(new GetSessionCommand(at))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const found = await say(on, '3');
    expect(found.sessionState).toMatchObject({ intent: { name: 'FallbackIntent' }, sessionAttributes: {} });
  });

  it('of one locale is not that of another', async () => {
    const on = await withBot();
    await say(on, 'order tulips');

    const other = on.lex.send(new GetSessionCommand({ ...at, localeId: 'ko_KR' }));

    await expect(other).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('can be put, read and deleted', async () => {
    const on = await withBot();
    const sessionState = asking('Scale', 'Max', { Target: 'api-prod' }).sessionState;

    const put = await on.lex.send(new PutSessionCommand({ ...at, sessionState }));
    const held = await on.lex.send(new GetSessionCommand(at));
    const unpacked: unknown = JSON.parse(gunzipSync(Buffer.from(put.messages ?? '', 'base64')).toString());
    const deleted = await on.lex.send(new DeleteSessionCommand(at));

    expect(unpacked).toEqual([{ content: 'How many for api-prod?', contentType: 'PlainText' }]);
    expect(held.sessionState).toMatchObject({ dialogAction: { slotToElicit: 'Max' }, intent: { name: 'Scale' } });
    expect(deleted).toMatchObject(at);
    await expect(on.lex.send(new DeleteSessionCommand(at))).rejects.toMatchObject({
      $metadata: { httpStatusCode: 404 },
    });
  });

  it('is as it was after a refused request', async () => {
    const on = await withBot();
    await say(on, 'order tulips');

    await expect(say(on, 'x', asking('Scale', 'Flower'))).rejects.toMatchObject({ name: 'ValidationException' });

    await expect(on.lex.send(new GetSessionCommand(at))).resolves.toMatchObject({
      sessionState: { intent: { name: 'Flowers' }, dialogAction: { slotToElicit: 'Count' } },
    });
  });
});

describe('what Lex refuses', () => {
  it.each([
    ['text that is empty', { text: '' }, 'ValidationException', 400],
    ['text of 1025 characters', { text: 'x'.repeat(1025) }, 'ValidationException', 400],
    ['a session id of one character', { sessionId: 'x' }, 'ValidationException', 400],
    ['a session id with a space', { sessionId: 'a b' }, 'ValidationException', 400],
    ['an unknown bot', { botId: 'NOBOT00001' }, 'ResourceNotFoundException', 404],
    ['an unknown alias', { botAliasId: 'NOALIAS001' }, 'ResourceNotFoundException', 404],
    ['a locale the bot does not have', { localeId: 'ja_JP' }, 'ResourceNotFoundException', 404],
  ])('is %s', async (_what, change, name, httpStatusCode) => {
    const on = await withBot();

    await expect(say(on, 'status', change)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('is not text of 1024 characters', async () => {
    await expect(say(await withBot(), 'x'.repeat(1024))).resolves.toBeDefined();
  });

  it('is a second call in a session while the first is not answered', async () => {
    const on = await withBot();
    on.control.fault({ service: 'lex', kind: 'latency', ms: 200, times: 1 });

    const both = await Promise.allSettled([say(on, 'status of api-prod'), say(on, 'status of api-prod')]);

    const refused = both.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([{ name: 'ConflictException', $metadata: { httpStatusCode: 409 } }]);
    await expect(say(on, 'status of api-prod')).resolves.toBeDefined();
  });

  it.each([
    ['TSTALIASID', 2],
    [ids.botAliasId, 50],
  ])('is more conversations at once on alias %s than %i', async (botAliasId, most) => {
    const on = await account({ lex: [bot(botAliasId)] });
    on.control.fault({ service: 'lex', kind: 'latency', ms: 300, times: most });

    const calls = Array.from({ length: most + 1 }, (_, index) =>
      say(on, 'status of api-prod', { botAliasId, sessionId: `session-${index}` }),
    );
    const all = await Promise.allSettled(calls);

    const refused = all.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []));
    expect(refused).toMatchObject([{ name: 'ThrottlingException', $metadata: { httpStatusCode: 429 } }]);
  });

  it('is anything, in its own words, while a fault says so', async () => {
    const on = await withBot();
    on.control.fault({ service: 'lex', kind: 'conflict', times: 1 });
    on.control.fault({ service: 'lex', kind: 'dependency', times: 1 });
    on.control.fault({ service: 'lex', kind: 'error', times: 1 });

    await expect(say(on, 'hi')).rejects.toMatchObject({
      name: 'ConflictException',
      $metadata: { httpStatusCode: 409 },
    });
    await expect(say(on, 'hi')).rejects.toMatchObject({
      name: 'DependencyFailedException',
      $metadata: { httpStatusCode: 424 },
    });
    await expect(say(on, 'hi')).rejects.toMatchObject({ name: 'InternalServerException' });
    await expect(say(on, 'hi')).resolves.toBeDefined();
  });
});

describe('a reset', () => {
  it('forgets the sessions and keeps the bots', async () => {
    const on = await withBot();
    await say(on, 'order tulips');

    on.control.reset();

    await expect(on.lex.send(new GetSessionCommand(at))).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    await expect(say(on, 'order tulips')).resolves.toBeDefined();
  });
});
