// The sentences of every language against the embedded engine: what they mean, what they must never do, and that none was learnt by heart.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { describe, expect, test } from 'vitest';
import { catalog, type Slots } from '../../intents/catalog.ts';
import { loadWording } from '../../intents/index.ts';
import { expand, parseTemplate } from '../../intents/template.ts';
import { outcomeOf } from '../../src/core/outcome.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { normalise } from '../../src/nlu/features.ts';
import { reader } from '../../src/nlu/read.ts';

type Row = [text: string, intent: string, slots: Slots, outcome: string];
type File = { targets: string[]; now: string; rows: Row[]; quiet: string[]; chatter: string[] };

const intents = loadWording();
const recognizer = embedded({ intents });

describe.each(['en-US', 'ko-KR'])('%s', (locale) => {
  const file = parse(readFileSync(join(import.meta.dirname, `${locale}.yaml`), 'utf8')) as File;
  const now = Date.parse(file.now);
  const clock = { now: () => now, after: () => () => undefined };
  const read = reader({ intents, recognizer, defaultLocale: locale, clock, zone: 'UTC' });
  const shown = async (text: string) => {
    const reading = await read.read(text, { targets: file.targets });
    const { intent, slots } = reading;
    return { intent, slots, outcome: outcomeOf(reading, file.targets) };
  };

  test('there are at least 150 sentences, 30 of which must not act', () => {
    expect(file.rows.length + file.quiet.length + file.chatter.length).toBeGreaterThanOrEqual(150);
    expect(file.quiet.length).toBeGreaterThanOrEqual(30);
    const asked = new Set(file.rows.map((row) => row[1]));
    expect([...asked].toSorted()).toEqual(Object.keys(catalog).toSorted());
  });

  test('at least 95 % are understood exactly: intent, slots and outcome', async () => {
    const wrong: object[] = [];
    for (const [text, intent, slots, outcome] of file.rows) {
      const got = await shown(text);
      const right = got.intent === intent && got.outcome === outcome && same(got.slots, slots);
      if (!right) wrong.push({ text, want: [intent, slots, outcome], got: [got.intent, got.slots, got.outcome] });
    }

    expect(wrong.length <= file.rows.length * 0.05 ? [] : wrong).toEqual([]);
  });

  test('a change is planned where it was asked, and nowhere else', async () => {
    const texts = [
      ...file.quiet,
      ...file.chatter,
      ...file.rows.filter((row) => row[3] !== 'plan').map((row) => row[0]),
    ];
    const dangerous: object[] = [];
    for (const text of texts) {
      const got = await shown(text);
      if (got.outcome === 'plan') dangerous.push({ text, got });
    }

    expect(dangerous).toEqual([]);
  });

  test('at least 95 % of the chatter is left alone', async () => {
    const answered: object[] = [];
    for (const text of file.chatter) {
      const got = await shown(text);
      if (got.outcome !== 'fallback') answered.push({ text, got });
    }

    expect(answered.length <= file.chatter.length * 0.05 ? [] : answered).toEqual([]);
  });

  test('no sentence is one the engine was trained on, but for single words and terse commands', () => {
    const trained = trainedOn(locale, file.targets);
    const terse = new Set(Object.values(catalog).flatMap((it) => [...it.terse] as string[]));
    const texts = [...file.rows.map((row) => row[0]), ...file.quiet, ...file.chatter];

    const known = texts.filter((text) => {
      const normal = normalise(text);
      const words = normal.split(' ');
      return words.length > 2 && !terse.has(words[0]!) && trained.has(normal);
    });

    expect(known).toEqual([]);
  });
});

/** Training sentences with each real name and number in the place of a slot, normalised. */
function trainedOn(locale: string, targets: readonly string[]): Set<string> {
  const sentences = intents.sentences[locale]!;
  const all = [...Object.values(sentences.intents).flat(), ...sentences.negatives];
  const found = new Set<string>();
  for (const target of targets) {
    const fill = (slot: string): string => (slot === 'target' ? target : '4');
    for (const text of all)
      for (const it of expand(parseTemplate(text, sentences.rules), fill)) found.add(normalise(it));
  }
  return found;
}

function same(got: Slots, want: Slots): boolean {
  return ordered(got) === ordered(want);
}

function ordered(slots: Slots): string {
  return JSON.stringify(Object.entries(slots).toSorted(([a], [b]) => a.localeCompare(b)));
}
