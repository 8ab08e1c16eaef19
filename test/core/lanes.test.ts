import { expect, test } from 'vitest';
import { lanes } from '../../src/core/lanes.ts';

/** Work that notes its begin and end, and ends when it is told to. */
function work(name: string, story: string[]) {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const run = async () => {
    story.push(`${name} begins`);
    await promise.finally(() => story.push(`${name} ends`));
  };
  return { run, resolve, reject };
}

test('work in one lane runs in the order it came, lanes run side by side', async () => {
  const story: string[] = [];
  const inOrder = lanes();
  const [a, b, other] = [work('a', story), work('b', story), work('other', story)];

  const all = [inOrder('one', a.run), inOrder('one', b.run), inOrder('two', other.run)];
  other.resolve();
  await all[2];
  b.resolve();
  a.resolve();
  await Promise.all(all);

  expect(story).toEqual(['a begins', 'other begins', 'other ends', 'a ends', 'b begins', 'b ends']);
});

test('what fails says so to its caller and does not stop what waits behind it', async () => {
  const story: string[] = [];
  const inOrder = lanes();
  const [a, b] = [work('a', story), work('b', story)];

  const first = inOrder('one', a.run);
  const second = inOrder('one', b.run);
  a.reject(new Error('broken'));
  b.resolve();

  await expect(first).rejects.toThrow('broken');
  await second;
  expect(story.at(-1)).toBe('b ends');
});
