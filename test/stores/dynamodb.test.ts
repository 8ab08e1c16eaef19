import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { ConfigError } from '../../src/core/errors.ts';
import { dynamodb } from '../../src/stores/dynamodb.ts';
import { testClock } from '../clock.ts';
import { storeContract } from '../contracts/store.ts';
import { dynamoDb, region } from './table.ts';

let server: Awaited<ReturnType<typeof dynamoDb>>;
const before = { ...process.env };
beforeAll(async () => {
  server = await dynamoDb();
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: server.url,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  });
});
afterAll(async () => {
  await server.close();
  for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
});

// An item of DynamoDB's has 400 KB.
storeContract('dynamodb', async (clock) => dynamodb({ table: await server.table(), region, clock }), {
  characters: 120_000,
});

it('two processes on one table see each other’s writes at once, and one of two claims wins', async () => {
  const table = await server.table();
  const clock = testClock();
  const [one, other] = await Promise.all([dynamodb({ table, region, clock }), dynamodb({ table, region, clock })]);
  onTestFinished(() => Promise.all([one.close(), other.close()]).then(() => undefined));

  const revs = await Promise.all([one.put('claim/a', 1, { ifRev: 0 }), other.put('claim/a', 2, { ifRev: 0 })]);

  expect(revs.filter((rev) => rev === 1)).toHaveLength(1);
  expect((await other.get('claim/a'))?.value).toBe(revs[0] === 1 ? 1 : 2);
  expect(await one.list('claim/')).toEqual(await other.list('claim/'));
});

it('says at the start that there is no such table', async () => {
  const missing = dynamodb({ table: 'nowhere', region, clock: testClock() });

  await expect(missing).rejects.toThrow(ConfigError);
  await expect(missing).rejects.toThrow('there is no table nowhere');
});

it('refuses a value that no item can hold, naming its key', async () => {
  const store = await dynamodb({ table: await server.table(), region, clock: testClock() });
  onTestFinished(() => store.close());

  await expect(store.put('a', 'x'.repeat(400_000))).rejects.toThrow('a: the value is over');
});
