import { describe, expect, test } from 'vitest';
import { influencesOf, numberWarnings, versionWarnings } from '../../src/core/influences.ts';
import type { Influence, Platform, Sizes } from '../../src/core/ports.ts';
import { testClock } from '../clock.ts';
import { account, process, target } from '../operations/account.ts';

const at = Date.parse('2026-11-24T09:00:00Z');
const evening: Influence = {
  kind: 'schedule',
  name: 'evening',
  when: 'cron(0 18 * * ? *)',
  at,
  sizes: { min: 6, max: 12 },
};
const quota: Influence = { kind: 'quota', name: 'vCPU', limit: 6, each: 0.5 };
const policy: Influence = { kind: 'policy', name: 'cpu', metric: 'CPU', value: 60 };

const said = (influences: Influence[], sizes: Sizes) => numberWarnings(influences, sizes, 3).map((one) => one.say);

describe('a plan for numbers', () => {
  test.each<[string, Influence, Sizes, string[]]>([
    ['of a schedule that sets others', evening, { min: 2, max: 4 }, ['warn.schedule-at']],
    ['not of one that sets the same', evening, { min: 6, max: 12 }, []],
    ['of one that sets only another max', { ...evening, sizes: { max: 9 } }, { min: 6, max: 12 }, ['warn.schedule-at']],
    ['not of one that sets only the same max', { ...evening, sizes: { max: 12 } }, { min: 1, max: 12 }, []],
    ['of a policy between min and max', policy, { min: 2, max: 4 }, ['warn.policy-on']],
    ['not of a policy that has no room', policy, { min: 4, max: 4 }, []],
    ['not of a policy beside a fixed count', policy, { desired: 4 }, []],
    ['of the stack', { kind: 'stack', name: 'shop' }, { desired: 4 }, ['warn.stack-numbers']],
    ['of Terraform', { kind: 'terraform' }, { desired: 4 }, ['warn.terraform-numbers']],
    ['of a quota the most would go over', { ...quota, used: 5 }, { max: 8 }, ['warn.quota-used']],
    ['of one whose use is not known', quota, { desired: 13 }, ['warn.quota']],
    ['not of one that has room', { ...quota, used: 5 }, { max: 5 }, []],
    ['not of one where fewer run afterwards', { ...quota, used: 6 }, { desired: 2 }, []],
  ])('warns %s', (_name, influence, sizes, keys) => {
    expect(said([influence], sizes)).toEqual(keys);
  });

  test('tells the next three of many schedules, those without a known time last', () => {
    const { at: _at, ...unknown } = evening;
    const many = [unknown, ...[5, 3, 4, 2].map((days) => ({ ...evening, name: `in ${days}`, at: at + days }))];

    const names = numberWarnings(many as Influence[], { desired: 1 }, 3).map((one) => one.with?.['name']);

    expect(names).toEqual(['in 2', 'in 3', 'in 4']);
  });
});

test('a plan for a version warns of its owners alone', () => {
  const all: Influence[] = [evening, policy, { kind: 'stack', name: 'shop' }, { kind: 'terraform' }];

  expect(versionWarnings(all).map((one) => one.say)).toEqual(['warn.stack-version', 'warn.terraform-version']);
});

/** What is told of a platform that tells so. */
function of(influences: Platform['influences']) {
  const clock = testClock();
  const { world } = process(account(clock));
  const platform = { ...world.inventory.platform(target), ...(influences ? { influences } : {}) };
  const inventory = { ...world.inventory, platform: () => platform };
  return { clock, told: influencesOf({ ...world, inventory }, target) };
}

describe('what a platform tells', () => {
  test('is passed on', async () => {
    expect(await of(async () => [policy]).told).toEqual([policy]);
  });

  test('is nothing where it fails, or tells nothing', async () => {
    const failing = of(() => Promise.reject(new Error('denied')));

    expect([await failing.told, await of(undefined).told]).toEqual([[], []]);
  });

  test('is nothing where it takes too long for a plan to wait', async () => {
    const { clock, told } = of(() => Promise.withResolvers<Influence[]>().promise);

    await clock.advance(4000);

    expect(await told).toEqual([]);
  });
});
