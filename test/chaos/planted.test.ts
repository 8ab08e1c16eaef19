import { describe, expect, test } from 'vitest';
import { draw } from './draw.ts';
import { described } from './faults.ts';
import { runOne } from './one.ts';
import { plants, shown } from './plants.ts';

const shapes = [{ replicas: 1, store: 'sqlite' }] as const;
const patience = { timeout: 240_000 };
const clean = [100, 102, 113].map((seed) => draw(seed, { shapes }));

describe.concurrent('a bot with a broken piece fails', () => {
  test.each(Object.entries(plants))('%s', patience, async (name, plant) => {
    const found: string[] = [];
    for (let attempt = 0; attempt < 4 && found.length === 0; attempt += 1) {
      const { problems } = await runOne(shown(draw(1, { shapes }), plant, attempt), { plant: name });
      found.push(...problems.filter((problem) => !problem.includes('broken off')));
    }

    expect(found).not.toEqual([]);
  });
});

describe.concurrent('the bot as it is keeps its promises', () => {
  test.each(clean.map((drawn) => [`${drawn.scenario}: ${drawn.faults.map(described).join(', ')}`, drawn] as const))(
    '%s',
    patience,
    async (_, drawn) => {
      const { problems, log } = await runOne(drawn);

      expect(problems.length === 0 ? [] : [...problems, ...log]).toEqual([]);
    },
  );
});

test('the same seed gives the same run', () => {
  expect(draw(7, { shapes })).toEqual(draw(7, { shapes }));
  expect(draw(7, { shapes })).not.toEqual(draw(8, { shapes }));
});
