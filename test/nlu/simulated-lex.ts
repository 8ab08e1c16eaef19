// The driver of Lex on a simulated one that serves the bot made from the real words.
import { onTestFinished, vi } from 'vitest';
import { loadIntents } from '../../intents/index.ts';
import type { Clock } from '../../src/core/ports.ts';
import { lexBot } from '../../src/nlu/lex-bot.ts';
import { lexFiles } from '../../src/nlu/lex-files.ts';
import { lex, type LexOptions } from '../../src/nlu/lex.ts';
import { simAws } from '../../src/sim/aws/server.ts';
import { testClock } from '../clock.ts';

export const ids = { botId: 'OPSJACKBOT', aliasId: 'OPSJACKLIV' };
const files = Object.fromEntries(lexFiles(lexBot(loadIntents())));

type Line = { fields: object; message: string };

/** The simulated Lex, and the environment that points the SDK at it. */
export async function serveLex() {
  const aws = await simAws({ lex: [{ ...ids, files }] });
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  return aws;
}

/** A recognizer, closed when the test is over. The driver's clock stands still unless another is given. */
export async function simulatedLex({ clock = testClock(), ...more }: Partial<LexOptions> & { clock?: Clock } = {}) {
  const aws = await serveLex();
  onTestFinished(() => aws.close());
  return { control: aws.control, ...driver({ clock, ...more }) };
}

/** A recognizer with the log it writes. */
export function driver(options: Partial<LexOptions> & { clock: Clock }) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  const lines: Line[] = [];
  const write = (fields: object, message: string) => void lines.push({ fields, message });
  const recognizer = lex({
    ...ids,
    region: 'eu-west-1',
    assistedNlu: 'off',
    log: { info: write, warn: write },
    ...options,
  });
  return { recognizer, lines };
}
