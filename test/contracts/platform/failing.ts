// What a platform does when AWS does not do its part.
import { expect, it } from 'vitest';
import { PlatformError } from '../../../src/core/errors.ts';
import { operation, statusOf, type Part } from './about.ts';

export const failing: Part = (about, account) => {
  it('is not sure of numbers whose answer was lost, and does not set them again', async () => {
    const here = await account();
    const change = { sizes: about.sizes, operation, since: here.now() };
    here.control.fault({ operation: about.scales[0]!, kind: 'timeout-after', times: 1 });

    const lost: unknown = await here.platform.scale!(here.of, change).catch((error: unknown) => error);
    await here.platform.scale!(here.of, change);

    expect(lost).toMatchObject({ name: 'PlatformError', unsure: true, retryable: true });
    expect(here.calls(...about.scales)).toHaveLength(1);
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

    for (const secret of [...about.secrets, ...(about.names ?? [])]) expect(said).not.toContain(secret);
  });
};
