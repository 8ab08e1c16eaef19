// What every platform does, shown by the real SDK clients on a simulated account.
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { PlatformError, Refusal } from '../../src/core/errors.ts';
import type { CauseKind, Status, Target } from '../../src/core/ports.ts';
import { simulated, type Make, type Simulated } from '../platforms/simulated.ts';

export type Case = {
  make: Make;
  /** A healthy target that can be scaled and deployed to, and what it runs. */
  target: string;
  current: string;
  /** New numbers, none of them the current ones. */
  sizes: { min: number; max: number };
  good: string;
  /** Cannot become healthy. */
  bad: string;
  badEnds: 'failed' | 'rolled-back';
  badCause: CauseKind;
  /** Does not exist, but looks like `near`. */
  unknown: string;
  near: string;
  /** How the target is broken from outside, and what is said then. */
  breakage: string;
  brokenCause: CauseKind;
  /** Operations that change something, by change. */
  scales: readonly string[];
  deploys: readonly string[];
  aborts: string;
  /** The operation that lists targets and the one that tells their state. */
  lists: string;
  describes: string;
  /** Values that must never be said. */
  secrets: readonly string[];
};

const operation = 'op_1';

type Here = Simulated & { of: Target };

async function statusOf({ platform, of }: Here): Promise<Status> {
  const status = (await platform.status([of])).get(of.key);
  if (!status || status instanceof Error) throw status ?? new Error('no status');
  return status;
}

/** Starts a deployment as an operation of its own, and returns what watching it takes. */
async function deployed({ now, of, platform }: Here, version: string) {
  const artifact = await platform.resolve!(of, version);
  const since = now();
  const handle = await platform.deploy!(of, { artifact, operation: `op ${version} ${since}`, since });
  return { change: { kind: 'deploy' as const, artifact }, handle, since };
}

/** Runs the contract; every test has an account of its own. */
export function platformContract(name: string, about: Case): void {
  describe(`${name} as a platform`, () => {
    const asked = new Set<string>();
    let permissions: readonly string[] = [];

    async function account(): Promise<Here> {
      const here = await simulated(about.make);
      ({ permissions } = here.platform);
      onTestFinished(() => {
        for (const call of here.control.calls()) asked.add(`${call.service}:${call.operation}`);
      });
      return { ...here, of: await here.target(about.target) };
    }

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

    it('is not sure of numbers whose answer was lost, and does not set them again', async () => {
      const here = await account();
      const change = { sizes: about.sizes, operation, since: here.now() };
      here.control.fault({ operation: about.scales[0]!, kind: 'timeout-after', times: 1 });

      const lost: unknown = await here.platform.scale!(here.of, change).catch((error: unknown) => error);
      await here.platform.scale!(here.of, change);

      expect(lost).toMatchObject({ name: 'PlatformError', unsure: true, retryable: true });
      expect(here.calls(...about.scales)).toHaveLength(1);
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

    it.each(about.deploys)('does not make the change again when the answer of %s was lost', async (call) => {
      const here = await account();
      const artifact = await here.platform.resolve!(here.of, about.good);
      const change = { artifact, operation, since: here.now() };
      here.control.fault({ operation: call, kind: 'timeout-after', times: 1 });

      const lost: unknown = await here.platform.deploy!(here.of, change).catch((error: unknown) => error);
      here.step(3);
      const handle = await here.platform.deploy!(here.of, change);
      const since = change.since;
      const seen = await here.watched(here.of, { change: { kind: 'deploy', artifact }, handle, since });

      expect(lost).toMatchObject({ name: 'PlatformError', unsure: true });
      for (const one of about.deploys) expect(here.calls(one)).toHaveLength(1);
      expect(seen.at(-1)?.state).toBe('done');
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

    it('tries a throttled read again', async () => {
      const here = await account();
      here.control.clearCalls();
      here.control.fault({ operation: about.describes, kind: 'throttle', times: 1 });

      expect(await statusOf(here)).toMatchObject({ health: 'healthy' });
      expect(here.calls(about.describes).map((call) => call.status)).toEqual([400, 200]);
    });

    it.each([
      { kind: 'deny' as const, reason: 'denied', retryable: false },
      { kind: 'throttle' as const, reason: 'throttled', retryable: true },
      { kind: 'error' as const, reason: 'broken', retryable: true },
      { kind: 'garbage' as const, reason: 'broken', retryable: true },
      { kind: 'timeout-before' as const, reason: 'unreachable', retryable: true },
    ])('says $reason when reading meets "$kind"', async ({ kind, reason, retryable }) => {
      const here = await account();
      here.control.fault({ operation: about.describes, kind });

      const found = (await here.platform.status([here.of])).get(here.of.key);

      expect(found).toBeInstanceOf(PlatformError);
      expect(found).toMatchObject({ platform: here.platform.id, operation: about.describes, reason, retryable });
      expect(found).toMatchObject({ unsure: false });
    });

    it.each([
      { kind: 'deny' as const, reason: 'denied', unsure: false },
      { kind: 'throttle' as const, reason: 'throttled', unsure: false },
      { kind: 'error' as const, reason: 'broken', unsure: true },
      { kind: 'garbage' as const, reason: 'broken', unsure: true },
      { kind: 'timeout-before' as const, reason: 'unreachable', unsure: true },
    ])('is unsure ($unsure) of a change that meets "$kind"', async ({ kind, reason, unsure }) => {
      const here = await account();
      here.control.fault({ operation: about.scales[0]!, kind });
      const change = { sizes: about.sizes, operation, since: here.now() };

      const failed: unknown = await here.platform.scale!(here.of, change).catch((error: unknown) => error);

      expect(failed).toMatchObject({ operation: about.scales[0], reason, unsure });
      expect(here.calls(about.scales[0]!)).toHaveLength(kind === 'throttle' ? 3 : 1);
    });

    it('never says the values of settings and secrets', async () => {
      const here = await account();
      here.control.fault({ operation: about.deploys.at(-1)!, kind: 'deny' });
      const artifact = await here.platform.resolve!(here.of, about.good);

      const failed: unknown = await here.platform.deploy!(here.of, { artifact, operation, since: here.now() }).catch(
        (error: unknown) => error,
      );
      const said = JSON.stringify([
        await statusOf(here),
        await here.platform.versions!(here.of),
        await here.platform.events!(here.of, 0),
        artifact,
        String(failed),
        failed,
      ]);

      for (const secret of about.secrets) expect(said).not.toContain(secret);
    });

    afterAll(() => {
      // Everything the tests above had it call, and nothing it does not call.
      expect([...asked].toSorted()).toEqual(permissions.toSorted());
    });
  });
}
