// Where a run's records and wake-ups are: a file of one process, or a table and a queue of several.
import { join } from 'node:path';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SimAws } from '../../src/sim/aws/server.ts';
import { dynamodb } from '../../src/stores/dynamodb.ts';
import { dynamoDb, region } from '../stores/table.ts';
import type { FastClock } from './clock.ts';
import type { Shape } from './draw.ts';
import { sorted, sqliteRecords, type ReadRecords } from './records.ts';

export type Kept = { env: Record<string, string>; read: ReadRecords; close(): Promise<void> };

let server: ReturnType<typeof dynamoDb> | undefined;

/** An empty place to keep things, and what tells the bot about it. */
export async function keep(shape: Shape, about: { folder: string; aws: SimAws; clock: FastClock }): Promise<Kept> {
  if (shape.store === 'sqlite') {
    const path = join(about.folder, 'opsjack.db');
    return { env: { STORE: `sqlite:${path}` }, read: sqliteRecords(path), close: () => Promise.resolve() };
  }
  server ??= dynamoDb();
  const { url, table: newTable } = await server;
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_DYNAMODB: url,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
  });
  const table = await newTable();
  const queue = await newQueue(about.aws.url);
  const store = await dynamodb({ table, region, clock: about.clock });
  return {
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: url,
      STORE: `dynamodb:${table}`,
      WAKEUPS: `sqs:${queue}`,
      REPLICAS: String(shape.replicas),
    },
    read: async () => ({ ...sorted(await store.list('')), wakeups: waiting(about.aws) }),
    close: () => store.close(),
  };
}

async function newQueue(endpoint: string): Promise<string> {
  const credentials = { accessKeyId: 'simulated', secretAccessKey: 'simulated' };
  const client = new SQSClient({ region, endpoint, credentials });
  const { QueueUrl = '' } = await client.send(new CreateQueueCommand({ QueueName: 'opsjack' }));
  client.destroy();
  return QueueUrl;
}

/** When each message in the queue is due. */
function waiting(aws: SimAws): { id: string; due: number }[] {
  const { queues } = aws.control.state() as { queues: { messages: { body: string }[] }[] };
  return queues.flatMap(({ messages }) =>
    messages.map(({ body }) => {
      const { id, at } = JSON.parse(body) as { id: string; at: number };
      return { id, due: at };
    }),
  );
}
