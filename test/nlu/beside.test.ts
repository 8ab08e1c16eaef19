import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { catalog, type Intent } from '../../intents/catalog.ts';
import { PlatformError } from '../../src/core/errors.ts';
import type { Recognized } from '../../src/core/ports.ts';
import { secondOpinion, threshold, type Beside } from '../../src/nlu/beside.ts';
import type { Scored } from '../../src/nlu/embedded.ts';
import { isChange } from '../../src/nlu/guard.ts';

type Ranked = [Intent, number?][];

/** What comes of the two rankings, whether the cloud was asked, and what it failed with. */
async function both(own: Ranked, cloud: Ranked | Error, about: Partial<Beside> = {}) {
  const scored = own.map(([intent, confidence = 0]): Scored => ({ intent, confidence }));
  const asked: unknown[][] = [];
  const failed: unknown[] = [];
  const recognizer = {
    recognize: (...call: unknown[]) => {
      asked.push(call);
      if (cloud instanceof Error) return Promise.reject(cloud);
      return Promise.resolve(cloud.map(recognized));
    },
  };
  const beside: Beside = {
    text: 'some text',
    locale: 'en-US',
    awaiting: undefined,
    isHeld: false,
    failed: (error) => void failed.push(error),
    ...about,
  };
  const { ranked } = await secondOpinion(recognizer, scored, beside);
  return { ranked: ranked.map((it) => [it.intent, it.confidence]), asked, failed };
}

function recognized([intent, confidence]: Ranked[number]): Recognized {
  return confidence === undefined ? { intent } : { intent, confidence };
}

const rankedOf = async (...given: Parameters<typeof both>) => (await both(...given)).ranked;

describe('one request, once a text', () => {
  test('says the text, its language and what a question waits for', async () => {
    const awaiting = { intent: 'Deploy', slot: 'version', slots: { target: 'api-prod' } } as const;

    const { asked } = await both([['Status', 0.6]], [['Status', 0.9]], { locale: 'ko-KR', awaiting });

    expect(asked).toEqual([['some text', 'ko-KR', awaiting]]);
  });

  test.each<[string, Ranked, Partial<Beside>]>([
    ['an empty text', [], { text: '' }],
    ['a sentence known by heart', [['Scale', 1]], {}],
    ['a change that is named but not asked for', [['Deploy', 0.5]], { isHeld: true }],
  ])('is not made for %s', async (_, own, about) => {
    const { ranked, asked } = await both(own, [['Cancel', 0.9]], about);

    expect(asked).toEqual([]);
    expect(ranked).toEqual(own);
  });

  test('that fails leaves the embedded ranking as it is, and is told', async () => {
    const down = new PlatformError({
      platform: 'lex',
      operation: 'RecognizeText',
      code: 'ThrottlingException',
      reason: 'throttled',
      retryable: true,
      unsure: false,
    });

    const { ranked, failed } = await both([['Scale', 0.5]], down);

    expect(ranked).toEqual([['Scale', 0.5]]);
    expect(failed).toEqual([down]);
  });
});

describe('the same intent', () => {
  test.each<[string, Ranked, Ranked, number]>([
    ['is as sure as the surer of both', [['Scale', 0.5]], [['Scale', 0.9]], 0.9],
    ['is not made less sure', [['Scale', 0.9]], [['Scale', 0.5]], 0.9],
    ['keeps its own score where Lex gives none', [['Scale', 0.5]], [['Scale']], 0.5],
    ['stays a guess where Lex gives no score', [['Scale', 0.3]], [['Scale']], 0.3],
    ['is lifted out of guessing by Lex', [['Scale', 0.3]], [['Scale', 0.6]], 0.6],
    ['is not lifted by what is a guess in Lex, too', [['Status', 0.2]], [['Status', 0.36]], 0.2],
    ['stays a guess where only Lex hears a change', [['Scale', 0.2]], [['Scale', 0.95]], 0.39],
    ['is a look on the word of Lex', [['Status', 0.2]], [['Status', 0.95]], 0.95],
  ])('%s', async (_, own, cloud, confidence) => {
    expect((await rankedOf(own, cloud))[0]).toEqual([own[0]![0], confidence]);
  });

  test('goes on with the embedded engine’s other readings', async () => {
    const own: Ranked = [
      ['Scale', 0.6],
      ['Deploy', 0.3],
    ];

    expect(
      await rankedOf(own, [
        ['Scale', 0.9],
        ['Undo', 0.5],
      ]),
    ).toEqual([
      ['Scale', 0.9],
      ['Deploy', 0.3],
    ]);
  });
});

