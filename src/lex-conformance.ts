// Asks a real Lex bot what its documentation leaves open and records the answers. Needs an account; about 40 requests, each
// paid for. Nothing that names the account is written down.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadIntents } from '../intents/index.ts';
import { lexBot } from './nlu/lex-bot.ts';
import { lexProbes, openPoints, type LexProbe } from './nlu/lex-probes.ts';

const usage = `usage: npm run -s lex:conformance -- BOTID/ALIASID --region REGION [--out FOLDER] [--locales en_US,ko_KR]
The bot is the one that npm run lex:export makes, imported and built. Each request is paid for: $0.00075 when this was written.
`;

/** What RecognizeText takes, without the bot. */
export type Asked = { localeId: string; sessionId: string; text: string; sessionState?: LexProbe['state'] };
export type Fixture = {
  id: string;
  point: string;
  question: string;
  request: { localeId: string; text: string; sessionState?: LexProbe['state'] };
  milliseconds: number;
} & ({ answer: unknown } | { error: { name: string; status?: number; message: string } });

type Options = {
  probes: readonly LexProbe[];
  send: (asked: Asked) => Promise<unknown>;
  /** Keeps this run's sessions apart from an earlier one's, which live on for minutes. */
  run: string;
  /** Milliseconds. */
  now: () => number;
};

/** Sends each probe after the other and gives what came back, errors too, without ids of the account. */
export async function* conform({ probes, send, run, now }: Options): AsyncGenerator<Fixture> {
  for (const { id, point, locale, session, text, state } of probes) {
    const request = { localeId: locale, text, ...(state && { sessionState: state }) };
    const started = now();
    const came = await send({ ...request, sessionId: `conformance.${run}.${session ?? id}` }).then(
      (answer) => ({ answer: anonymous(answer) }),
      (error: unknown) => ({ error: plain(error) }),
    );
    yield { id, point, question: openPoints[point], request, milliseconds: Math.round(now() - started), ...came };
  }
}

/** Without what is of this call or this account alone. */
function anonymous(value: unknown): unknown {
  if (typeof value === 'string') return scrubbed(value);
  if (Array.isArray(value)) return value.map(anonymous);
  if (typeof value !== 'object' || value === null) return value;
  const own = ['$metadata', 'sessionId', 'originatingRequestId'];
  const entries = Object.entries(value).filter(([key]) => !own.includes(key));
  return Object.fromEntries(entries.map(([key, inner]) => [key, anonymous(inner)]));
}

function plain(error: unknown): { name: string; status?: number; message: string } {
  const { name, message, $metadata } = error as Error & { $metadata?: { httpStatusCode?: number } };
  const status = $metadata?.httpStatusCode;
  return { name, ...(status !== undefined && { status }), message: scrubbed(message) };
}

function scrubbed(text: string): string {
  return text
    .replaceAll(/\barn:[\w-]+:\S+/g, 'ARN')
    .replaceAll(/\b\d{12}\b/g, 'ACCOUNT')
    .replaceAll(/\b(?=[A-Z]*\d)[0-9A-Z]{10}\b|\bTSTALIASID\b/g, 'ID');
}

type Target = { botId: string; botAliasId: string; region: string };

async function sender({ botId, botAliasId, region }: Target): Promise<Options['send']> {
  const { LexRuntimeV2Client, RecognizeTextCommand } = await import('@aws-sdk/client-lex-runtime-v2');
  // Once: a second RecognizeText is a second turn of the conversation.
  const client = new LexRuntimeV2Client({ region, maxAttempts: 1 });
  return (asked) => client.send(new RecognizeTextCommand({ botId, botAliasId, ...asked }));
}

async function record(target: Target, out: string, locales: readonly string[]): Promise<number> {
  const probes = lexProbes(locales);
  await mkdir(out, { recursive: true });
  const run = Date.now().toString(36);
  let failed = 0;
  for await (const it of conform({ probes, run, send: await sender(target), now: () => performance.now() })) {
    await writeFile(join(out, `${it.id}.json`), `${JSON.stringify(it, null, 2)}\n`);
    if ('error' in it) failed += 1;
    const end = 'error' in it ? `${it.error.name}: ${it.error.message}` : `${it.milliseconds} ms`;
    process.stdout.write(`${it.id}  ${end}\n`);
  }
  process.stdout.write(`${probes.length} requests, ${failed} failed; the answers are in ${out}\n`);
  return failed === probes.length ? 1 : 0;
}

async function start(): Promise<number> {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        region: { type: 'string' },
        out: { type: 'string', default: join('.opsjack', 'lex', 'conformance') },
        locales: { type: 'string' },
      },
    });
    const [, botId, botAliasId] = /^([0-9A-Z]{10})\/([0-9A-Z]{10})$/.exec(positionals[0] ?? '') ?? [];
    if (botId && botAliasId && values.region && positionals.length === 1) {
      const locales = values.locales?.split(',') ?? lexBot(loadIntents()).locales.map((it) => it.id);
      return await record({ botId, botAliasId, region: values.region }, values.out, locales);
    }
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
  }
  process.stderr.write(usage);
  return 2;
}

if (import.meta.main) process.exitCode = await start();
