// The sentences of every language against the embedded engine: what they mean, what they must never do, and that none was learnt by heart.
import { beforeAll, describe, expect, test } from 'vitest';
import { catalog } from '../../intents/catalog.ts';
import { loadWording } from '../../intents/index.ts';
import { expand, parseTemplate } from '../../intents/template.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { normalise } from '../../src/nlu/features.ts';
import { reader } from '../../src/nlu/read.ts';
import { score, sentencesOf, type Score } from '../eval/score.ts';

const intents = loadWording();
const recognizer = embedded({ intents });

describe.each(intents.locales)('%s', (locale) => {
  const file = sentencesOf(locale);
  const now = Date.parse(file.now);
  const clock = { now: () => now, after: () => () => undefined };
  let found: Score;
  beforeAll(async () => {
    const read = reader({ intents, recognizer, defaultLocale: locale, clock, zone: 'UTC' });
    found = await score(locale, file, read);
  });

  test('there are at least 150 sentences, 30 of which must not act', () => {
    expect(file.rows.length + file.quiet.length + file.chatter.length).toBeGreaterThanOrEqual(150);
    expect(file.quiet.length).toBeGreaterThanOrEqual(30);
    const asked = new Set(file.rows.map((row) => row[1]));
    expect([...asked].toSorted()).toEqual(Object.keys(catalog).toSorted());
  });

  test('at least 95 % are understood exactly: intent, slots and outcome', () => {
    expect(found.outcome >= 0.95 ? [] : found.wrong).toEqual([]);
  });

  test('a change is planned where it was asked, as it was asked, and nowhere else', () => {
    expect(found.dangerous).toEqual([]);
  });

  test('at least 95 % of the chatter is left alone', () => {
    expect(found.rejected >= 0.95 ? [] : found.answered).toEqual([]);
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
