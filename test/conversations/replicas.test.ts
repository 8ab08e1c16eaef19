import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { dynamoDb } from '../stores/table.ts';
import { processes } from './process.ts';
import { title, words } from './workspace.ts';

const patience = { timeoutMs: 60_000 };
const region = 'ap-northeast-2';

/** Two processes on one table and one queue, with one simulated Slack and AWS. */
async function pair() {
  const table = await dynamoDb();
  const env = { AWS_ENDPOINT_URL_DYNAMODB: table.url, STORE: `dynamodb:${await table.table()}`, REPLICAS: '2' };
  const first = await processes({ speed: 8, env });
  const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
  const client = new SQSClient({ region, endpoint: first.aws.url, credentials });
  const { QueueUrl } = await client.send(new CreateQueueCommand({ QueueName: 'opsjack' }));
  client.destroy();
  Object.assign(env, { WAKEUPS: `sqs:${QueueUrl}` });
  const second = await processes({ speed: 8, env, beside: first });
  await first.start();
  await second.start();
  return {
    first,
    second,
    aws: first.aws,
    slack: first.slack,
    async close() {
      await second.close();
      await first.close();
      await table.close();
    },
  };
}

describe('two processes on one table and one queue', () => {
  let here: Awaited<ReturnType<typeof pair>>;
  beforeEach(async () => {
    here = await pair();
  }, 60_000);
  afterEach(() => here.close());

  const writes = () =>
    here.aws.control
      .calls()
      .filter(({ operation }) => /^(Update|Register|Stop|Abort)/u.test(operation))
      .map(({ operation }) => operation);

  test('answer once, whichever Slack chooses, and finish what the other began', { timeout: 120_000 }, async () => {
    const alice = here.slack.as('alice');
    const asked = await alice.dm('deploy 1.9.0 to api-prod');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since, ...patience });
    // Slack hands what comes to one connection after the other: the click goes to whoever is next.
    await alice.click(plan, 'Deploy 1.9.0');
    await here.slack.until((one) => one.order === plan.order && words(one).includes('of 3 tasks on 1.9.0'), patience);

    await here.first.kill();

    const done = await here.slack.until((one) => one.order === plan.order && title(one).endsWith(', done'), patience);
    expect(title(done)).toContain('deploy 1.9.0');
    expect(writes()).toEqual(['RegisterTaskDefinition', 'UpdateService']);
    expect(here.slack.messages(asked.channel).filter(({ user }) => user === done.user)).toHaveLength(1);
  });

  test('decide together: of many clicks on both one counts', { timeout: 120_000 }, async () => {
    const alice = here.slack.as('alice');
    const asked = await alice.dm('scale api-prod min 4 max 12');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since, ...patience });

    const clicks = Array.from({ length: 10 }, () => alice.click(plan, 'Scale to 4–12', { stale: true }));
    expect((await Promise.all(clicks)).every(({ acked }) => acked)).toBe(true);

    await here.slack.until((one) => one.order === plan.order && title(one).endsWith(', done'), patience);
    expect(writes()).toEqual(['RegisterScalableTarget']);
    const told = await alice.dm('audit verify');
    const verdict = await here.slack.until((one) => words(one).includes('audit log'), {
      since: told.since,
      ...patience,
    });
    expect(words(verdict)).toContain('whole');
  });
});
