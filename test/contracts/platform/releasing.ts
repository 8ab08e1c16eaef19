// Restarts and swaps: short changes that leave no trace but what AWS says of them.
import { expect, it } from 'vitest';
import { operation, type Part } from './about.ts';

export const releasing: Part = (about, account) => {
  it('restarts once, however often it is asked, and is done when all are healthy again', async () => {
    const here = await account();
    const since = here.now();

    const handle = await here.platform.restart!(here.of, { operation, since });
    const again = await here.platform.restart!(here.of, { operation, since });
    const seen = await here.watched(here.of, { change: { kind: 'restart' }, ...(handle ? { handle } : {}), since });

    expect(again).toBe(handle);
    expect(here.calls(about.restarts)).toHaveLength(1);
    expect(seen.map((one) => one.state).slice(0, -1)).not.toContain('done');
    expect(seen.at(-1)).toMatchObject({ state: 'done' });
  });

  if (about.swapsWith !== undefined) swaps(about, account);
};

const swaps: Part = (about, account) => {
  it('swaps addresses once, however often it is asked, and is done when both are ready', async () => {
    const here = await account();
    const other = await here.target(about.swapsWith!);
    const addresses = async () => {
      const found = await here.platform.status([here.of, other]);
      return [here.of, other].map(({ key }) => {
        const status = found.get(key);
        return status instanceof Error ? undefined : status?.address;
      });
    };
    const [mine, theirs] = await addresses();
    const since = here.now();

    await here.platform.swap!(here.of, { other, operation, since });
    await here.platform.swap!(here.of, { other, operation, since });
    const seen = await here.watched(here.of, { change: { kind: 'swap', other }, since });
    await here.platform.swap!(here.of, { other, operation, since });

    expect(here.calls('SwapEnvironmentCNAMEs')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ state: 'done' });
    expect(await addresses()).toEqual([theirs, mine]);
  });
};
