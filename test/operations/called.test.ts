import { expect, it } from 'vitest';
import type { Plan } from '../../src/core/records.ts';
import type { World } from '../../src/core/world.ts';
import { operations } from '../../src/operations/advance.ts';
import { testClock } from '../clock.ts';
import { account, artifact, entries, process, target } from './account.ts';

const watched: Plan = {
  kind: 'plan',
  schema: 1,
  id: 'plan_1',
  state: 'watching',
  intent: 'Deploy',
  command: { intent: 'Deploy', slots: {} },
  target,
  change: { kind: 'deploy', artifact: artifact('2.0.0') },
  before: { sizes: {}, capacity: { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } },
  warnings: [],
  by: 'U1',
  place: { workspace: 'T1', channel: 'C1', direct: false, shared: false },
  locale: 'en-US',
  proposedAt: 0,
  agreedAt: 1,
  startedAt: 2,
  attempts: 0,
  stoppable: true,
};

it('makes what somebody decides about a change in their name, and notes the calls as theirs', async () => {
  const aws = account(testClock());
  const { world: base } = process(aws);
  const sessions: unknown[] = [];
  const platform = base.inventory.platform(target);
  const inventory: World['inventory'] = {
    ...base.inventory,
    platform: () => ({
      ...platform,
      async abort(of, about) {
        sessions.push([about.operation, about.by]);
        about.called?.('StopServiceDeployment 1');
        await platform.abort!(of, about);
      },
      async resume(_of, { operation, by, called }) {
        sessions.push([operation, by]);
        called?.('ContinueServiceDeployment - TimeoutError');
        throw new Error('no answer');
      },
    }),
  };
  const decision = { by: 'U2', at: 3, hook: 'hook', verb: 'rollback' as const };
  await base.store.put('plan/plan_1', { ...watched, decision, stop: { by: 'U3', at: 4 } });

  await operations({ ...base, inventory }).advance('plan_1');

  expect(sessions).toContainEqual(['plan_1', 'U2']);
  expect(sessions).toContainEqual(['plan_1', 'U3']);
  const called = (await entries(aws)).filter(({ kind }) => kind === 'called');
  expect(called.map(({ by, calls }) => `${by} ${calls?.join()}`).toSorted()).toEqual([
    'U2 ContinueServiceDeployment - TimeoutError',
    'U3 StopServiceDeployment 1',
  ]);
});
