import { describe, expect, test } from 'vitest';
import { cancel, confirm, stop } from '../../src/core/agree.ts';
import { propose } from '../../src/core/plan.ts';
import { keys, type Plan } from '../../src/core/records.ts';
import type { Request } from '../../src/core/request.ts';
import { testClock } from '../clock.ts';
import { account, artifact, process, target } from '../operations/account.ts';

const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const request: Request = { id: 'msg/1', by: 'U1', place, origin: 'message', at: 0, text: 'x' };
const capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } as const;

async function planned() {
  const aws = account(testClock());
  const { world } = process(aws);
  const draft = {
    intent: 'Deploy',
    target,
    change: { kind: 'deploy', artifact: artifact('1.1.0') },
    before: { sizes: {}, capacity, artifact: artifact('1.0.0') },
    warnings: [],
  } as const;
  const make = () =>
    propose(world, { ...draft, warnings: [] }, { command: { intent: 'Deploy', slots: {} }, request, locale: 'en-US' });
  const { id } = await make();
  const state = async () => (await aws.store.get<Plan>(keys.plan(id)))?.value.state;
  return { aws, world, id, make, state };
}

describe('a decision', () => {
  test('to confirm counts once, and its wake-up is queued before it counts', async () => {
    const { aws, world, id, state } = await planned();

    const answers = await Promise.all([confirm(world, id, 'U1'), confirm(world, id, 'U1'), confirm(world, id, 'U1')]);

    expect(answers.map((answer) => answer?.say)).toEqual([undefined, 'late.confirmed', 'late.confirmed']);
    expect(await state()).toBe('agreed');
    expect(aws.wakeups.filter((one) => one.id === id).length).toBeGreaterThanOrEqual(2);
  });

  test('to confirm and to cancel at once: one of them counts and the other is told so', async () => {
    const { world, id, state } = await planned();

    const [confirmed, cancelled] = await Promise.all([confirm(world, id, 'U1'), cancel(world, id, 'U1')]);

    expect([confirmed, cancelled].filter((answer) => answer === undefined)).toHaveLength(1);
    expect(await state()).toBe(confirmed === undefined ? 'agreed' : 'cancelled');
  });

  test.each([
    ['by somebody else', 'U2', 0, 'late.not-yours'],
    ['after five minutes', 'U1', 300_000, 'late.expired'],
  ])('to confirm %s does not count', async (_name, by, later, reason) => {
    const { aws, world, id, state } = await planned();
    await aws.clock.advance(later);

    expect((await confirm(world, id, by))?.say).toBe(reason);
    expect(await state()).toBe('proposed');
  });

  test('about a plan that a newer one replaced, or that nobody knows, does not count', async () => {
    const { world, id, make } = await planned();
    await make();

    expect((await confirm(world, id, 'U1'))?.say).toBe('late.superseded');
    expect((await cancel(world, id, 'U1'))?.say).toBe('late.superseded');
    expect((await confirm(world, 'plan_unknown', 'U1'))?.say).toBe('late.gone');
  });

  test('to stop counts once a change is agreed, by anybody with the right, and only once', async () => {
    const { world, id } = await planned();
    expect((await stop(world, id, 'U2'))?.say).toBe('late.not-started');
    await confirm(world, id, 'U1');

    expect(await stop(world, id, 'U2')).toBeUndefined();
    expect(await stop(world, id, 'U1')).toEqual({ say: 'late.stopping', with: { person: { person: 'U2' } } });
  });

  test('that can not be recorded is an error, never an answer', async () => {
    const { aws, id, state } = await planned();
    const dying = process(aws);
    // Its last call is the write itself.
    Object.assign(dying.life, { dieIn: 6 });

    await expect(confirm(dying.world, id, 'U1')).rejects.toThrow('died');
    expect(await state()).toBe('proposed');
  });
});
