// Deployments that pause at a lifecycle hook until somebody, or the time, decides.
import { describe, expect, it } from 'vitest';
import { account, asked, deployed, failure, statusOf, type Here } from './account.ts';

type Made = Awaited<ReturnType<typeof deployed>>;

/** An account where api-prod pauses, and a deployment that waits there. */
async function paused(rules: { minutes?: number; action?: 'CONTINUE' | 'ROLLBACK' } = {}) {
  const here = await account();
  here.control.deploymentRules('api-prod', { pause: rules });
  const made = await deployed(here, '1.9.0');
  const hook = await untilPaused(here, made);
  return { here, made, hook };
}

async function untilPaused(here: Here, made: Made): Promise<string> {
  for (let looks = 0; looks < 60; looks += 1) {
    const { pause } = await here.platform.progress!(here.of, made);
    if (pause) return pause.hook;
    here.step(5);
  }
  throw new Error('does not pause');
}

describe('a deployment that pauses', () => {
  it('says so, and until when, with the new tasks beside all the old ones', async () => {
    const { here, made } = await paused({ minutes: 30 });
    here.step(600);

    const progress = await here.platform.progress!(here.of, made);

    expect(progress).toMatchObject({
      state: 'running',
      updated: 3,
      steps: [{ kind: 'start', state: 'done' }, { kind: 'old', left: 3 }, {}],
      pause: { hook: expect.stringMatching(/^ecs-pause-/u), until: expect.any(Number) },
    });
    const left = (progress.pause!.until! - here.now()) / 60_000;
    expect(left).toBeGreaterThan(19);
    expect(left).toBeLessThan(20.1);
  });

  it('goes on when told to, once, and is done', async () => {
    const { here, made, hook } = await paused();

    await here.platform.resume!(here.of, { hook, action: 'continue' });
    const again = await failure(here.platform.resume!(here.of, { hook, action: 'continue' }));
    const seen = await here.watched(here.of, made);

    expect(again).toMatchObject({ reason: { say: 'refuse.not-waiting' } });
    expect(here.calls('ContinueServiceDeployment')).toHaveLength(1);
    expect(seen[0]).not.toHaveProperty('pause');
    expect(seen.at(-1)).toMatchObject({ state: 'done', updated: 3 });
    expect((await statusOf(here)).version?.label).toBe('1.9.0');
  });

  it('goes back when told to', async () => {
    const { here, made, hook } = await paused();

    await here.platform.resume!(here.of, { hook, action: 'rollback' });
    const seen = await here.watched(here.of, made);

    expect(seen[0]?.state).toBe('rolling-back');
    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: '1.8.0', cause: { kind: 'update-failed' } });
  });

  it('can be stopped while it waits; then nobody can continue it', async () => {
    const { here, made, hook } = await paused();

    await here.platform.abort!(here.of, made);
    const late = await failure(here.platform.resume!(here.of, { hook, action: 'continue' }));
    const seen = await here.watched(here.of, made);

    expect(late).toMatchObject({ reason: { say: 'refuse.not-waiting' } });
    expect(here.calls('ContinueServiceDeployment')).toEqual([]);
    expect(seen.at(-1)?.state).toBe('rolled-back');
  });

  it.each([
    { action: 'ROLLBACK' as const, ends: 'rolled-back' },
    { action: 'CONTINUE' as const, ends: 'done' },
  ])('for longer than it may is $ends when AWS decides $action', async ({ action, ends }) => {
    const { here, made, hook } = await paused({ minutes: 10, action });
    here.step(601);

    const late = await failure(here.platform.resume!(here.of, { hook, action: 'continue' }));
    const seen = await here.watched(here.of, made);

    expect(late).toMatchObject({ reason: { say: 'refuse.not-waiting' } });
    expect(seen.at(-1)?.state).toBe(ends);
  });

  it('is decided once when the answer was lost on the way', async () => {
    const { here, made, hook } = await paused();
    here.control.fault({ kind: 'timeout-after', operation: 'ContinueServiceDeployment', times: 1 });

    const lost = await failure(here.platform.resume!(here.of, { hook, action: 'continue' }));
    const again = await failure(here.platform.resume!(here.of, { hook, action: 'continue' }));

    expect(lost).toMatchObject({ unsure: true });
    expect(again).toMatchObject({ reason: { say: 'refuse.not-waiting' } });
    expect(here.calls('ContinueServiceDeployment')).toHaveLength(1);
    expect((await here.watched(here.of, made)).at(-1)?.state).toBe('done');
  });

  it('costs services without such hooks no call', async () => {
    const here = await account();

    await here.watched(here.of, await deployed(here, '1.9.0'));

    expect(asked(here)).not.toContain('DescribeServiceDeployments');
  });
});

describe('an alarm', () => {
  it('has AWS go back from a deployment, which is reported with the cause and never as done', async () => {
    const here = await account();
    here.control.deploymentRules('api-prod', { pause: { minutes: 60 }, alarms: ['api-prod-cpu'] });
    const made = await deployed(here, '1.9.0');
    await untilPaused(here, made);

    here.control.load('api-prod', 4000);
    const seen = await here.watched(here.of, made);

    expect(seen.map((one) => one.state)).not.toContain('done');
    expect(seen.at(-1)).toMatchObject({
      state: 'rolled-back',
      version: '1.8.0',
      cause: { kind: 'update-failed', words: expect.stringContaining('alarm') },
    });
  });

  it('without leave to go back stops the deployment, which has failed then', async () => {
    const here = await account();
    here.control.deploymentRules('api-prod', { pause: { minutes: 60 }, alarms: ['api-prod-cpu'], rollback: false });
    const made = await deployed(here, '1.9.0');
    await untilPaused(here, made);

    here.control.load('api-prod', 4000);
    const seen = await here.watched(here.of, made);
    const over = await failure(here.platform.abort!(here.of, made));

    expect(seen.at(-1)).toMatchObject({ state: 'failed', cause: { words: expect.stringContaining('alarm') } });
    expect(over).toMatchObject({ reason: { say: 'refuse.over' } });
  });
});
