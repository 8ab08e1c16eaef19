import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import { describe, expect, it } from 'vitest';
import { asking, at, say, withBot } from './lex-say.ts';

const names = (found: Awaited<ReturnType<typeof say>>) => found.interpretations?.map((one) => one.intent?.name);

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
