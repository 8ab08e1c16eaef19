// One sentence in, what would happen out: no chat, no AWS, no rights.
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { loadWording } from '../intents/index.ts';
import { outcomeOf } from './core/outcome.ts';
import { embedded } from './nlu/embedded.ts';
import { reader } from './nlu/read.ts';

const usage = `usage: npm run -s try -- [--json] [--targets a,b,c] [--locale en-US] "sentence"
       npm run -s try -- --jsonl [--targets a,b,c] < lines of {"text": "...", "locale": "en-US"}
`;

function options() {
  return parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      jsonl: { type: 'boolean' },
      targets: { type: 'string' },
      locale: { type: 'string' },
      help: { type: 'boolean' },
    },
  });
}

type Given = ReturnType<typeof options>;
type Answer = {
  text: string;
  locale: string;
  intent: string | null;
  confidence: number;
  slots: object;
  outcome: string;
};

function answering(given: Given['values']) {
  const intents = loadWording();
  const targets = given.targets
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const read = reader({
    intents,
    recognizer: embedded({ intents }),
    defaultLocale: 'en-US',
    clock: { now: () => Date.now(), after: () => () => undefined },
    names: targets ? 'known' : 'any',
  });
  return async (text: string, language: string | undefined): Promise<Answer> => {
    const reading = await read.read(text, { targets: targets ?? [], ...(language === undefined ? {} : { language }) });
    const { locale, intent, confidence, slots } = reading;
    return { text, locale, intent: intent ?? null, confidence, slots, outcome: outcomeOf(reading, targets) };
  };
}

async function lines(answer: ReturnType<typeof answering>, language: string | undefined): Promise<number> {
  let code = 0;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
    if (line.trim() === '') continue;
    try {
      const row: unknown = JSON.parse(line);
      const given = row as { text?: unknown; locale?: unknown } | null;
      if (typeof given?.text !== 'string') throw new TypeError('"text" must be a string');
      if (given.locale !== undefined && typeof given.locale !== 'string')
        throw new TypeError('"locale" must be a string');
      process.stdout.write(`${JSON.stringify(await answer(given.text, given.locale ?? language))}\n`);
    } catch (error) {
      code = 1;
      process.stdout.write(
        `${JSON.stringify({ error: error instanceof Error ? error.message : String(error), line })}\n`,
      );
    }
  }
  return code;
}

function readable(answer: Answer): string {
  const slots = Object.entries(answer.slots).map(([name, value]) => `  ${name}: ${String(value)}\n`);
  return `${answer.intent ?? '-'} (${answer.confidence}, ${answer.locale}) -> ${answer.outcome}\n${slots.join('')}`;
}

async function main(): Promise<number> {
  let given: Given;
  try {
    given = options();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  const { values, positionals } = given;
  if (values.help) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.jsonl ? positionals.length > 0 : positionals.length === 0) {
    process.stderr.write(usage);
    return 2;
  }
  const answer = answering(values);
  if (values.jsonl) return lines(answer, values.locale);
  const one = await answer(positionals.join(' '), values.locale);
  process.stdout.write(values.json ? `${JSON.stringify(one)}\n` : readable(one));
  return 0;
}

process.exitCode = await main();
