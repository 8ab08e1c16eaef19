// How long it takes to understand a message, beside classifying it alone; the first training of all languages; memory.
import { loadWording } from '../../intents/index.ts';
import { classifier } from '../../src/nlu/classifier.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { normalise } from '../../src/nlu/features.ts';
import { reader } from '../../src/nlu/read.ts';
import { sentencesOf } from '../eval/score.ts';
import { median, percentile, rounded } from './numbers.ts';

const goal = 0.5;
const rounds = 3;

/** Every sentence of every language, in turn. */
export async function nlu(): Promise<object> {
  const empty = process.memoryUsage().rss;
  const intents = loadWording();
  const recognizer = embedded({ intents });
  const begun = performance.now();
  for (const locale of intents.locales) await recognizer.recognize('help', locale);
  const training = performance.now() - begun;
  const files = intents.locales.map((locale) => ({ locale, file: sentencesOf(locale) }));
  const clock = { now: () => Date.parse(files[0]!.file.now), after: () => () => undefined };
  const read = reader({ intents, recognizer, defaultLocale: 'en-US', clock, zone: 'UTC' });
  const texts = files.flatMap(({ locale, file }) =>
    [...file.rows.map((row) => row[0]), ...file.quiet, ...file.chatter].map((text) => ({ text, locale, file })),
  );
  const rows = files.flatMap(({ file }) =>
    file.rows.map(([text, intent], group) => ({ text: normalise(text), label: intent.length, group })),
  );
  const alone = classifier(rows, 16);
  const times: Record<'reading' | 'alone', number[]> = { reading: [], alone: [] };
  for (let round = 0; round <= rounds; round += 1) {
    for (const { text, locale, file } of texts) {
      const [reading, classified] = [
        await timed(() => read.read(text, { targets: file.targets, language: locale })),
        await timed(() => alone.classify(normalise(text))),
      ];
      if (round === 0) continue;
      times.reading.push(reading);
      times.alone.push(classified);
    }
  }
  const p50 = median(times.reading);
  return {
    languages: intents.locales.length,
    messages: texts.length,
    p50_ms: rounded(p50, 3),
    p99_ms: rounded(percentile(times.reading, 0.99), 3),
    baseline_p50_ms: rounded(median(times.alone), 3),
    ratio: rounded(p50 / median(times.alone), 1),
    training_ms: Math.round(training),
    memory_mb: Math.round((process.memoryUsage().rss - empty) / 1_048_576),
    goal: `p50 <= ${goal} ms`,
    met: p50 <= goal,
  };
}

async function timed(work: () => unknown): Promise<number> {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
}
