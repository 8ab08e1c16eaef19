import { expect, it } from 'vitest';
import { batched, each } from '../../src/platforms/batching.ts';
import { bounded } from '../../src/platforms/bounded.ts';

function counting(answer: (keys: readonly string[]) => ReadonlyMap<string, string | Error>, size = 3) {
  const asked: string[][] = [];
  const ask = batched<string, string>({
    group: (key) => key.split('/')[0]!,
    id: (key) => key,
    size,
    ask(keys) {
      asked.push([...keys]);
      return Promise.resolve(answer(keys));
    },
  });
  return { ask, asked };
}

const loud = (keys: readonly string[]) => new Map(keys.map((key) => [key, key.toUpperCase()]));

it('asks once for everybody of one moment, by group, no more than a call takes, and nobody twice', async () => {
  const { ask, asked } = counting(loud);

  const answers = await Promise.all(['a/1', 'a/2', 'b/1', 'a/3', 'a/4', 'a/1'].map(ask));

  expect(answers).toEqual(['A/1', 'A/2', 'B/1', 'A/3', 'A/4', 'A/1']);
  expect(asked).toEqual([['a/1', 'a/2', 'a/3'], ['a/4'], ['b/1']]);
});

it('asks anew for those who come later', async () => {
  const { ask, asked } = counting(loud);

  await ask('a/1');
  await ask('a/1');

  expect(asked).toEqual([['a/1'], ['a/1']]);
});

it('gives an error only to who asked for that key, and nothing where there is no answer', async () => {
  const { ask } = counting((keys) => new Map(keys.slice(1).map((key) => [key, key === 'a/2' ? new Error('no') : key])));

  const answers = await Promise.allSettled([ask('a/1'), ask('a/2'), ask('a/3')]);

  expect(answers).toEqual([
    { status: 'fulfilled', value: undefined },
    { status: 'rejected', reason: new Error('no') },
    { status: 'fulfilled', value: 'a/3' },
  ]);
});

it('fails only those whose call failed', async () => {
  const { ask } = counting((keys) => {
    if (keys.includes('a/1')) throw new Error('down');
    return loud(keys);
  });

  const answers = await Promise.allSettled([ask('a/1'), ask('a/2'), ask('b/1')]);

  expect(answers.map((one) => one.status)).toEqual(['rejected', 'rejected', 'fulfilled']);
});

it('works on no more than so many at a time, and keeps the order', async () => {
  const open: (() => void)[] = [];
  let running = 0;
  let most = 0;
  const done = each([1, 2, 3, 4, 5], 2, async (item) => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => open.push(resolve));
    running -= 1;
    return item * 10;
  });

  for (let finished = 0; finished < 5; finished += 1) {
    open.pop()?.();
    await new Promise((resolve) => setImmediate(resolve));
  }

  expect(await done).toEqual([10, 20, 30, 40, 50]);
  expect(most).toBe(2);
});

it('remembers what was made, drops the oldest, and forgets what failed', async () => {
  const made: string[] = [];
  const kept = bounded<string>(2);
  const make = (key: string) => () => {
    made.push(key);
    return key === 'bad' ? Promise.reject(new Error('no')) : Promise.resolve(key);
  };

  for (const key of ['a', 'a', 'b', 'c', 'a']) await kept(key, make(key));
  for (let time = 0; time < 2; time += 1) await expect(kept('bad', make('bad'))).rejects.toThrow('no');

  expect(made).toEqual(['a', 'b', 'c', 'a', 'bad', 'bad']);
});
