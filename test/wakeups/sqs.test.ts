import { expect, it, onTestFinished } from 'vitest';
import { sqsWakeups } from '../../src/wakeups/sqs.ts';
import { settle, testClock } from '../clock.ts';
import { wakeupsContract } from '../contracts/wakeups.ts';
import { memoryQueue } from './queue.ts';

wakeupsContract('sqs', (clock) => sqsWakeups({ queue: memoryQueue(clock), clock }));

const minute = 60_000;

it('hops over the longest delay of a queue: the next message is sent before the one at hand is deleted', async () => {
  const clock = testClock();
  const queue = memoryQueue(clock);
  const steps: string[] = [];
  const watched = {
    ...queue,
    send: (body: string, delay: number) => (steps.push(`send ${delay}`), queue.send(body, delay)),
    delete: (receipt: string) => (steps.push('delete'), queue.delete(receipt)),
  };
  const wakeups = sqsWakeups({ queue: watched, clock });
  onTestFinished(() => wakeups.close());
  const calls: number[] = [];
  wakeups.start(async () => void calls.push(clock.now()));
  const due = clock.now() + 20 * minute;

  await wakeups.at('a', due);
  await clock.advance(20 * minute);

  expect(calls).toEqual([due]);
  expect(steps).toEqual(['send 900', 'send 300', 'delete', 'delete']);
  expect(queue.size()).toBe(0);
});

it('of two processes on a queue one is called, and the other when the first has died at work', async () => {
  const clock = testClock();
  const queue = memoryQueue(clock);
  const calls: string[] = [];
  let isAlive = true;
  const mortal: typeof queue = {
    ...queue,
    receive: (most, stop) => (isAlive ? queue.receive(most, stop) : new Promise(() => undefined)),
  };
  const first = sqsWakeups({ queue: mortal, clock });
  const second = sqsWakeups({ queue, clock });
  onTestFinished(() => second.close());
  first.start((id) => {
    calls.push(`first ${id}`);
    isAlive = false;
    return new Promise(() => undefined);
  });
  await first.at('a', clock.now());
  await settle();
  second.start(async (id) => void calls.push(`second ${id}`));

  await clock.advance(59_000);
  expect(calls).toEqual(['first a']);
  await clock.advance(1_000);

  expect(calls).toEqual(['first a', 'second a']);
});

it('leaves what it cannot read to the dead letters, and says so', async () => {
  const clock = testClock();
  const queue = memoryQueue(clock);
  const warnings: string[] = [];
  const wakeups = sqsWakeups({ queue, clock, log: { warn: (_, message) => void warnings.push(message) } });
  onTestFinished(() => wakeups.close());
  const calls: string[] = [];
  wakeups.start(async (id) => void calls.push(id));

  await queue.send('{"hello":"world"}', 0);
  await settle();

  expect(calls).toEqual([]);
  expect(warnings).toEqual(['a message that is no wake-up']);
  expect(queue.size()).toBe(1);
});
