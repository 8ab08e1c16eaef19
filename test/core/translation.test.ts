import { describe, expect, test } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import type { Segment, Store, Translator } from '../../src/core/ports.ts';
import { inbound, translation } from '../../src/core/translation.ts';
import { settle, testClock } from '../clock.ts';
import { memoryStore } from '../memory.ts';

const around = 40;
const down = () =>
  new PlatformError({
    platform: 'translate',
    operation: 'TranslateText',
    code: 'x',
    reason: 'unreachable',
    retryable: true,
    unsure: false,
    message: 'x',
  });

const upper = async (text: readonly Segment[]) =>
  text.map((part) => (typeof part === 'string' ? part.toUpperCase() : part));
const both = (a: string, b: string): Segment[] => [{ keep: a, id: 8 }, ' before ', { keep: b, id: 3 }];
const letters = (n: number) => n.toString(26).replaceAll(/\d/gu, (digit) => 'qrstuvwxyz'[Number(digit)]!);

/** A translator that writes words in capitals and keeps what it is asked. */
function scene(options: { charactersPerDay?: number; translate?: Translator['translate']; store?: Store } = {}) {
  const clock = testClock(Date.UTC(2026, 10, 23, 22));
  const store = options.store ?? memoryStore(clock);
  const asked: string[] = [];
  const warnings: string[] = [];
  const { charactersPerDay = 10_000, translate = upper } = options;
  const begin = () =>
    translation({
      translator: {
        translate(text, from, to) {
          asked.push(shown(text));
          return translate(text, from, to);
        },
      },
      store,
      clock,
      charactersPerDay,
      log: { warn: (_, message) => void warnings.push(message) },
    });
  return { clock, store, asked, warnings, begin, made: begin() };
}

const shown = (text: readonly Segment[] | undefined) =>
  text?.map((part) => (typeof part === 'string' ? part : `[${part.keep}]`)).join('') ?? '';
const of = (name: string, id = 0): Segment[] => [{ keep: name, id }, ' is well'];

describe('the cache', () => {
  test('asks for a text once, whatever names and numbers are in it', async () => {
    const { made, asked } = scene();

    const first = await made.translate([of('api'), of('web', 5)], 'en', 'th');
    const second = await made.translate([of('mail', 2)], 'en', 'th');

    expect(first.texts.map(shown)).toEqual(['[api] IS WELL', '[web] IS WELL']);
    expect(second.texts).toEqual([[{ keep: 'mail', id: 2 }, ' IS WELL']]);
    expect(asked).toHaveLength(1);
  });

  test('keeps the order that the translation gave the pieces', async () => {
    const { made, asked } = scene({ translate: async (text) => text.toReversed() });

    await made.translate([both('a', 'b')], 'en', 'th');
    const again = await made.translate([both('c', 'd')], 'en', 'th');

    expect(shown(again.texts[0])).toBe('[d] before [c]');
    expect(asked).toHaveLength(1);
  });

  test('tells languages, directions and words that look like pieces apart', async () => {
    const { made, asked } = scene();

    await made.translate([of('api')], 'en', 'th');
    await made.translate([of('api')], 'en', 'vi');
    await made.translate([of('api')], 'th', 'en');
    await made.translate([['0', ' is well']], 'en', 'th');

    expect(asked).toHaveLength(4);
  });

  test('outlives the process for thirty days', async () => {
    const { made, begin, clock, asked } = scene();
    await made.translate([of('api')], 'en', 'th');

    await begin().translate([of('api')], 'en', 'th');
    expect(asked).toHaveLength(1);

    await clock.advance(31 * 24 * 3_600_000);
    await begin().translate([of('api')], 'en', 'th');
    expect(asked).toHaveLength(2);
  });

  test('asks once for a text that two cards want at the same time', async () => {
    const { made, asked } = scene();

    const cards = await Promise.all([made.translate([of('a')], 'en', 'th'), made.translate([of('b')], 'en', 'th')]);

    expect(cards.map(({ texts }) => shown(texts[0]))).toEqual(['[a] IS WELL', '[b] IS WELL']);
    expect(asked).toHaveLength(1);
  });

  test('takes no more than its places in the Store, however many texts there are', async () => {
    const { made, store } = scene({ charactersPerDay: 1e9 });

    for (let n = 0; n < 20_000; n += 1000) {
      await made.translate(
        Array.from({ length: 1000 }, (_, at) => [letters(n + at)]),
        'en',
        'th',
      );
    }

    const held = await store.list('translation/');
    expect(held.length).toBeGreaterThan(5000);
    expect(held.length).toBeLessThanOrEqual(16_384);
  });

  test('does not keep a text that lost a piece', async () => {
    const { made, asked } = scene({ translate: async () => undefined });

    expect(await made.translate([of('api')], 'en', 'th')).toEqual({ texts: [undefined], trouble: { kind: 'lost' } });
    await made.translate([of('api')], 'en', 'th');

    expect(asked).toHaveLength(2);
  });
});

