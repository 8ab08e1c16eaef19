import { describe, expect, it } from 'vitest';
import { account, failure, statusOf, type Account } from './account.ts';

const name = 'shop-events-prod';
const operation = 'op_1';

/** Tries to start it as an operation does: again when AWS was not ready. */
async function begun(here: Account, version: string, percent: number) {
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const start = () => here.platform.deploy!(here.of, { artifact, operation, since, percent });
  const first = await failure(start());
  here.step(60);
  const handle = await start();
  return { first, about: { change: { kind: 'deploy' as const, artifact, percent }, handle, since }, start };
}

const updates = (here: Account) =>
  here.control.calls().filter(({ operation: called }) => called === 'UpdateEnvironment');

describe('splitting the traffic', () => {
  it('sets the share first, then deploys, and shows both versions with theirs until the new one has all', async () => {
    const here = await account(name);

    const { first, about, start } = await begun(here, 'v0.4.0', 25);
    await start();
    const seen = await here.watched(here.of, about);

    expect(first).toMatchObject({ name: 'PlatformError', reason: 'busy', retryable: true });
    expect(updates(here)).toHaveLength(2);
    expect(seen.find(({ shares }) => shares)?.shares).toEqual([
      { version: 'v0.3.0', percent: 75 },
      { version: 'v0.4.0', percent: 25 },
    ]);
    expect(seen.at(-1)).toMatchObject({ state: 'done' });
    expect(seen.at(-1)).not.toHaveProperty('shares');
    expect((await statusOf(here)).version?.label).toBe('v0.4.0');
  });

  it('needs no first step where the share is set already, and says so in its calls', async () => {
    const here = await account(name);
    const artifact = await here.platform.resolve!(here.of, 'v0.4.0');
    const planned = (percent: number) => here.platform.calls!(here.of, { kind: 'deploy', artifact, percent });

    expect((await planned(10)).map(({ input }) => Object.keys(input))).toEqual([['EnvironmentId', 'VersionLabel']]);
    expect((await planned(30)).map(({ input }) => Object.keys(input))).toEqual([
      ['EnvironmentId', 'OptionSettings'],
      ['EnvironmentId', 'VersionLabel'],
    ]);
    await here.platform.deploy!(here.of, { artifact, operation, since: here.now(), percent: 10 });
    expect(updates(here)).toHaveLength(1);
  });

  it('ends on the old version when the new one is bad', async () => {
    const here = await account(name);
    here.control.addVersion('shop-events', 'v0.4.1', { bad: true });

    const { about } = await begun(here, 'v0.4.1', 50);
    const seen = await here.watched(here.of, about);

    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: 'v0.3.0', cause: { kind: 'update-failed' } });
  });

  it('ends on the old version when it is stopped', async () => {
    const here = await account(name);
    const { about } = await begun(here, 'v0.4.0', 50);
    here.step(130);
    expect((await here.platform.progress!(here.of, about)).shares).toBeDefined();

    await here.platform.abort!(here.of, about);
    const seen = await here.watched(here.of, about);

    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: 'v0.3.0' });
    expect((await statusOf(here)).version?.label).toBe('v0.3.0');
  });

  it('is only for environments whose deployments split it', async () => {
    const here = await account('shop-web-prod');
    const artifact = await here.platform.resolve!(here.of, 'v2.32.0');

    const refused = await failure(
      here.platform.deploy!(here.of, { artifact, operation, since: here.now(), percent: 25 }),
    );

    expect(await here.platform.splits!(here.of)).toBe(false);
    expect(refused).toMatchObject({ name: 'Refusal' });
    expect(updates(here)).toEqual([]);
  });
});
