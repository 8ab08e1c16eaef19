// An SQS queue, as far as wake-ups need one. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/Welcome.html
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { awsError } from '../aws-errors.ts';
import { ConfigError } from '../core/errors.ts';

/** IAM actions it calls. */
export const permissions: readonly string[] = [
  'sqs:ChangeMessageVisibility',
  'sqs:DeleteMessage',
  'sqs:GetQueueAttributes',
  'sqs:ReceiveMessage',
  'sqs:SendMessage',
];

/** `received`: how often it was delivered, this time included. */
export type Message = { body: string; receipt: string; received: number };

/** Throws PlatformErrors. Seconds everywhere, as SQS has them. */
export type Queue = {
  send(body: string, delay: number): Promise<void>;
  /** Up to `most` messages, or none after a while. What is not deleted is delivered again. */
  receive(most: number, stop: AbortSignal): Promise<Message[]>;
  delete(receipt: string): Promise<void>;
  /** Delivers it again after so long. */
  putOff(receipt: string, seconds: number): Promise<void>;
  close(): void;
};

/** Long polling: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-short-and-long-polling.html */
const waiting = 20;
/** How long a message that was delivered stays with who got it. An operation's step takes seconds. */
const visibility = 60;

/** The queue at an address. Throws a ConfigError where there is none. */
export async function sqsQueue(options: { url: string; region: string }): Promise<Queue> {
  const { url: QueueUrl, region } = options;
  const settings = { region, endpoint: endpointOf(QueueUrl), maxAttempts: 3 };
  const client = new SQSClient({
    ...settings,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 500, requestTimeout: 1500 }),
  });
  const poller = new SQSClient({
    ...settings,
    requestHandler: new NodeHttpHandler({ connectionTimeout: 1000, requestTimeout: (waiting + 5) * 1000 }),
  });
  await checkQueue(client, QueueUrl);

  return {
    async send(MessageBody, DelaySeconds) {
      await asked('SendMessage', () => client.send(new SendMessageCommand({ QueueUrl, MessageBody, DelaySeconds })));
    },
    async receive(MaxNumberOfMessages, stop) {
      const command = new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages,
        WaitTimeSeconds: waiting,
        VisibilityTimeout: visibility,
        MessageSystemAttributeNames: ['ApproximateReceiveCount'],
      });
      const { Messages = [] } = await asked('ReceiveMessage', () => poller.send(command, { abortSignal: stop }));
      return Messages.map(({ Body = '', ReceiptHandle = '', Attributes }) => ({
        body: Body,
        receipt: ReceiptHandle,
        received: Number(Attributes?.ApproximateReceiveCount ?? 1),
      }));
    },
    async delete(ReceiptHandle) {
      await asked('DeleteMessage', () => client.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle })));
    },
    async putOff(ReceiptHandle, VisibilityTimeout) {
      const command = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout });
      await asked('ChangeMessageVisibility', () => client.send(command));
    },
    close() {
      client.destroy();
      poller.destroy();
    },
  };
}

async function asked<T>(operation: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    throw awsError({ platform: 'sqs', operation, write: operation === 'SendMessage' }, error);
  }
}

/** A queue address tells where it is; the SDK would else go where AWS is. */
function endpointOf(url: string): string {
  return new URL(url).origin;
}

async function checkQueue(client: SQSClient, QueueUrl: string): Promise<void> {
  try {
    await client.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['RedrivePolicy'] }));
  } catch (error) {
    const isMissing = error instanceof Error && /NonExistentQueue|QueueDoesNotExist/u.test(error.name);
    if (isMissing) throw new ConfigError([`environment WAKEUPS: there is no queue ${QueueUrl}`]);
    throw awsError({ platform: 'sqs', operation: 'GetQueueAttributes', write: false }, error);
  }
}
