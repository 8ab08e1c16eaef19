// What all Recognizers do, whatever they are made of.
import fc from 'fast-check';
import { beforeAll, afterAll, describe, expect, it } from 'vitest';
import { catalog, type Intent } from '../../intents/catalog.ts';
import { loadIntents } from '../../intents/index.ts';
import { placeholders } from '../../intents/slots.ts';
import { draw, parseTemplate } from '../../intents/template.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { Recognized, Recognizer } from '../../src/core/ports.ts';

type Opened = { recognizer: Recognizer; close?: () => Promise<void> };
const intents = loadIntents();
const names = Object.keys(catalog) as Intent[];

/** Runs the suite against the recognizer that `open` makes of the words of `intents/`. */
export function recognizerContract(name: string, open: () => Opened | Promise<Opened>): void {
  describe(`${name} as a Recognizer`, () => {
    let opened: Opened;
    beforeAll(async () => {
      opened = await open();
    });
    afterAll(() => opened.close?.());
    const ask: Recognizer['recognize'] = (...asked) => opened.recognizer.recognize(...asked);

    describe.each(intents.locales)('%s', (locale) => {
      knows(locale, ask);
    });
    oddTexts(ask);
    awaiting(ask);
  });
}

/** Every intent by a sentence of its own, the first one in the words. */
function knows(locale: string, ask: Recognizer['recognize']): void {
  const sentences = intents.sentences[locale]!;
  const sentenceOf = (intent: Intent): string => {
    const template = parseTemplate(sentences.intents[intent][0]!, sentences.rules);
    return draw(
      template,
      (slot) => placeholders[slot as keyof typeof placeholders],
      1,
      () => 0,
    )[0]!;
  };

  it('knows a sentence of most intents for what it is, and has each among its interpretations', async () => {
    const found = await Promise.all(names.map((intent) => ask(sentenceOf(intent), locale)));

    found.forEach(isRanking);
    expect(names.filter((name, at) => !found[at]!.some(({ intent }) => intent === name))).toEqual([]);
    expect(names.filter((name, at) => found[at]![0]!.intent === name).length).toBeGreaterThan(names.length * 0.7);
  });

  it('gives the same answer to the same text', async () => {
    const text = sentences.intents.Scale.at(-1)!
      .replaceAll(/[[\](){}|]/g, ' ')
      .trim();

    expect(await ask(text, locale)).toEqual(await ask(text, locale));
  });
}

function oddTexts(ask: Recognizer['recognize']): void {
  const odd = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom(
      ' ',
      '.',
      '?!',
      '\u0000',
      '\uD83D',
      '\uFEFF',
      '😀'.repeat(600),
      'x'.repeat(2000),
      '{target}',
      '💥 target',
    ),
    fc.lorem(),
  );
  it('ranks whatever it is given, or fails as the other side does', async () => {
    await fc.assert(
      fc.asyncProperty(odd, fc.constantFrom(...intents.locales), async (text, locale) => {
        const found = await ask(text, locale).catch((error: unknown) => error);

        expect(Array.isArray(found) || found instanceof PlatformError).toBe(true);
        isRanking(Array.isArray(found) ? (found as Recognized[]) : []);
      }),
      { numRuns: 60 },
    );
  });
}

function awaiting(ask: Recognizer['recognize']): void {
  it.each([
    { intent: 'Status', slot: 'target' },
    { intent: 'Deploy', slot: 'version', slots: { target: 'api-prod' } },
    { intent: 'Deploy', slot: 'version', slots: { target: 'api-prod', time: '2026-11-24T09:00' } },
    { intent: 'Deploy', slot: 'target', slots: { version: '1.9.0', time: '2026-11-24' } },
    { intent: 'Scale', slot: 'min', slots: { target: 'api-prod', duration: 'PT2H', time: '09:00' } },
    { intent: 'Scale', slot: 'target', slots: { min: 2, max: '+3' } },
    { intent: 'Language', slot: 'language' },
  ] as const)('hears another wish while it waits for %j', async (question) => {
    const found = await ask('cancel', 'en-US', question);

    isRanking(found);
    expect(found.map(({ intent }) => intent)).toContain('Cancel');
  });
}

/** At most five known intents, each once, by falling confidence as far as it is given. */
function isRanking(found: readonly Recognized[]): void {
  expect(found.length).toBeLessThanOrEqual(5);
  expect(names).toEqual(expect.arrayContaining(found.map(({ intent }) => intent)));
  expect(new Set(found.map(({ intent }) => intent)).size).toBe(found.length);
  const scores = found.flatMap(({ confidence }) => confidence ?? []);
  expect(scores).toEqual(scores.toSorted((a, b) => b - a));
  for (const score of scores) {
    expect(score).toBeGreaterThanOrEqual(0);
    expect(score).toBeLessThanOrEqual(1);
  }
}
