// What a platform changes: numbers and versions, once, watched to their end.
import { expect, it } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import { deployed, operation, statusOf, type Part } from './about.ts';

export const changing: Part = (about, account) => {
  it('sets the numbers once, however often it is asked, and is done when all are healthy', async () => {
    const here = await account();
    const since = here.now();
    const change = { sizes: about.sizes, operation, since };

    await here.platform.scale!(here.of, change);
    await here.platform.scale!(here.of, change);
    const seen = await here.watched(here.of, { change: { kind: 'scale', sizes: about.sizes }, since });
    await here.platform.scale!(here.of, change);

    const status = await statusOf(here);
    expect(here.calls(...about.scales)).toHaveLength(1);
    expect(seen.map((one) => one.state).slice(0, -1)).not.toContain('done');
    expect(seen.at(-1)).toMatchObject({ state: 'done', steps: [{ state: 'done' }, { state: 'done' }] });
    expect(seen.at(-1)!.capacity.healthy).toBeGreaterThanOrEqual(about.sizes.min);
    expect(status.capacity).toMatchObject(about.sizes);
  });

  it('is not done while the new ones are on their way', async () => {
    const here = await account();
    const before = (await statusOf(here)).capacity.running;
    const since = here.now();

    await here.platform.scale!(here.of, { sizes: about.sizes, operation, since });
    here.step(5);
    const progress = await here.platform.progress!(here.of, { change: { kind: 'scale', sizes: about.sizes }, since });

    expect(before).toBeLessThan(about.sizes.min);
    expect(progress).toMatchObject({ state: 'running', capacity: { healthy: before } });
  });

  it('says numbers that somebody else has changed since are not there', async () => {
    const here = await account();
    const since = here.now();
    const change = { kind: 'scale' as const, sizes: about.sizes };
    await here.platform.scale!(here.of, { sizes: about.sizes, operation, since });
    here.step(180);

    here.control.outside(about.target, { min: about.sizes.min - 1, max: about.sizes.max + 1 });
    here.step(180);
    const progress = await here.platform.progress!(here.of, { change, since });

    expect(progress).toMatchObject({ state: 'failed', steps: [{ kind: 'numbers', state: 'failed' }, {}] });
  });

  it('deploys once, however often it is asked, and is done when the version runs everywhere', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, about.good);
    const since = here.now();
    const change = { artifact, operation, since };

    const handle = await here.platform.deploy!(here.of, change);
    const again = await here.platform.deploy!(here.of, change);
    const seen = await here.watched(here.of, { change: { kind: 'deploy', artifact }, handle, since });
    const late = await here.platform.deploy!(here.of, change);

    const status = await statusOf(here);
    expect([again, late]).toEqual([handle, handle]);
    for (const call of about.deploys) expect(here.calls(call)).toHaveLength(1);
    expect(seen[0]).toMatchObject({ state: 'running', updated: 0 });
    expect(seen.at(-1)).toMatchObject({ state: 'done', updated: status.capacity.desired });
    expect(seen.at(-1)).not.toHaveProperty('cause');
    expect(status).toMatchObject({ health: 'healthy', version: { label: about.good } });
  });

  it('reports a version that cannot become healthy as failed, with its cause, and never as done', async () => {
    const here = await account();

    const made = await deployed(here, about.bad);
    const seen = await here.watched(here.of, made);

    expect(seen.map((one) => one.state)).not.toContain('done');
    const version = about.badEnds === 'rolled-back' ? { version: about.current } : {};
    expect(seen.at(-1)).toMatchObject({ state: about.badEnds, cause: { kind: about.badCause }, ...version });
  });

  it('does not deploy a version again after it has failed within the same operation', async () => {
    const here = await account();
    const artifact = await here.platform.resolve!(here.of, about.bad);
    const change = { artifact, operation, since: here.now() };
    const handle = await here.platform.deploy!(here.of, change);
    await here.watched(here.of, { change: { kind: 'deploy', artifact }, handle, since: change.since });

    await here.platform.deploy!(here.of, change);

    for (const one of about.deploys) expect(here.calls(one)).toHaveLength(1);
  });

  it('stops a deployment and goes back, once', async () => {
    const here = await account();
    const made = await deployed(here, about.good);
    here.step(25);

    await here.platform.abort!(here.of, made);
    await here.platform.abort!(here.of, made);
    const seen = await here.watched(here.of, made);

    const status = await statusOf(here);
    expect(here.calls(about.aborts)).toHaveLength(1);
    expect(seen[0]?.state).toBe('rolling-back');
    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: about.current });
    expect(status).toMatchObject({ health: 'healthy', version: { label: about.current } });
  });

  it('refuses to stop what is over', async () => {
    const here = await account();
    const made = await deployed(here, about.good);
    await here.watched(here.of, made);

    const refused: unknown = await here.platform.abort!(here.of, made).catch((error: unknown) => error);

    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ reason: { say: 'refuse.over' } });
    expect(here.calls(about.aborts)).toEqual([]);
  });

  it('goes back to what ran before a deployment, and then to what ran before that', async () => {
    const here = await account();
    await here.watched(here.of, await deployed(here, about.good));
    here.step(600);

    const before = (await here.platform.previous!(here.of))!;
    const since = here.now();
    const handle = await here.platform.deploy!(here.of, { artifact: before, operation, since });
    const seen = await here.watched(here.of, { change: { kind: 'deploy', artifact: before }, handle, since });
    const next = await here.platform.previous!(here.of);

    expect(before.label).toBe(about.current);
    expect(seen.at(-1)?.state).toBe('done');
    expect(next?.label).toBe(about.good);
  });
};
