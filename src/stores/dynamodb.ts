// Records in one DynamoDB table, for several processes at once. Conditional writes decide; nothing else does.
import {
  DynamoDBClient,
  DeleteItemCommand,
  DescribeTableCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  UpdateItemCommand,
  type AttributeValue,
} from '@aws-sdk/client-dynamodb';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { randomUUID } from 'node:crypto';
import { awsError } from '../aws-errors.ts';
import { ConfigError } from '../core/errors.ts';
import type { Clock, Store } from '../core/ports.ts';

/** IAM actions it calls. */
export const permissions: readonly string[] = [
  'dynamodb:DeleteItem',
  'dynamodb:DescribeTable',
  'dynamodb:GetItem',
  'dynamodb:PutItem',
  'dynamodb:Query',
  'dynamodb:Scan',
  'dynamodb:UpdateItem',
];

/** An item may have 400 KB in all: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/ServiceQuotas.html */
const largest = 390_000;
/** Whatever is recorded before an acknowledgement has two seconds in all. */
const limits = { connectionTimeout: 500, requestTimeout: 1200 };

type Item = Record<string, AttributeValue>;
type Found = { value: string; rev: number; write: string };
type Put = { key: string; json: string; expires: number | undefined; write: string };

/**
 * A Store in a table with the string keys `pk` and `sk`; `ttl` may be its time-to-live attribute (seconds), but what has
 * expired is never shown, however late DynamoDB deletes it. `write` tells an answer that was lost from a write that lost.
 */
export async function dynamodb(options: { table: string; region: string; clock: Clock }): Promise<Store> {
  const { table: TableName, clock } = options;
  const requestHandler = new NodeHttpHandler(limits);
  const client = new DynamoDBClient({ region: options.region, requestHandler, maxAttempts: 3 });
  await checkTable(client, TableName);
  let closed = false;

  async function asked<T>(operation: string, isWrite: boolean, call: () => Promise<T>): Promise<T> {
    if (closed) throw new Error('The store is closed');
    try {
      return await call();
    } catch (error) {
      if (isRefused(error)) throw error;
      throw awsError({ platform: 'dynamodb', operation, write: isWrite }, error);
    }
  }

  async function item(key: string): Promise<Found | undefined> {
    const command = new GetItemCommand({ TableName, Key: keyOf(key), ConsistentRead: true });
    const { Item: found } = await asked('GetItem', false, () => client.send(command));
    return found && isLive(found, clock.now()) ? read(found) : undefined;
  }

  /** The new rev, or nothing where the condition did not hold: unless it was this very write that made it so. */
  async function held(put: Put, write: () => Promise<number>): Promise<number | undefined> {
    try {
      return await write();
    } catch (error) {
      if (!isRefused(error)) throw error;
      const found = await item(put.key);
      return found?.write === put.write ? found.rev : undefined;
    }
  }

  function putAt(put: Put, ifRev: number): Promise<number | undefined> {
    const now = String(clock.now());
    const isFirst = ifRev === 0;
    const command = new PutItemCommand({
      TableName,
      Item: { ...keyOf(put.key), ...attributes(put), rev: { N: String(ifRev + 1) } },
      ConditionExpression: isFirst ? 'attribute_not_exists(pk) OR expires <= :now' : `rev = :rev AND ${live}`,
      ExpressionAttributeValues: { ':now': { N: now }, ...(isFirst ? {} : { ':rev': { N: String(ifRev) } }) },
    });
    return held(put, async () => {
      await asked('PutItem', true, () => client.send(command));
      return ifRev + 1;
    });
  }

  /** Over whatever is there, which counts on; what has expired is not there. */
  async function putAnyway(put: Put): Promise<number> {
    const values = attributes(put);
    const isForEver = put.expires === undefined;
    const set = 'SET body = :body, #write = :write, rev = if_not_exists(rev, :none) + :one';
    const command = new UpdateItemCommand({
      TableName,
      Key: keyOf(put.key),
      UpdateExpression: isForEver ? `${set} REMOVE expires, #ttl` : `${set}, expires = :expires, #ttl = :ttl`,
      ConditionExpression: live,
      ExpressionAttributeNames: { '#write': 'write', '#ttl': 'ttl' },
      ExpressionAttributeValues: {
        ':body': values['body']!,
        ':write': values['write']!,
        ':none': { N: '0' },
        ':one': { N: '1' },
        ':now': { N: String(clock.now()) },
        ...(isForEver ? {} : { ':expires': values['expires']!, ':ttl': values['ttl']! }),
      },
      ReturnValues: 'UPDATED_NEW',
    });
    const rev = await held(put, async () => {
      const { Attributes } = await asked('UpdateItem', true, () => client.send(command));
      return Number(Attributes?.['rev']?.N);
    });
    return rev ?? (await putAt(put, 0)) ?? putAnyway(put);
  }

  async function all(command: (from?: Item) => QueryCommand | ScanCommand): Promise<Item[]> {
    const items: Item[] = [];
    let from: Item | undefined;
    do {
      const page = await asked('Query', false, () => client.send(command(from)));
      items.push(...(page.Items ?? []));
      from = page.LastEvaluatedKey;
    } while (from);
    return items;
  }

  return {
    async get<T>(key: string) {
      const found = await item(key);
      return found && { value: JSON.parse(found.value) as T, rev: found.rev };
    },
    async put(key, value, { ifRev, expires } = {}) {
      if (closed) throw new Error('The store is closed');
      const put: Put = { key, json: toJson(key, value), expires, write: randomUUID() };
      return ifRev === undefined ? putAnyway(put) : putAt(put, ifRev);
    },
    async delete(key, ifRev) {
      const now = { ':now': { N: String(clock.now()) } };
      const condition = ifRev === 0 ? 'attribute_not_exists(pk) OR expires <= :now' : `rev = :rev AND ${live}`;
      const when = {
        ConditionExpression: condition,
        ExpressionAttributeValues: { ...now, ...(ifRev === 0 ? {} : { ':rev': { N: String(ifRev) } }) },
      };
      const command = new DeleteItemCommand({ TableName, Key: keyOf(key), ...(ifRev === undefined ? {} : when) });
      try {
        await asked('DeleteItem', true, () => client.send(command));
        return true;
      } catch (error) {
        if (isRefused(error)) return false;
        throw error;
      }
    },
    async list<T>(prefix: string) {
      const items = await all((from) => listing(TableName, prefix, from));
      return items
        .filter((found) => isLive(found, clock.now()))
        .map((found) => ({ key: found['sk']?.S ?? '', ...read(found) }))
        .toSorted((a, b) => Buffer.compare(Buffer.from(a.key), Buffer.from(b.key)))
        .map(({ key, value, rev }) => ({ key, value: JSON.parse(value) as T, rev }));
    },
    async close() {
      closed = true;
      client.destroy();
    },
  };
}

