// A queue that keeps SQS's rules on a clock that a test steps.
import type { Clock } from '../../src/core/ports.ts';
import type { Message, Queue } from '../../src/wakeups/queue.ts';

type Kept = { id: number; body: string; visibleAt: number; received: number };

/** An empty queue. `visibility`: seconds a delivered message stays with who got it. */
export function memoryQueue(clock: Clock, visibility = 60): Queue & { size(): number } {
  const kept = new Map<number, Kept>();
  let next = 0;
  let waiting: (() => void)[] = [];

  function wake(): void {
    const all = waiting;
    waiting = [];
    for (const resolve of all) resolve();
  }

  function receiptOf({ id, received }: Kept): string {
    return `${id}/${received}`;
  }

  function held(receipt: string): Kept | undefined {
    const found = kept.get(Number(receipt.split('/')[0]));
    return found && receiptOf(found) === receipt ? found : undefined;
  }

  return {
    size: () => kept.size,
    async send(body, delay) {
      const id = next++;
      kept.set(id, { id, body, visibleAt: clock.now() + delay * 1000, received: 0 });
      if (delay > 0) clock.after(delay * 1000, wake);
      else wake();
    },
    async receive(most, stop) {
      for (;;) {
        const due = [...kept.values()]
          .filter(({ visibleAt }) => visibleAt <= clock.now())
          .toSorted((a, b) => a.visibleAt - b.visibleAt || a.id - b.id)
          .slice(0, most);
        if (due.length > 0 || stop.aborted) return due.map((one) => deliver(one));
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
          stop.addEventListener('abort', () => resolve(), { once: true });
        });
      }
    },
    async delete(receipt) {
      const found = held(receipt);
      if (found) kept.delete(found.id);
    },
    async putOff(receipt, seconds) {
      const found = held(receipt);
      if (!found) throw new Error('the receipt is not valid');
      found.visibleAt = clock.now() + seconds * 1000;
      clock.after(seconds * 1000, wake);
    },
    close() {},
  };

  function deliver(one: Kept): Message {
    one.received += 1;
    one.visibleAt = clock.now() + visibility * 1000;
    clock.after(visibility * 1000, wake);
    return { body: one.body, receipt: receiptOf(one), received: one.received };
  }
}
