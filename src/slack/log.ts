// Logging of the Slack edge: no payloads, no tokens.
import { LogLevel, type Logger as BoltLogger } from '@slack/bolt';
import type { Logger } from 'pino';

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;

const secrets = /xox[a-z]-[\w-]+|xapp-[\w-]+|(?:wss?|https?):\/\/\S*(?:ticket|token|hooks|commands|actions)\S*/giu;

/** Text without Slack tokens and without addresses that act as one. */
export function redacted(text: string): string {
  return text.replace(secrets, '[secret]');
}

/** What may be logged of an error. */
export function faultOf(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { fault: redacted(String(error)) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { fault: redacted(error.message), ...code, stack: redacted(error.stack ?? '') };
}

/** Our log as Bolt wants it. Its debug lines hold whole payloads, so they are not taken. */
export function boltLog(log: Log): BoltLogger {
  return {
    debug: () => undefined,
    info: (...parts) => log.debug({ from: 'bolt' }, line(parts)),
    warn: (...parts) => log.warn({ from: 'bolt' }, line(parts)),
    error: (...parts) => log.error({ from: 'bolt' }, line(parts)),
    setLevel: () => undefined,
    getLevel: () => LogLevel.INFO,
    setName: () => undefined,
  };
}

function line(parts: readonly unknown[]): string {
  return redacted(parts.map(String).join(' '));
}
