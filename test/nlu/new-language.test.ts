// A language is two files and no code: one nobody speaks, put beside the real ones.
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadIntents, type Intents } from '../../intents/index.ts';
import type { Reader } from '../../src/core/ports.ts';
import { say } from '../../src/core/reply.ts';
import { words } from '../../src/core/words.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { lexBot } from '../../src/nlu/lex-bot.ts';
import { reader } from '../../src/nlu/read.ts';

const real = join(import.meta.dirname, '..', '..', 'intents');
const folder = mkdtempSync(join(tmpdir(), 'opsjack-words-'));
const locale = 'eo-AA';
const targets = ['api-prod', 'worker-prod'];
let intents: Intents;
let read: Reader;

/** Every word said backwards: templates, placeholders and punctuation stay as they are. */
function backwards(template: string): string {
  return template.replaceAll(/\{[^}]*\}|<[^>]*>|[a-z]+/giu, (word) =>
    /^[{<]/u.test(word) ? word : word.split('').toReversed().join(''),
  );
}

function inventSentences(): Record<string, unknown> {
  const english = parse(readFileSync(join(real, 'en-US', 'sentences.yaml'), 'utf8')) as Record<string, unknown>;
  const invent = (value: unknown): unknown => {
    if (typeof value === 'string') return backwards(value);
    if (Array.isArray(value)) return value.map(invent);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, invent(inner)]));
  };
  const { numbers, names, stages, ...phrases } = english;
  const { words: counted, ...rest } = numbers as { words: Record<string, number> };
  const invented = Object.fromEntries(Object.entries(counted).map(([word, value]) => [backwards(word), value]));
  return { ...(invent(phrases) as object), stages, names, numbers: { ...rest, words: invented } };
}

beforeAll(() => {
  for (const name of ['en-US', 'ko-KR']) cpSync(join(real, name), join(folder, name), { recursive: true });
  mkdirSync(join(folder, locale));
  writeFileSync(join(folder, locale, 'sentences.yaml'), stringify(inventSentences()));
  const english = readFileSync(join(real, 'en-US', 'replies.yaml'), 'utf8');
  writeFileSync(
    join(folder, locale, 'replies.yaml'),
    english.replace(/^nothing\.changed: .*$/mu, "nothing.changed: 'degnahc gnihtoN.'"),
  );
  intents = loadIntents(folder);
  const clock = { now: () => 0, after: () => () => undefined };
  read = reader({ intents, recognizer: embedded({ intents }), defaultLocale: 'en-US', clock });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('an invented language, added as two files', () => {
  test.each([
    ['woh si api-prod gniod thgir won', 'Status', { target: 'api-prod' }],
    ['esaelp elacs api-prod ot evif', 'Scale', { target: 'api-prod', count: 5 }],
    ['teg em eht sutats fo worker-prod', 'Status', { target: 'worker-prod' }],
  ])('is told apart and understood: %s', async (text, intent, slots) => {
    expect(await read.read(text, { targets })).toMatchObject({ locale, intent, slots });
  });

  test('holds changes that are denied in it', async () => {
    expect(await read.read('od ton elacs api-prod ot evif esaelp', { targets })).toMatchObject({ held: 'negated' });
  });

  test('is answered in', () => {
    const format = { outside: String, code: String, aws: String, person: String, group: String, time: String };

    expect(words(intents.replies).say(locale, say('nothing.changed'), format)).toBe('degnahc gnihtoN.');
  });

  test('is left out of the Lex bot, which has no such locale', () => {
    expect(lexBot(intents).locales.map((it) => it.id)).toEqual(['en_US', 'ko_KR']);
  });
});
