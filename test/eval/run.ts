// The scoreboard: how well each language is understood. `npm run nlu:eval`, `npm run nlu:eval -- --wrong` for the sentences,
// `--data FOLDER` for public sets beside the published systems.
import { parseArgs } from 'node:util';
import { loadWording } from '../../intents/index.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { reader } from '../../src/nlu/read.ts';
import { score, sentencesOf, type Score } from './score.ts';
import { clinc, sigdial } from './sets.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    wrong: { type: 'boolean' },
    locale: { type: 'string', multiple: true },
  },
});

const percent = (share: number): string => (Math.round(share * 1000) / 10).toFixed(1);

function rowOf(it: Score): string[] {
  const shares = [it.intent, it.exact, it.outcome, it.rejected].map(percent);
  return [it.locale, String(it.rows), ...shares, String(it.dangerous.length)];
}

async function ours(): Promise<number> {
  const intents = loadWording();
  const recognizer = embedded({ intents });
  const scores: Score[] = [];
  for (const locale of values.locale ?? intents.locales) {
    const file = sentencesOf(locale);
    const now = Date.parse(file.now);
    const clock = { now: () => now, after: () => () => undefined };
    scores.push(await score(locale, file, reader({ intents, recognizer, defaultLocale: locale, clock, zone: 'UTC' })));
  }
  const head = ['language', 'sentences', 'intent %', 'exact %', 'outcome %', 'out of scope %', 'dangerous'];
  const rows = [head, head.map(() => '---'), ...scores.map(rowOf)];
  process.stdout.write(`${rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n')}\n`);
  for (const it of scores) {
    for (const one of it.dangerous) process.stdout.write(`dangerous ${it.locale} ${JSON.stringify(one)}\n`);
    if (!values.wrong) continue;
    for (const one of it.wrong) process.stdout.write(`wrong ${it.locale} ${JSON.stringify(one)}\n`);
    for (const one of it.answered) process.stdout.write(`answered ${it.locale} ${JSON.stringify(one)}\n`);
  }
  return scores.every(reachesFloors) ? 0 : 1;
}

function reachesFloors(it: Score): boolean {
  return it.exact >= 0.95 && it.rejected >= 0.95 && it.dangerous.length === 0;
}

const code = await ours();
if (values.data === undefined) process.stdout.write('CLINC150, SIGDIAL 2017: skipped, no --data FOLDER\n');
else for (const set of [clinc, sigdial]) process.stdout.write(`${JSON.stringify(set(values.data))}\n`);
process.exitCode = code;
