// Signed HTTP requests to the app: https://docs.slack.dev/authentication/verifying-requests-from-slack
import { createHmac } from 'node:crypto';
import type { Attempt, Envelope, Transport } from './delivery.ts';
import type { Json } from './json.ts';

const REASONS: Record<string, string> = { timeout: 'http_timeout', refused: 'connection_failed' };

/** What may be wrong with a request on purpose: another secret, or an old time (epoch seconds). */
export type Tampering = { secret?: string; timestamp?: number; retry?: { attempt: number; reason: string } };
export type HttpDelivery = ReturnType<typeof httpDelivery>;

/** The `v0=` signature of a body. */
export function signature(secret: string, timestamp: number, body: string): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
}

function encoded(envelope: Envelope): { body: string; type: string } {
  const form = 'application/x-www-form-urlencoded';
  if (envelope.type === 'events_api') return { body: JSON.stringify(envelope.payload), type: 'application/json' };
  if (envelope.type === 'slash_commands') {
    return { body: new URLSearchParams(envelope.payload as Record<string, string>).toString(), type: form };
  }
  return { body: new URLSearchParams({ payload: JSON.stringify(envelope.payload) }).toString(), type: form };
}

async function answer(response: Response): Promise<unknown> {
  const text = await response.text();
  if (!text) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}

/** Delivers to a Request URL. `ackMs`: how long the app may take to answer. */
export function httpDelivery(options: { url: string; secret: string; ackMs: number }) {
  /** One request as it would stand on the wire, right or tampered with. */
  async function request(envelope: Envelope, tampering: Tampering = {}): Promise<Attempt> {
    const { body, type } = encoded(envelope);
    // Real time, not the workspace's clock: the app compares it with its own.
    const timestamp = tampering.timestamp ?? Math.floor(Date.now() / 1000);
    const { attempt = 0, reason = '' } = tampering.retry ?? {};
    const started = performance.now();
    const ms = (): number => Math.round(performance.now() - started);
    try {
      const response = await fetch(options.url, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(options.ackMs),
        headers: {
          'content-type': type,
          'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
          'x-slack-signature': signature(tampering.secret ?? options.secret, timestamp, body),
          'x-slack-request-timestamp': String(timestamp),
          ...(attempt > 0 && { 'x-slack-retry-num': String(attempt), 'x-slack-retry-reason': reason }),
        },
      });
      const got = await answer(response);
      const noRetry = response.headers.get('x-slack-no-retry') === '1';
      const reasonNow = response.ok ? {} : { reason: 'http_error' };
      return { acked: response.ok, ...reasonNow, body: got, ms: ms(), noRetry, status: response.status };
    } catch (error) {
      const kind = error instanceof Error && error.name === 'TimeoutError' ? 'timeout' : 'refused';
      return { acked: false, reason: REASONS[kind], ms: ms() };
    }
  }

  const transport: Transport = {
    send: (envelope, retry) => request(envelope, { retry }),
    close: async () => {},
  };
  return {
    ...transport,
    request,
    /** The check Slack makes when a Request URL is entered; true when the app gave the challenge back. */
    async verifyUrl(): Promise<boolean> {
      const challenge = `challenge-${Math.random().toString(36).slice(2)}`;
      const payload: Json = { token: 'simulated', challenge, type: 'url_verification' };
      const { body } = await request({ type: 'events_api', payload });
      return body === challenge || (body as Json | undefined)?.['challenge'] === challenge;
    },
  };
}
