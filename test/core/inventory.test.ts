import { describe, expect, test } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import { inventory } from '../../src/core/inventory.ts';
import type { Platform, Status, Target } from '../../src/core/ports.ts';
import { settle, testClock } from '../clock.ts';

const target = (name: string, region = 'seoul', platform = 'ecs'): Target => ({
  key: `${platform}/1/${region}/shop/${name}`,
  platform,
  account: '1',
  region,
  group: 'shop',
  name,
  id: name,
});

type Fake = Platform & { targets: Target[]; failed: string[]; down: boolean; lists: number };

function fake(id: string, targets: Target[]): Fake {
  const made: Fake = {
    id,
    label: id,
    permissions: [],
    implied: [],
    targets,
    failed: [],
    down: false,
    lists: 0,
    async list() {
      made.lists += 1;
      if (made.down) throw new Error('down');
      const failed = made.failed.map((region) => ({ region, reason: 'no' }));
      return { targets: made.targets.filter(({ region }) => !made.failed.includes(region)), failed };
    },
    status: async (asked) => new Map(asked.map((one) => [one.key, { target: one } as Status])),
  };
  return made;
}

const names = (found: readonly Target[]) => found.map(({ name }) => name);
const shop = () =>
  fake('ecs', [target('api-prod'), target('api-staging'), target('cart-api-prod'), target('cart-api-prod', 'oregon')]);

describe('finding a target', () => {
  const clock = testClock();
  const known = inventory({ platforms: [shop()], clock, aliases: { store: 'cart-api-prod', front: 'api-prod' } });

  test.each([
    ['api-prod', ['api-prod']],
    ['API-PROD', ['api-prod']],
    ['ecs/1/oregon/shop/cart-api-prod', ['cart-api-prod']],
    ['front', ['api-prod']],
    ['store', ['cart-api-prod', 'cart-api-prod']],
    ['staging', ['api-staging']],
    ['api prod', ['api-prod', 'cart-api-prod', 'cart-api-prod']],
    ['ap', []],
    ['', []],
    ['constructor', []],
    ['__proto__', []],
  ])('%j finds %j', async (name, expected) => {
    expect(names(await known.find(name))).toEqual(expected);
  });

  test.each([
    ['apu-prod', 'api-prod'],
    ['api-prd', 'api-prod'],
    ['api-stagng', 'api-staging'],
    ['cart', 'cart-api-prod'],
  ])('%s looks most like %s', async (name, nearest) => {
    expect(names(await known.near(name, 1))).toEqual([nearest]);
  });

  test('a name like no other looks like none', async () => {
    expect(await known.near('zzzzzzzz', 3)).toEqual([]);
  });
});

describe('what there is', () => {
  test('a platform that fails is named and does not hide the others', async () => {
    const broken = fake('elastic-beanstalk', []);
    broken.down = true;

    const { targets, failed } = await inventory({ platforms: [shop(), broken], clock: testClock() }).all();

    expect(targets).toHaveLength(4);
    expect(failed).toEqual(['elastic-beanstalk']);
  });

  test('asking often costs one list a minute, also for many at once', async () => {
    const clock = testClock();
    const ecs = shop();
    const known = inventory({ platforms: [ecs], clock });

    await Promise.all([known.all(), known.all(), known.find('api-prod')]);
    await clock.advance(59_000);
    await known.all();

    expect(ecs.lists).toBe(1);
    await clock.advance(2000);
    await known.all();
    expect(ecs.lists).toBe(2);
  });

  test.each([
    ['a region', (ecs: Fake) => (ecs.failed = ['oregon']), 'ecs oregon'],
    ['the whole platform', (ecs: Fake) => (ecs.down = true), 'ecs'],
  ])('%s that fails later keeps the targets it had, and is named', async (_what, breaks, name) => {
    const clock = testClock();
    const ecs = shop();
    const known = inventory({ platforms: [ecs], clock });
    await known.all();

    breaks(ecs);
    await clock.advance(61_000);
    await known.all();
    await settle();

    const { targets, failed } = await known.all();
    expect(names(targets)).toEqual(['api-prod', 'api-staging', 'cart-api-prod', 'cart-api-prod']);
    expect(failed).toEqual([name]);
  });

  test('a target that is gone is forgotten', async () => {
    const clock = testClock();
    const ecs = shop();
    const known = inventory({ platforms: [ecs], clock });
    await known.all();

    ecs.targets = [target('api-prod')];
    await clock.advance(61_000);
    await known.all();
    await settle();

    expect(names((await known.all()).targets)).toEqual(['api-prod']);
  });

  test('stages set by name patterns win over what AWS says', async () => {
    const stages = { prod: ['*-prod', 'live'], test: ['*-staging*'] };

    const { targets } = await inventory({ platforms: [shop()], clock: testClock(), stages }).all();

    expect(targets.map(({ stage }) => stage)).toEqual(['prod', 'test', 'prod', 'prod']);
  });
});

describe('the state of targets', () => {
  test('what does not answer in time is an error, and the rest is still there', async () => {
    const clock = testClock();
    const slow = fake('elastic-beanstalk', [target('web', 'seoul', 'elastic-beanstalk')]);
    slow.status = () => new Promise(() => undefined);
    const known = inventory({ platforms: [shop(), slow], clock });
    const { targets } = await known.all();

    const asked = known.status(targets, 5000);
    await clock.advance(5000);
    const states = await asked;

    expect(states.get('elastic-beanstalk/1/seoul/shop/web')).toBeInstanceOf(PlatformError);
    expect(states.get('ecs/1/seoul/shop/api-prod')).toMatchObject({ target: { name: 'api-prod' } });
    expect(states.size).toBe(5);
  });

  test('a platform that fails as a whole is an error for each of its targets', async () => {
    const ecs = shop();
    ecs.status = async () => {
      throw new Error('down');
    };
    const known = inventory({ platforms: [ecs], clock: testClock() });
    const { targets } = await known.all();

    const states = await known.status(targets, 5000);

    expect([...states.values()].every((one) => one instanceof Error)).toBe(true);
    expect(states.size).toBe(4);
  });
});
