// What a platform tells: targets, their state, versions, events and load.
import { expect, it } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import { deployed, statusOf, type Part } from './about.ts';

export const looking: Part = (about, account) => {
  it('lists every target once, by a key that says where it is', async () => {
    const here = await account();

    const { targets, failed } = await here.platform.list();

    const keys = targets.map((one) => one.key);
    expect(failed).toEqual([]);
    expect(new Set(keys).size).toBe(keys.length);
    for (const one of targets) {
      expect(one.key).toBe([here.platform.id, one.account, one.region, one.group, one.name].join('/'));
      expect(one.stage).toMatch(/^(prod|staging)$/u);
    }
  });

  it('names a region that fails and still lists the others', async () => {
    const here = await account();
    const everywhere = (await here.platform.list()).targets;
    here.control.fault({ operation: about.lists, region: 'us-west-2', kind: 'deny' });

    const { targets, failed } = await here.platform.list();

    expect(failed).toEqual([{ region: 'us-west-2', reason: expect.objectContaining({ reason: 'denied' }) }]);
    expect(targets).toEqual(everywhere.filter((one) => one.region !== 'us-west-2'));
  });

  it('tells how a healthy target is', async () => {
    const here = await account();

    const status = await statusOf(here);

    expect(status).toMatchObject({ health: 'healthy', causes: [], hindrances: {}, at: here.now() });
    expect(status.version).toMatchObject({ label: about.current, since: expect.any(Number) });
    expect(status.version!.since).toBeLessThan(here.now());
    const { min, max, desired, running, healthy, pending } = status.capacity;
    expect(min).toBeLessThanOrEqual(desired);
    expect(desired).toBeLessThanOrEqual(max!);
    expect([running, healthy, pending]).toEqual([desired, desired, 0]);
    expect(status.console).toMatch(/^https:\/\/ap-northeast-2\.console\.aws\.amazon\.com\//u);
  });

  it('tells what is wrong with one that is not, and since it is mended nothing', async () => {
    const here = await account();

    here.control.breakTarget(about.target, about.breakage);
    here.step(90);
    const broken = await statusOf(here);
    here.control.breakTarget(about.target, 'ok');
    here.step(30 * 60);
    const mended = await statusOf(here);

    expect(['degraded', 'down']).toContain(broken.health);
    expect(broken.causes[0]?.kind).toBe(about.brokenCause);
    expect(broken.capacity.healthy).toBeLessThan(broken.capacity.desired);
    expect([mended.health, mended.causes]).toEqual(['healthy', []]);
  });

  it('has an error for a target that is gone, and the state of the others', async () => {
    const here = await account();
    const gone = { ...here.of, key: `${here.of.key}-gone`, name: 'gone-service', id: 'e-gone' };

    const found = await here.platform.status([gone, here.of]);

    expect(found.get(gone.key)).toMatchObject({ name: 'PlatformError', reason: 'not-found', unsure: false });
    expect(found.get(here.of.key)).toMatchObject({ health: 'healthy' });
  });

  it('shares calls between callers of the same moment', async () => {
    const here = await account();
    here.control.clearCalls();

    const twice = await Promise.all([here.platform.status([here.of]), here.platform.status([here.of])]);

    expect(twice.map((one) => one.has(here.of.key))).toEqual([true, true]);
    expect(here.calls(about.describes)).toHaveLength(1);
  });

  it('refuses a version that does not exist, with the nearest names, before anything happens', async () => {
    const here = await account();

    const refused: unknown = await here.platform.resolve!(here.of, about.unknown).catch((error: unknown) => error);

    const nearest = expect.stringContaining(about.near);
    expect(refused).toBeInstanceOf(Refusal);
    expect(refused).toMatchObject({ reason: { say: 'refuse.version.unknown', with: { nearest } } });
    expect(here.calls(...about.deploys)).toEqual([]);
  });

  it('knows the versions, newest first, and which of them runs', async () => {
    const here = await account();

    const versions = await here.platform.versions!(here.of);

    const created = versions.map((one) => one.created!);
    expect(created).toEqual(created.toSorted((a, b) => b - a));
    expect(versions.filter((one) => one.state === 'current').map((one) => one.label)).toEqual([about.current]);
    expect(versions.length).toBeLessThanOrEqual(20);
  });

  it('tells what happened since a time, newest first', async () => {
    const here = await account();
    const since = here.now();
    const none = await here.platform.events!(here.of, since);
    await here.watched(here.of, await deployed(here, about.good));

    const events = await here.platform.events!(here.of, since);

    expect(none).toEqual([]);
    expect(events.length).toBeGreaterThan(2);
    expect(events.map((one) => one.at)).toEqual(events.map((one) => one.at).toSorted((a, b) => b - a));
    expect(Math.min(...events.map((one) => one.at))).toBeGreaterThanOrEqual(since);
  });

  it('tells load with the last hour', async () => {
    const here = await account();

    const metrics = await here.platform.metrics!(here.of);

    expect(metrics.requests).toBeGreaterThan(0);
    expect(metrics.p99).toBeGreaterThan(0);
    expect(metrics.cpu).toBeGreaterThan(0);
    expect(metrics.times.length).toBeGreaterThan(5);
    for (const { values } of metrics.series) expect(values).toHaveLength(metrics.times.length);
  });
};