describe('different intents', () => {
  test('of which one is a change are offered, the best of each in turn', async () => {
    const own: Ranked = [
      ['Undo', 0.94],
      ['Events', 0.3],
    ];

    expect(
      await rankedOf(own, [
        ['Rollback', 0.73],
        ['Deploy', 0.2],
      ]),
    ).toEqual([
      ['Rollback', 0.39],
      ['Undo', 0.39],
      ['Deploy', 0.2],
      ['Events', 0.3],
    ]);
  });

  test.each<[string, Ranked, Ranked]>([
    ['only Lex hears a change', [['Status', 0.92]], [['Deploy', 0.87]]],
    ['only the embedded engine hears a change', [['Deploy', 0.92]], [['Status', 0.87]]],
    ['Lex gives no score', [['Status', 0.92]], [['Deploy']]],
    ['the embedded engine hears nothing', [['Status', 0.1]], [['Deploy', 0.99]]],
  ])('are never done where %s', async (_, own, cloud) => {
    const ranked = await rankedOf(own, cloud);

    expect(ranked.every(([, confidence]) => Number(confidence) < threshold)).toBe(true);
    expect(ranked.map(([intent]) => intent)).toEqual([cloud[0]![0], own[0]![0]]);
  });

  test.each<[string, Ranked, Ranked]>([
    [
      'Lex is in two minds',
      [['Scale', 0.9]],
      [
        ['Deploy', 0.53],
        ['Scale', 0.49],
      ],
    ],
    ['the embedded engine is sure of a look', [['Status', 0.8]], [['Fleet', 0.95]]],
    ['Lex is less sure of a look', [['Status', 0.6]], [['Fleet', 0.5]]],
    ['Lex gives no score for a look', [['Status', 0.6]], [['Fleet']]],
    ['Lex would drop the question', [['Status', 0.6]], [['Cancel', 0.9]]],
    ['Lex would change the language', [['Status', 0.6]], [['Language', 0.9]]],
  ])('are what the embedded engine says where %s', async (_, own, cloud) => {
    expect(await rankedOf(own, cloud)).toEqual(own);
  });

  test('are what Lex says where it is surer of a look', async () => {
    expect((await rankedOf([['Status', 0.6]], [['Events', 0.8]]))[0]).toEqual(['Events', 0.8]);
  });
});

describe('a text the embedded engine hears nothing in', () => {
  test.each<[string, Ranked, Ranked, Ranked]>([
    ['is a look where Lex is sure', [], [['Events', 0.8]], [['Events', 0.8]]],
    ['is nothing where Lex is not sure and it is small talk', [], [['Events', 0.7]], []],
    [
      'is a guess where Lex is not sure',
      [['Help', 0.1]],
      [['Events', 0.7]],
      [
        ['Events', 0.39],
        ['Help', 0.1],
      ],
    ],
    [
      'is a guess where Lex gives no score',
      [['Help', 0.1]],
      [['Events']],
      [
        ['Events', 0.39],
        ['Help', 0.1],
      ],
    ],
    ['is a guess where Lex hears a change', [], [['Deploy', 0.99]], [['Deploy', 0.39]]],
    ['is a guess where Lex would drop the question', [], [['Cancel', 0.99]], [['Cancel', 0.39]]],
  ])('%s', async (_, own, cloud, expected) => {
    expect(await rankedOf(own, cloud)).toEqual(expected);
  });
});

describe('a Lex that says nothing', () => {
  const fallback: Ranked = [
    ['Events', 0.39],
    ['Deploy', 0.2],
  ];
  test.each<[string, Ranked | [], Ranked]>([
    ['a look', fallback, [['Status', 0.5]]],
    ['a change the embedded engine is sure of', fallback, [['Scale', 0.8]]],
    ['a change, with no interpretation at all', [], [['Scale', 0.8]]],
    ['small talk', fallback, []],
    ['a guess', fallback, [['Scale', 0.3]]],
  ])('leaves %s as it is', async (_, cloud, own) => {
    expect(await rankedOf(own, cloud)).toEqual(own);
  });

  test.each([[fallback], [[] as Ranked]])('makes a change that nobody is sure of a guess: %j', async (cloud) => {
    expect(await rankedOf([['Scale', 0.6]], cloud)).toEqual([['Scale', 0.39]]);
  });

  test('is one that takes the text for the answer to a question', async () => {
    const awaiting = { intent: 'Deploy', slot: 'version' } as const;

    expect(await rankedOf([['Status', 0.6]], [['Deploy', 1]], { awaiting })).toEqual([['Status', 0.6]]);
    expect(await rankedOf([], [['Deploy', 1]], { awaiting })).toEqual([]);
  });

  test('is one that hears a change which the text does not ask for', async () => {
    expect(await rankedOf([['Events', 0.6]], [['Rollback', 0.9]], { isHeld: true })).toEqual([['Events', 0.6]]);
  });
});

test('no two rankings make a change surer than the embedded engine is, unless both mean it', async () => {
  const intent = fc.constantFrom(...(Object.keys(catalog) as Intent[]));
  const score = fc.integer({ min: 5, max: 99 }).map((it) => it / 100);
  const ranking = fc
    .uniqueArray(fc.tuple(intent, score), { selector: ([it]) => it, maxLength: 5 })
    .map((list) => list.toSorted((a, b) => b[1] - a[1]));
  const about = fc.record({ isHeld: fc.boolean() });

  await fc.assert(
    fc.asyncProperty(ranking, ranking, about, async (own, cloud, more) => {
      const [best] = await rankedOf(own, cloud, more);
      const isPlanned = best !== undefined && Number(best[1]) >= threshold && isChange(best[0] as Intent);
      const isOwn = isPlanned && own[0]?.[0] === best[0];
      const isTwice = isOwn && cloud[0]?.[0] === best[0] && cloud[0]![1] >= threshold && own[0]![1] >= 0.25;

      expect(isPlanned).toBe(isOwn && (own[0]![1] >= threshold || isTwice));
    }),
    { numRuns: 2000 },
  );
});
