import { describe, expect, test } from 'vitest';
import { loadIntents } from '../../intents/index.ts';
import { replies, type ReplyKey } from '../../intents/replies.ts';
import { say, type Arg, type Phrase } from '../../src/core/reply.ts';
import { words, type Format } from '../../src/core/words.ts';

const format: Format = {
  outside: (text) => `[${text}]`,
  code: (text) => `\`${text}\``,
  aws: (text) => `[${text}]`,
  person: (id) => `@${id}`,
  group: (id) => `@${id}`,
  time: (at) => new Date(at).toISOString(),
};
const texts = loadIntents().replies;
const all = words(texts);

const samples: Readonly<Record<string, readonly Arg[]>> = {
  text: ['some text', { code: 'code' }, { aws: 'AWS says' }],
  number: [0, 1, 2, 10],
  person: [{ person: 'U1' }],
  time: [{ time: 0, style: 'day' }],
  duration: [{ duration: 0 }, { duration: 61_000 }, { duration: 7_260_000 }, { duration: 400_000_000 }],
  phrase: [say('nothing.changed')],
};

/** A phrase of this key with the n-th sample of each argument. */
function sample(key: ReplyKey, n: number): Phrase {
  const args = Object.entries(replies[key]).map(([name, kind]) => {
    const values = samples[kind] ?? ['text'];
    return [name, values[n % values.length]!] as const;
  });
  return say(key, Object.fromEntries(args));
}

describe.each(Object.keys(texts))('words in %s', (locale) => {
  test('every key can be said with every kind of argument, and says something', () => {
    for (const key of Object.keys(replies) as ReplyKey[]) {
      for (const n of [0, 1, 2, 3]) {
        const said = all.say(locale, sample(key, n), format);

        expect(`${key}: ${said}`).not.toMatch(/: \s*$|\{|\}|undefined|NaN|\[object/u);
      }
    }
  });

  test('every argument a sentence names is one it is given', () => {
    expect(Object.keys(texts[locale]!).filter((key) => !(key in replies))).toEqual([]);
  });
});

describe('what comes from outside', () => {
  test('goes through the edge, inside other phrases too, and is never read as a pattern', () => {
    const said = all.say(
      'en-US',
      say('header', { target: '{count}<!channel>', state: say('plain', { text: '#' }) }),
      format,
    );

    expect(said).toBe('[{count}<!channel>]: [#]');
  });

  test('a locale without words of its own speaks English', () => {
    expect(all.say('xx-XX', say('nothing.changed'), format)).toBe('Nothing was changed.');
  });
});

describe('faults in the words', () => {
  const english = texts['en-US']!;

  test('are listed all at once with file, key and reason', () => {
    const { 'nothing.changed': _left, ...rest } = english;
    const broken = { 'en-US': { ...rest, at: '{at', since: 'since {when}' }, 'ko-KR': { by: '{who}' } };

    expect(() => words(broken)).toThrow(
      expect.objectContaining({
        name: 'ConfigError',
        problems: [
          'en-US/replies.yaml: nothing.changed: missing',
          expect.stringMatching(/^en-US\/replies\.yaml: at: .+/u),
          'en-US/replies.yaml: since: no argument {when}',
          'ko-KR/replies.yaml: by: no argument {who}',
        ],
      }),
    );
  });
});
