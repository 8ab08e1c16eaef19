import { DeleteSessionCommand, GetSessionCommand, PutSessionCommand } from '@aws-sdk/client-lex-runtime-v2';
import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { account } from './account.ts';
import { bot, ids } from './lex-bot.ts';
import { asking, at, say, withBot } from './lex-say.ts';

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