const live = '(attribute_not_exists(expires) OR expires > :now)';

/** A kind of record is a partition, so that its list is one query; a prefix that names no kind is looked for everywhere. */
function listing(TableName: string, prefix: string, from: Item | undefined): QueryCommand | ScanCommand {
  const page = { TableName, ConsistentRead: true, ...(from ? { ExclusiveStartKey: from } : {}) };
  if (!prefix.includes('/')) {
    if (prefix === '') return new ScanCommand(page);
    const values = { ':prefix': { S: prefix } };
    return new ScanCommand({
      ...page,
      FilterExpression: 'begins_with(sk, :prefix)',
      ExpressionAttributeValues: values,
    });
  }
  return new QueryCommand({
    ...page,
    KeyConditionExpression: 'pk = :kind AND begins_with(sk, :prefix)',
    ExpressionAttributeValues: { ':kind': { S: kindOf(prefix) }, ':prefix': { S: prefix } },
  });
}

function kindOf(key: string): string {
  return key.split('/', 1)[0] || '/';
}

function keyOf(key: string): Item {
  return { pk: { S: kindOf(key) }, sk: { S: key } };
}

function attributes({ json, expires, write }: Put): Item {
  const end: Item =
    expires === undefined ? {} : { expires: { N: String(expires) }, ttl: { N: String(Math.ceil(expires / 1000)) } };
  return { body: { S: json }, write: { S: write }, ...end };
}

function read(found: Item): Found {
  return { value: found['body']?.S ?? 'null', rev: Number(found['rev']?.N), write: found['write']?.S ?? '' };
}

function isLive(found: Item, now: number): boolean {
  const expires = found['expires']?.N;
  return expires === undefined || Number(expires) > now;
}

function isRefused(error: unknown): boolean {
  return error instanceof Error && error.name === 'ConditionalCheckFailedException';
}

function toJson(key: string, value: unknown): string {
  const json: string | undefined = JSON.stringify(value);
  if (json === undefined) throw new TypeError(`${key}: the value is not JSON`);
  if (Buffer.byteLength(json) > largest) throw new RangeError(`${key}: the value is over ${largest} bytes`);
  return json;
}

/** A table that is missing or has other keys is said at the start, not at the first record. */
async function checkTable(client: DynamoDBClient, TableName: string): Promise<void> {
  try {
    const { Table } = await client.send(new DescribeTableCommand({ TableName }));
    const keys = (Table?.KeySchema ?? []).map(({ AttributeName }) => AttributeName).join(' ');
    if (keys !== 'pk sk') throw new ConfigError([`environment STORE: table ${TableName} must have the keys pk and sk`]);
  } catch (error) {
    if (error instanceof ConfigError || !(error instanceof Error)) throw error;
    if (error.name !== 'ResourceNotFoundException')
      throw awsError({ platform: 'dynamodb', operation: 'DescribeTable', write: false }, error);
    throw new ConfigError([`environment STORE: there is no table ${TableName} in this account and region`]);
  }
}
