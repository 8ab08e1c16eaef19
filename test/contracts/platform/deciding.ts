// What people are shown before they decide, and what they decide while a change is on its way.
import { expect, it } from 'vitest';
import { deployed, operation, type Here, type Part } from './about.ts';

export const deciding: Part = (about, account) => {
  if (about.influences) shows(about, account);
  if (about.pauses) pauses(about, account);
};

const shows: Part = (about, account) => {
  it('shows the calls of a change, which are those it then makes', async () => {
    const here = await account();
    const change = { kind: 'scale' as const, sizes: about.sizes };

    const shown = await here.platform.calls!(here.of, change);
    const before = here.calls(...about.scales);
    await here.platform.scale!(here.of, { ...change, operation, since: here.now() });

    expect(before).toEqual([]);
    expect(shown.map((one) => one.operation)).toEqual(here.calls(...about.scales).map((one) => one.operation));
  });

  it('shows no secret among the calls of a deployment', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, about.good);

    const shown = await here.platform.calls!(here.of, { kind: 'deploy', artifact });

    expect(shown.map((one) => one.operation)).toEqual(about.deploys);
    for (const secret of about.secrets) expect(JSON.stringify(shown)).not.toContain(secret);
  });

  it('tells what else moves the numbers, and changes nothing', async () => {
    const here = await account();

    const found = await here.platform.influences!(here.of);

    expect(found.map((one) => one.kind)).toEqual(about.influences);
    expect(here.calls(...about.scales, ...about.deploys)).toEqual([]);
  });
};

const pauses: Part = (about, account) => {
  it('has a deployment that pauses go on when told to', async () => {
    const here = await account();
    here.control.deploymentRules(about.target, { pause: {} });
    const made = await deployed(here, about.good);

    await here.platform.resume!(here.of, { hook: await hookOf(here, made), action: 'continue' });
    const seen = await here.watched(here.of, made);

    expect(seen.at(-1)?.state).toBe('done');
  });
};

async function hookOf({ platform, of, step }: Here, made: Awaited<ReturnType<typeof deployed>>): Promise<string> {
  for (let looks = 0; looks < 60; looks += 1) {
    const { pause } = await platform.progress!(of, made);
    if (pause) return pause.hook;
    step(5);
  }
  throw new Error('does not pause');
}
