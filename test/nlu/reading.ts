// A reader over the real words, with a fixed clock, for tests.
import { loadWording } from '../../intents/index.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { reader, type ReaderOptions } from '../../src/nlu/read.ts';

export const intents = loadWording();
const recognizer = embedded({ intents });
const now = Date.parse('2026-11-23T12:00:00Z');

export const targets = ['api-prod', 'checkout-prod', 'checkout-staging', 'worker-prod', 'status-page', 'scale'];

/** Monday noon, UTC. */
export function testReader(options: Partial<ReaderOptions> = {}) {
  return reader({
    intents,
    recognizer,
    defaultLocale: 'en-US',
    clock: { now: () => now, after: () => () => undefined },
    zone: 'UTC',
    ...options,
  });
}
