// Amazon SQS, standard queues. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { isParams, number, required, texts, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';
import { addMessage, deliver, newQueue, type SqsMessage, type SqsQueue } from './sqs-queue.ts';

/** How often a long poll looks, ms of real time. */
const glance = 20;

function queueOf(params: Params, { world }: Context): SqsQueue {
  const url = required(params, 'QueueUrl', 'MissingParameter');
  const name = url.split('/').at(-1);
  const found = world.queues.find((queue) => queue.name === name);
  if (found) return found;
  throw awsError('QueueDoesNotExist', 'The specified queue does not exist.');
}

const createQueue: Route = (params, { world, region, origin }) => {
  const name = required(params, 'QueueName', 'MissingParameter');
  const given = isParams(params['Attributes']) ? params['Attributes'] : {};
  const attributes = Object.fromEntries(Object.entries(given).map(([key, value]) => [key, String(value)]));
  const found = world.queues.find((queue) => queue.name === name && queue.region === region);
  if (found) return { QueueUrl: found.url };
  const queue = newQueue(world, region, name, { origin, attributes });
  world.queues.push(queue);
  return { QueueUrl: queue.url };
};

const getQueueUrl: Route = (params, context) => {
  const name = required(params, 'QueueName', 'MissingParameter');
  return { QueueUrl: queueOf({ QueueUrl: name }, context).url };
};

const getQueueAttributes: Route = (params, context) => {
  const queue = queueOf(params, context);
  const now = context.world.timeline.now();
  const visible = queue.messages.filter(({ visibleAt }) => visibleAt <= now).length;
  const delayed = queue.messages.filter(({ visibleAt, received }) => visibleAt > now && received === 0).length;
  const all: Record<string, string> = {
    ...queue.attributes,
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesDelayed: String(delayed),
    ApproximateNumberOfMessagesNotVisible: String(queue.messages.length - visible - delayed),
  };
  const names = texts(params, 'AttributeNames') ?? [];
  const asked = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return asked.length > 0 ? { Attributes: Object.fromEntries(asked) } : {};
};

const sendMessage: Route = (params, context) => {
  const queue = queueOf(params, context);
  const body = required(params, 'MessageBody', 'MissingParameter');
  const delay = number(params, 'DelaySeconds') ?? Number(queue.attributes['DelaySeconds']);
  if (delay < 0 || delay > 900) {
    const words = `Value ${delay} for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900.`;
    throw awsError('InvalidParameterValue', words);
  }
  const { id } = addMessage(context.world, queue, body, delay);
  return { MessageId: id, MD5OfMessageBody: md5(body) };
};

/** A long poll ends with the first message, or empty when its time is over. */
const receiveMessage: Route = async (params, context) => {
  const queue = queueOf(params, context);
  const { timeline } = context.world;
  const most = number(params, 'MaxNumberOfMessages') ?? 1;
  if (most < 1 || most > 10) {
    const words = `Value ${most} for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if provided.`;
    throw awsError('InvalidParameterValue', words);
  }
  const patience = number(params, 'WaitTimeSeconds') ?? Number(queue.attributes['ReceiveMessageWaitTimeSeconds']);
  const visibility = number(params, 'VisibilityTimeout') ?? Number(queue.attributes['VisibilityTimeout']);
  const until = timeline.now() + patience * 1000;
  for (;;) {
    // Who has hung up gets nothing: it would be kept from the others for nothing.
    const messages = context.gone() ? [] : deliver(context.world, queue, most, visibility);
    if (messages.length > 0) return { Messages: messages.map((message) => shown(message, params)) };
    if (timeline.now() >= until || context.gone()) return {};
    await wait(glance);
    timeline.catchUp();
  }
};

function shown(message: SqsMessage, params: Params): Params {
  const all: Record<string, string> = {
    ApproximateReceiveCount: String(message.received),
    SentTimestamp: String(message.sentAt),
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
  };
  const names = [...(texts(params, 'MessageSystemAttributeNames') ?? []), ...(texts(params, 'AttributeNames') ?? [])];
  const wanted = Object.entries(all).filter(([name]) => names.includes('All') || names.includes(name));
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(wanted.length > 0 ? { Attributes: Object.fromEntries(wanted) } : {}),
  };
}

/** Deleting with an old receipt may do nothing, and says so to nobody. */
const deleteMessage: Route = (params, context) => {
  const queue = queueOf(params, context);
  const receipt = required(params, 'ReceiptHandle', 'MissingParameter');
  queue.messages = queue.messages.filter((message) => message.receipt !== receipt);
  return {};
};

const changeMessageVisibility: Route = (params, context) => {
  const queue = queueOf(params, context);
  const receipt = required(params, 'ReceiptHandle', 'MissingParameter');
  const seconds = number(params, 'VisibilityTimeout') ?? 0;
  const now = context.world.timeline.now();
  const message = queue.messages.find((one) => one.receipt === receipt);
  if (!message) throw awsError('ReceiptHandleIsInvalid', 'The input receipt handle is invalid.');
  if (message.visibleAt <= now) {
    const words = `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`;
    throw awsError('InvalidParameterValue', words);
  }
  message.visibleAt = now + seconds * 1000;
  return {};
};

const purgeQueue: Route = (params, context) => {
  queueOf(params, context).messages = [];
  return {};
};

function md5(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

export const sqs: Service = {
  id: 'sqs',
  signing: 'sqs',
  wire: { protocol: 'json', version: '1.0', target: 'AmazonSQS', queryCode: true },
  routes: {
    CreateQueue: createQueue,
    GetQueueUrl: getQueueUrl,
    GetQueueAttributes: getQueueAttributes,
    SendMessage: sendMessage,
    ReceiveMessage: receiveMessage,
    DeleteMessage: deleteMessage,
    ChangeMessageVisibility: changeMessageVisibility,
    PurgeQueue: purgeQueue,
  },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('RequestThrottled', 'Rate exceeded');
    if (kind === 'error') return awsError('InternalFailure', 'The request processing has failed.', 500);
    return awsError('AccessDenied', denied(caller, `sqs:${operation}`), 403);
  },
};
