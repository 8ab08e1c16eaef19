// Restarting a service: every task anew, with the version that runs.
import { describe, expect, it } from 'vitest';
import { account, deployed, failure, operation, statusOf, type Here } from './account.ts';

const change = { kind: 'restart' as const };

async function restarted(here: Here) {
  const since = here.now();
  const handle = await here.platform.restart!(here.of, { operation, since });
  return { change, handle: handle!, since };
}

const forced = (here: Here) =>
  here.calls('UpdateService').filter(({ params }) => params['forceNewDeployment'] === true);

describe('restarting', () => {
  it('replaces every task once, however often it is asked, and is done when all are new', async () => {
    const here = await account();
    const before = await statusOf(here);

    const made = await restarted(here);
    const again = await here.platform.restart!(here.of, { operation, since: made.since });
    here.step(5);
    const listed = await here.platform.restart!(here.of, { operation, since: made.since });
    const seen = await here.watched(here.of, made);
    const late = await here.platform.restart!(here.of, { operation, since: made.since });

    expect([again, listed, late]).toEqual([made.handle, made.handle, made.handle]);
    expect(forced(here)).toHaveLength(1);
    expect(here.calls('RegisterTaskDefinition')).toEqual([]);
    expect(seen[0]).toMatchObject({ state: 'running', updated: 0, steps: [{ kind: 'start' }, { left: 3 }, {}] });
    expect(seen.at(-1)).toMatchObject({ state: 'done', updated: 3 });
    expect((await statusOf(here)).version).toMatchObject({ ref: before.version!.ref, label: before.version!.label });
  });

  it('is found again when the answer was lost on the way', async () => {
    const here = await account();
    const since = here.now();
    here.control.fault({ kind: 'timeout-after', service: 'ecs', operation: 'UpdateService', times: 1, ms: 20 });

    const lost = await failure(here.platform.restart!(here.of, { operation, since }));
    await here.platform.restart!(here.of, { operation, since });

    expect(lost).toMatchObject({ unsure: true });
    expect(forced(here)).toHaveLength(1);
  });

  it('happens again for the next operation, also right after a deployment', async () => {
    const here = await account();
    await here.watched(here.of, await deployed(here, '1.9.0'));
    here.step(1);

    const first = await here.watched(here.of, await restarted(here));
    here.step(1);
    const second = await here.watched(here.of, await restarted(here));

    expect([first.at(-1)?.state, second.at(-1)?.state]).toEqual(['done', 'done']);
    expect(forced(here)).toHaveLength(2);
  });

  it('that cannot become healthy is rolled back by AWS, with the cause, and never done', async () => {
    const here = await account();
    const made = await restarted(here);
    here.control.breakTarget('api-prod', 'missing');

    const seen = await here.watched(here.of, made, 300);
    here.control.breakTarget('api-prod', 'ok');
    const after = await here.watched(here.of, made);

    const all = [...seen, ...after].map((one) => one.state);
    expect(all).not.toContain('done');
    expect(after.at(-1)).toMatchObject({ state: 'rolled-back', cause: { kind: 'image-missing' }, version: '1.8.0' });
  });

  it('can be stopped, and AWS goes back to the tasks that ran', async () => {
    const here = await account();
    const made = await restarted(here);
    here.step(40);

    await here.platform.abort!(here.of, made);
    const seen = await here.watched(here.of, made);
    const over = await failure(here.platform.abort!(here.of, made));

    expect(here.calls('StopServiceDeployment')).toHaveLength(1);
    expect(seen.map((one) => one.state)).not.toContain('done');
    expect(seen.at(-1)).toMatchObject({ state: 'rolled-back', version: '1.8.0' });
    expect(over).toMatchObject({ reason: { say: 'refuse.over' } });
  });

  it('fails, naming what runs, when somebody deploys over it', async () => {
    const here = await account();
    const made = await restarted(here);
    here.step(20);

    here.control.outside('api-prod', { image: '1.7.2' });
    const seen = await here.watched(here.of, made);

    expect(seen.at(-1)).toMatchObject({ state: 'failed', version: '1.7.2', cause: { kind: 'wrong-version' } });
  });

  it('is refused where another controller deploys', async () => {
    const here = await account('search-api-prod');

    const refused = await failure(restarted(here));

    expect(refused).toMatchObject({ reason: { say: 'hindrance.controller' } });
    expect(here.calls('UpdateService')).toEqual([]);
  });
});
