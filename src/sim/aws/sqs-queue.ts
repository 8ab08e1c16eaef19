// One simulated queue: delays, visibility, receipts that expire, dead letters.
import type { World } from './world.ts';

export type SqsMessage = {
  id: string;
  body: string;
  /** Epoch milliseconds from which it may be delivered. */
  visibleAt: number;
  sentAt: number;
  firstReceivedAt?: number;
  received: number;
  receipt?: string;
};
export type SqsQueue = {
  name: string;
  region: string;
  url: string;
  arn: string;
  attributes: Record<string, string>;
  messages: SqsMessage[];
};

/** A queue with AWS's defaults and these attributes. */
export function newQueue(
  world: World,
  region: string,
  name: string,
  about: { origin: string; attributes: Record<string, string> },
): SqsQueue {
  return {
    name,
    region,
    url: `${about.origin}/${world.account}/${name}`,
    arn: `arn:aws:sqs:${region}:${world.account}:${name}`,
    attributes: {
      VisibilityTimeout: '30',
      DelaySeconds: '0',
      MessageRetentionPeriod: '345600',
      ReceiveMessageWaitTimeSeconds: '0',
      MaximumMessageSize: '1048576',
      ...about.attributes,
    },
    messages: [],
  };
}

export function addMessage(world: World, queue: SqsQueue, body: string, delay: number): SqsMessage {
  const now = world.timeline.now();
  const message = { id: world.ids.uuid(), body, visibleAt: now + delay * 1000, sentAt: now, received: 0 };
  queue.messages.push(message);
  return message;
}

/** Delivers up to `most` messages; those delivered too often go to the dead letters instead. */
export function deliver(world: World, queue: SqsQueue, most: number, visibility: number): SqsMessage[] {
  const now = world.timeline.now();
  const keep = Number(queue.attributes['MessageRetentionPeriod']) * 1000;
  queue.messages = queue.messages.filter(({ sentAt }) => now - sentAt < keep);
  buryOften(world, queue, now);
  const due = queue.messages.filter(({ visibleAt }) => visibleAt <= now).slice(0, most);
  for (const message of due) {
    message.received += 1;
    message.firstReceivedAt ??= now;
    message.receipt = world.ids.mixed(60);
    message.visibleAt = now + visibility * 1000;
  }
  return due;
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-dead-letter-queues.html */
function buryOften(world: World, queue: SqsQueue, now: number): void {
  const policy = redrive(queue);
  if (!policy) return;
  const grave = world.queues.find(({ arn }) => arn === policy.arn);
  const often = queue.messages.filter(({ visibleAt, received }) => visibleAt <= now && received >= policy.most);
  if (!grave || often.length === 0) return;
  queue.messages = queue.messages.filter((message) => !often.includes(message));
  for (const { receipt: _receipt, ...message } of often)
    grave.messages.push({ ...message, visibleAt: now, received: 0 });
}

function redrive(queue: SqsQueue): { arn: string; most: number } | undefined {
  try {
    const { deadLetterTargetArn, maxReceiveCount } = JSON.parse(queue.attributes['RedrivePolicy'] ?? 'null') ?? {};
    return deadLetterTargetArn ? { arn: String(deadLetterTargetArn), most: Number(maxReceiveCount) } : undefined;
  } catch {
    return undefined;
  }
}
