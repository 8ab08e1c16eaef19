// Getting a payload to the app and back: what counts as acknowledged, and what is sent again.
import { string } from './json.ts';

export type Envelope = { type: 'events_api' | 'slash_commands' | 'interactive'; payload: Record<string, unknown> };
export type Attempt = {
  acked: boolean;
  reason?: string;
  body?: unknown;
  ms: number;
  noRetry?: boolean;
  status?: number;
};
/** `acked`, `reason`, `body`, `ms`: of the first attempt. `final` resolves when Slack has stopped trying. */
export type Delivered = Attempt & { id: string; type: string; final: Promise<Attempt & { attempts: number }> };
/** One way to the app. `send` never rejects and takes at most the time Slack waits. */
export type Transport = {
  send(envelope: Envelope, retry: { attempt: number; reason: string }): Promise<Attempt>;
  close(): Promise<void>;
};

export type Courier = ReturnType<typeof courier>;

/** Delivers over a transport. Events that are not acknowledged are sent again after each of `delays` (milliseconds). */
export function courier(options: { transport: () => Transport; delays: number[] }) {
  const pending = new Set<() => void>();
  const wait = (ms: number): Promise<boolean> =>
    new Promise((resolve) => {
      const done = (goOn: boolean): void => {
        clearTimeout(timer);
        pending.delete(cancel);
        resolve(goOn);
      };
      const cancel = (): void => done(false);
      const timer = setTimeout(() => done(true), ms).unref();
      pending.add(cancel);
    });

  async function again(envelope: Envelope, first: Attempt): Promise<Attempt & { attempts: number }> {
    let last = first;
    let attempts = 1;
    for (const delay of options.delays) {
      if (last.acked || last.noRetry || !(await wait(delay))) break;
      last = await options.transport().send(envelope, { attempt: attempts, reason: last.reason ?? 'unknown_error' });
      attempts += 1;
    }
    return { ...last, attempts };
  }

  return {
    /** Sends an event, a command or an interaction; resolves after the first attempt. */
    async deliver(envelope: Envelope): Promise<Delivered> {
      const first = await options.transport().send(envelope, { attempt: 0, reason: '' });
      const isEvent = envelope.type === 'events_api';
      const final = isEvent ? again(envelope, first) : Promise.resolve({ ...first, attempts: 1 });
      const { payload } = envelope;
      const event = payload['event'] as { type?: string } | undefined;
      const type = event?.type ?? string(payload['type'] ?? payload['command']);
      return { ...first, id: string(payload['event_id'] ?? payload['trigger_id']), type, final };
    },
    /** Gives up everything that waits to be sent again. */
    stop() {
      for (const cancel of pending) cancel();
    },
  };
}
