// Writes the import zip of the Lex bot that `intents/` describes. Needs no account and calls nothing.
import { createHash } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { zipSync } from 'fflate';
import { IntentsError, loadIntents } from '../intents/index.ts';
import { loadConfig } from './config.ts';
import { ConfigError } from './core/errors.ts';
import { lexBot } from './nlu/lex-bot.ts';
import { lexFiles } from './nlu/lex-files.ts';
import { lexFaults } from './nlu/lex-limits.ts';
import { lexLocaleOf } from './nlu/lex-locales.ts';
import type { AssistedNlu, LexBot } from './nlu/lex-model.ts';

const usage = `usage: npm run -s lex:export -- [--out FOLDER] [--assisted-nlu off|fallback|primary]
`;

/** The files as a zip. Same files, same bytes, on every machine: sorted, and dated when zip's calendar begins. */
export function zipped(files: ReadonlyMap<string, string>): Uint8Array {
  // fflate writes local time, so a local time it is.
  const mtime = new Date(1980, 0, 1, 12);
  const sorted = [...files].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const entries = sorted.map(([path, text]) => [path, new TextEncoder().encode(text)] as const);
  return zipSync(Object.fromEntries(entries), { mtime, level: 9 });
}

/** SHA-256 in hexadecimal digits. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** A line a locale: how much of it there is. */
export function counts(bot: LexBot): string[] {
  return bot.locales.map(({ id, intents, slotTypes }) => {
    const utterances = intents.flatMap((it) => it.utterances);
    const characters = utterances.reduce((sum, it) => sum + it.length, 0);
    const words = slotTypes.flatMap((it) => it.values).reduce((sum, it) => sum + 1 + it.synonyms.length, 0);
    const slots = intents.reduce((sum, it) => sum + it.slots.length, 0);
    return `${id}  ${intents.length} intents, ${utterances.length} utterances (${characters} characters), ${slots} slots, ${words} slot words`;
  });
}

async function write(out: string, assistedNlu: AssistedNlu): Promise<number> {
  const intents = loadIntents();
  const bot = lexBot(intents, { assistedNlu });
  const faults = lexFaults(bot);
  if (faults.length > 0) {
    process.stderr.write(`${faults.map((it) => `${it.file}, ${it.key}, ${it.reason}`).join('\n')}\n`);
    return 1;
  }
  const zip = zipped(lexFiles(bot));
  const hash = sha256(zip);
  const path = join(out, `opsjack-${hash.slice(0, 12)}.zip`);
  await mkdir(out, { recursive: true });
  await writeFile(path, zip);
  const left = intents.locales.filter((it) => lexLocaleOf(it, assistedNlu) === undefined);
  const lines = [path, `sha256 ${hash}`, ...counts(bot), ...left.map((it) => `${it}  left out: not a locale of Lex`)];
  process.stdout.write(`${lines.join('\n')}\n`);
  return 0;
}

function isMode(mode: string): mode is AssistedNlu {
  return ['off', 'fallback', 'primary'].includes(mode);
}

async function run(): Promise<number> {
  try {
    const { values } = parseArgs({
      options: {
        out: { type: 'string', default: join('.opsjack', 'lex') },
        'assisted-nlu': { type: 'string' },
      },
    });
    const mode = values['assisted-nlu'] ?? loadConfig({ env: process.env }).lex.assistedNlu;
    if (isMode(mode)) return await write(values.out, mode);
  } catch (error) {
    const isOurs = error instanceof IntentsError || error instanceof ConfigError;
    if (!isOurs && !(error instanceof TypeError)) throw error;
    process.stderr.write(`${error.message}\n`);
    if (isOurs) return 1;
  }
  process.stderr.write(usage);
  return 2;
}

if (import.meta.main) process.exitCode = await run();