describe('the budget', () => {
  const cost = of('api').reduce((sum, it) => sum + (typeof it === 'string' ? it.length : it.keep.length + around), 0);

  test('is for a day of UTC: spent until midnight, then there is a new one', async () => {
    const { made, clock } = scene({ charactersPerDay: cost });
    await made.translate([of('api')], 'en', 'th');

    const spent = await made.translate([of('api')], 'en', 'vi');
    expect(spent).toEqual({ texts: [undefined], trouble: { kind: 'spent', until: Date.UTC(2026, 10, 24) } });

    await clock.advance(2 * 3_600_000);
    expect((await made.translate([of('api')], 'en', 'vi')).trouble).toBeUndefined();
  });

  test('does not stop what is in the cache', async () => {
    const { made, asked } = scene({ charactersPerDay: cost });
    await made.translate([of('api')], 'en', 'th');

    const { texts, trouble } = await made.translate([of('web'), ['more']], 'en', 'th');

    expect(texts.map(shown)).toEqual(['[web] IS WELL', '']);
    expect(trouble?.kind).toBe('spent');
    expect(asked).toHaveLength(1);
  });

  test('is one for several processes, and never exceeded by any number at once', async () => {
    const { begin, asked, store } = scene({ charactersPerDay: 30 });
    const texts = ['aaaaaaaa', 'bbbbbbbb', 'cccccccc', 'dddddddd', 'eeeeeeee', 'ffffffff'];

    const all = await Promise.all(texts.map((text) => begin().translate([[text]], 'en', 'th')));

    expect(asked).toHaveLength(3);
    expect(all.filter(({ trouble }) => trouble?.kind === 'spent')).toHaveLength(3);
    expect((await store.list<{ characters: number }>('spent/'))[0]!.value.characters).toBe(24);
  });

  test('gets back what was taken for texts that were not answered', async () => {
    const failing = scene({
      translate: async () => {
        throw down();
      },
    });

    await failing.made.translate([of('api'), ['more']], 'en', 'th');
    await settle();

    expect((await failing.store.list<{ characters: number }>('spent/'))[0]!.value.characters).toBe(0);
  });
});

describe('a translator that is slow or down', () => {
  test('holds a card up for three seconds, and the answer is there the next time', async () => {
    const { promise, resolve } = Promise.withResolvers<Segment[]>();
    const { made, clock, asked } = scene({
      translate: (text) => (shown(text) === 'slow' ? promise : Promise.resolve(['fast'])),
    });

    const card = made.translate([['quick'], ['slow']], 'en', 'th');
    await clock.advance(3000);

    expect(await card).toEqual({ texts: [['fast'], undefined], trouble: { kind: 'down' } });
    resolve(['at last']);
    await settle();
    expect(await made.translate([['slow']], 'en', 'th')).toEqual({ texts: [['at last']] });
    expect(asked).toEqual(['quick', 'slow']);
  });

  test('is left alone for a while after a failure, and a message from a person is tried all the same', async () => {
    const { made, clock, asked, warnings } = scene({
      translate: async () => {
        throw down();
      },
    });
    await made.translate([['one']], 'en', 'th');

    expect(await made.translate([['two']], 'en', 'th')).toEqual({ texts: [undefined], trouble: { kind: 'down' } });
    expect(asked).toEqual(['one']);
    expect(warnings).toHaveLength(1);

    await inbound(made)(['three'], 'th');
    expect(asked).toEqual(['one', 'three']);
    await clock.advance(15_000);
    await made.translate([['four']], 'en', 'th');
    expect(asked).toEqual(['one', 'three', 'four']);
  });

  test('is asked for sixteen texts at once and no more', async () => {
    let running = 0;
    let most = 0;
    const { made } = scene({
      async translate() {
        most = Math.max(most, ++running);
        await settle(1);
        running -= 1;
        return ['x'];
      },
    });

    await made.translate(
      Array.from({ length: 60 }, (_, n) => ['x'.repeat(n + 1)]),
      'en',
      'th',
    );

    expect(most).toBe(16);
  });

  test('or a Store that fails never makes it throw', async () => {
    const store: Store = {
      ...memoryStore(testClock()),
      get: () => Promise.reject(new Error('disk')),
    };
    const { made } = scene({ store });

    expect(await made.translate([['x']], 'en', 'th')).toEqual({ texts: [undefined], trouble: { kind: 'down' } });
  });
});

describe('a message', () => {
  test('is read in English, with its names', async () => {
    const { made } = scene();

    expect(shown(await inbound(made)([{ keep: 'api', id: 0 }, ' ok'], 'th'))).toBe('[api] OK');
  });

  test('in a language that cannot be translated is nothing, and nobody is asked', async () => {
    const { made, asked } = scene();

    expect(await inbound(made)(['kaixo'], 'eu')).toBeUndefined();
    expect(asked).toEqual([]);
  });
});
