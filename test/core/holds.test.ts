import { describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/core/audit.ts';
import type { Refusal } from '../../src/core/errors.ts';
import type { Change } from '../../src/core/facts.ts';
import { freeze } from '../../src/core/freezes.ts';
import type { FreezeWindow } from '../../src/core/freeze-windows.ts';
import { heldBack, noteOverride, underHolds, type Held } from '../../src/core/holds.ts';
import { lockAfter } from '../../src/core/lock-after.ts';
import { lock, lockOf } from '../../src/core/locks.ts';
import { hour, type Plan } from '../../src/core/records.ts';
import type { World } from '../../src/core/world.ts';
import { testClock } from '../clock.ts';
import { account, artifact, process, target as plainTarget } from '../operations/account.ts';

const target = { ...plainTarget, stage: 'prod' };
const other = { ...target, key: 'fake/1/here/shop/api-blue', name: 'api-blue' };
const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const command = { intent: 'Rollback', slots: { target: target.key } } as const;
const deploy = (label: string): Change => ({ kind: 'deploy', artifact: artifact(label) });
const scale: Change = { kind: 'scale', sizes: { min: 1 } };
const asked = (intent: Held['intent'], change: Change, by = 'U1'): Held => ({ target, intent, change, by });

/** A world where `previous` ran immediately before and ended well. */
function at({ previous, freezes = [] }: { previous?: string; freezes?: FreezeWindow[] } = {}) {
  const aws = account(testClock());
  const { world: base } = process(aws);
  const noted: Omit<AuditEntry, 'at'>[] = [];
  const platform = { ...base.inventory.platform(target), previous: async () => previous && artifact(previous) };
  const world = {
    ...base,
    audit: { ...base.audit, note: async (entry: Omit<AuditEntry, 'at'>) => void noted.push(entry) },
    inventory: {
      ...base.inventory,
      all: async () => ({ targets: [target], failed: [] }),
      platform: () => platform,
    } as World['inventory'],
    freezes: () => freezes,
    // In an account without grants nobody has `danger`.
    policy: { ...base.policy, may: async () => true },
  };
  const take = (by: string, until?: number, where = target) =>
    lock(world, { target: where, by, why: 'because', until, place, locale: 'en-US' });
  const stop = (stage: string, by = 'U9') => freeze(world, { stage, by, why: 'audit', place, locale: 'en-US' });
  return { aws, world, noted, take, stop };
}

/** A plan as it ended, as far as its lock asks. */
const endedPlan = (parts: Partial<Plan>): Plan =>
  ({
    id: 'plan_1',
    state: 'ended',
    intent: 'Deploy',
    target,
    change: deploy('1.1.0'),
    before: { artifact: artifact('1.0.0') },
    by: 'U1',
    place,
    locale: 'en-US',
    ...parts,
  }) as Plan;

describe('what holds a change back', () => {
  test('is a lock of somebody else, not one’s own', async () => {
    const { world, take } = at();
    await take('U1');

    expect(await heldBack(world, asked('Scale', scale, 'U1'))).toBeUndefined();
    expect(await heldBack(world, asked('Scale', scale, 'U2'))).toMatchObject({ kind: 'lock', lock: { by: 'U1' } });
    expect((await underHolds(world, asked('Scale', scale, 'U1'), { command })).notes).toEqual([
      { say: 'warn.own-lock' },
    ]);
  });

  test('is no lock that is over, even before anybody cleared it away', async () => {
    const { aws, world, take } = at();
    await take('U1', aws.clock.now() + hour);
    expect(await heldBack(world, asked('Scale', scale, 'U2'))).toBeDefined();

    await aws.clock.advance(hour);

    expect(await heldBack(world, asked('Scale', scale, 'U2'))).toBeUndefined();
  });

  test('is a lock of the other side of a swap', async () => {
    const { world, take } = at();
    await take('U9', undefined, other);

    expect(await heldBack(world, asked('Scale', scale))).toBeUndefined();
    expect(await heldBack(world, asked('Swap', { kind: 'swap', other }))).toMatchObject({ target: other });
  });

  test.each([
    ['prod', true],
    ['*', true],
    ['staging', false],
  ])('is a freeze of %s, for who declared it too: %s', async (stage, isHeld) => {
    const { world, stop } = at();
    await stop(stage === 'staging' ? 'prod' : stage);
    const staging = { ...target, stage: stage === 'staging' ? 'staging' : 'prod' };

    const hold = await heldBack(world, { ...asked('Scale', scale, 'U9'), target: staging });

    expect(hold?.kind === 'freeze').toBe(isHeld);
  });

  test('is a planned freeze while it is on; before that it is a warning', async () => {
    const window = { name: 'sale', stages: ['prod'], zone: 'UTC', from: '2026-11-23T12:00', to: '2026-11-23T15:00' };
    const { aws, world } = at({ freezes: [window] });
    const soon = await underHolds(world, asked('Scale', scale), { command });
    expect(soon.notes).toMatchObject([{ say: 'warn.freeze-soon', with: { name: 'sale' } }]);

    await aws.clock.advance(3 * hour);
    expect(await heldBack(world, asked('Scale', scale))).toMatchObject({ kind: 'window' });

    await aws.clock.advance(3 * hour);
    expect(await heldBack(world, asked('Scale', scale))).toBeUndefined();
  });
});

describe('a way back', () => {
  test.each([
    ['Rollback', deploy('1.0.0'), true],
    ['Undo', deploy('1.0.0'), true],
    ['Rollback', deploy('0.9.0'), false],
    ['Deploy', deploy('1.0.0'), false],
    ['Undo', scale, false],
    ['Restart', { kind: 'restart' }, false],
  ] as const)('%s of %j past a lock and a freeze: %s', async (intent, change, isFree) => {
    const { world, take, stop } = at({ previous: '1.0.0' });
    await take('U9');
    await stop('prod');

    const under = await underHolds(world, asked(intent, change), { command }).catch((error: Refusal) => error);

    expect('exempt' in under).toBe(isFree);
    const exempt = isFree ? { exempt: true as const } : {};
    expect((await heldBack(world, { ...asked(intent, change), ...exempt })) === undefined).toBe(isFree);
  });

  test('is not to the version that a rollback has just taken away', async () => {
    const { world } = at({ previous: '1.1.0' });
    const back = endedPlan({ intent: 'Rollback', outcome: 'done', change: deploy('1.0.0') });
    await lockAfter(world, { ...back, before: { ...back.before, artifact: artifact('1.1.0') } });

    await expect(underHolds(world, asked('Rollback', deploy('1.1.0')), { command })).rejects.toMatchObject({
      reason: { say: 'hold.automatic' },
    });
  });

  test('is none while nobody can tell what ran before', async () => {
    const { world, take } = at();
    await take('U9');
    world.inventory.platform(target).previous = () => Promise.reject(new Error('AWS is down'));

    await expect(underHolds(world, asked('Rollback', deploy('1.0.0')), { command })).rejects.toMatchObject({
      reason: { say: 'hold.lock' },
    });
  });
});

describe('after a rollback', () => {
  test.each([
    ['rolled-back', 'Deploy', true],
    ['stopped', 'Deploy', true],
    ['done', 'Rollback', true],
    ['done', 'Undo', true],
    ['done', 'Deploy', false],
    ['failed', 'Deploy', false],
    ['not-started', 'Rollback', false],
  ] as const)('%s of a %s locks: %s', async (outcome, intent, isLocked) => {
    const { world } = at();

    await lockAfter(world, endedPlan({ outcome, intent }));

    expect((await lockOf(world, target.key))?.automatic).toBe(isLocked ? 'plan_1' : undefined);
    expect((await heldBack(world, asked('Deploy', deploy('1.2.0'), 'U1'))) !== undefined).toBe(isLocked);
  });

  test('locks once, whatever became of the lock, and keeps whose it was', async () => {
    const { world, take, noted } = at();
    const plan = endedPlan({ outcome: 'rolled-back' });
    await take('U7');

    await lockAfter(world, plan);
    const kept = await lockOf(world, target.key);
    await world.store.delete(`lock/${target.key}`);
    await lockAfter(world, plan);

    expect(kept).toMatchObject({ by: 'U7', why: 'because', automatic: 'plan_1' });
    expect(await lockOf(world, target.key)).toBeUndefined();
    expect(noted.filter(({ id }) => id === 'plan_1/locked')).toHaveLength(1);
  });
});

describe('an override', () => {
  test('is of what held the plan when it was made, and of nothing that came later', async () => {
    const { world, stop, take } = at();
    await stop('prod');

    const under = await underHolds(world, asked('Scale', scale), { command, overrides: 'orders pile up' });
    expect(under.override).toMatchObject({ by: 'U1', why: 'orders pile up' });
    const plan = { ...asked('Scale', scale), ...under };
    expect(await heldBack(world, plan)).toBeUndefined();
    await take('U9');

    expect(await heldBack(world, plan)).toMatchObject({ kind: 'lock' });
  });

  test('needs the right again when its reason is given', async () => {
    const { world, stop } = at();
    await stop('prod');
    const without = { ...world, policy: { ...world.policy, may: async () => false } };

    await expect(
      underHolds(without, asked('Scale', scale), { command, overrides: 'because I can' }),
    ).rejects.toMatchObject({ reason: { say: 'hold.freeze' } });
  });

  test('is a line of its own in the log, with its reason and what it went against', async () => {
    const { world, noted, stop } = at();
    const { id } = await stop('prod');
    const under = await underHolds(world, asked('Scale', scale), { command, overrides: 'orders pile up' });

    await noteOverride(world, { ...endedPlan({}), ...under });
    await noteOverride(world, endedPlan({}));

    expect(noted.filter(({ kind }) => kind === 'overridden')).toMatchObject([
      { id: 'plan_1/overridden', by: 'U1', plan: 'plan_1', why: 'orders pile up', what: id },
    ]);
  });
});
