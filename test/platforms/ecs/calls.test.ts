// The calls that people are shown before a change, held against those it then makes.
import { describe, expect, it } from 'vitest';
import type { Change, PlannedCall } from '../../../src/core/ports.ts';
import { account, failure, operation, type Here } from './account.ts';

const writes = ['RegisterScalableTarget', 'RegisterTaskDefinition', 'UpdateService'];

/** What is shown before, and what the account was then asked. */
async function both(here: Here, change: Change, make: () => Promise<unknown>) {
  const shown = await here.platform.calls!(here.of, change);
  expect(here.calls(...writes)).toEqual([]);
  await make();
  const made = here.calls(...writes).map(({ service, operation: of, params }): PlannedCall => {
    return { service, operation: of, input: params };
  });
  return { shown, made };
}

/** The same with what was hidden in `shown` hidden in `value` too. */
function hiddenAs(shown: unknown, value: unknown): unknown {
  if (typeof shown === 'string' && typeof value === 'string') {
    const [before = '', after] = shown.split('…');
    const isIt = after !== undefined && value.startsWith(before) && value.endsWith(after);
    return isIt ? shown : value;
  }
  if (Array.isArray(shown) && Array.isArray(value)) return value.map((one, at) => hiddenAs(shown[at], one));
  if (typeof shown !== 'object' || typeof value !== 'object' || !shown || !value) return value;
  const entries = Object.entries(value).map(([name, one]): [string, unknown] => {
    return [name, hiddenAs((shown as Record<string, unknown>)[name], one)];
  });
  return Object.fromEntries(entries);
}

describe('the calls that are shown', () => {
  it.each([
    { of: 'api-prod', change: { kind: 'scale', sizes: { min: 4, max: 9 } } },
    { of: 'api-prod', change: { kind: 'scale', sizes: { max: 9 } } },
    { of: 'api-prod', change: { kind: 'scale', sizes: { desired: 5 } } },
    { of: 'mail-worker-prod', change: { kind: 'scale', sizes: { desired: 5 } } },
    { of: 'mail-worker-prod', change: { kind: 'scale', sizes: { min: 2, max: 6 }, register: true } },
  ] as const)('of $of are those scaling to $change makes', async ({ of, change }) => {
    const here = await account(of);

    const { shown, made } = await both(here, change, () =>
      here.platform.scale!(here.of, { ...change, operation, since: here.now() }),
    );

    expect(shown).toEqual(made);
    expect(made).toHaveLength(1);
  });

  it('are none where the numbers are there already', async () => {
    const here = await account();

    expect(await here.platform.calls!(here.of, { kind: 'scale', sizes: { min: 2, max: 6 } })).toEqual([]);
  });

  it('of a restart are those it makes', async () => {
    const here = await account();

    const { shown, made } = await both(here, { kind: 'restart' }, () =>
      here.platform.restart!(here.of, { operation, since: here.now() }),
    );

    expect(shown).toEqual(made);
  });

  it('of going back to a task definition are those it makes', async () => {
    const here = await account();
    const artifact = (await here.platform.previous!(here.of))!;

    const { shown, made } = await both(here, { kind: 'deploy', artifact }, () =>
      here.platform.deploy!(here.of, { artifact, operation, since: here.now() }),
    );

    expect(shown).toEqual(made);
  });

  it.each([
    { of: 'api-prod', version: '1.9.0', secret: 'stage:prod app:api' },
    { of: 'image-worker-prod', version: '0.10.0', secret: 'secretsmanager' },
  ])(
    'of a deployment to $of are those it makes, without a value that may be secret',
    async ({ of, version, secret }) => {
      const here = await account(of);
      const artifact = await here.platform.resolve!(here.of, version);

      const { shown, made } = await both(here, { kind: 'deploy', artifact }, () =>
        here.platform.deploy!(here.of, { artifact, operation, since: here.now() }),
      );

      expect(shown).toEqual(hiddenAs(shown, made));
      expect(shown.map((one) => one.operation)).toEqual(['RegisterTaskDefinition', 'UpdateService']);
      const texts = [JSON.stringify(made), JSON.stringify(shown)];
      expect(texts.map((one) => one.includes(secret))).toEqual([true, false]);
      expect(shown[0]!.input).toMatchObject({ containerDefinitions: [{ image: artifact.ref }, {}, {}] });
      for (const { environment = [], secrets = [] } of containersOf(shown[0]!)) {
        expect([...environment, ...secrets].filter(({ value, valueFrom }) => (value ?? valueFrom) !== '…')).toEqual([]);
      }
    },
  );
});

type Container = { environment?: { value?: string; valueFrom?: string }[]; secrets?: Container['environment'] };
const containersOf = ({ input }: PlannedCall) => input['containerDefinitions'] as Container[];

describe('a service nothing scales', () => {
  it('gets a scalable target once, and is done when its tasks are within the numbers', async () => {
    const here = await account('mail-worker-prod');
    const since = here.now();
    const change = { kind: 'scale' as const, sizes: { min: 3, max: 6 }, register: true as const };

    const early = await here.platform.progress!(here.of, { change, since });
    await here.platform.scale!(here.of, { ...change, operation, since });
    await here.platform.scale!(here.of, { ...change, operation, since });
    const seen = await here.watched(here.of, { change, since });

    expect(early).toMatchObject({ state: 'running', steps: [{ kind: 'numbers', state: 'running' }, {}] });
    expect(here.calls('RegisterScalableTarget')).toHaveLength(1);
    expect(seen.at(-1)).toMatchObject({ state: 'done', capacity: { min: 3, max: 6, desired: 3 } });
  });

  it('is not given one unasked, nor without both numbers', async () => {
    const here = await account('mail-worker-prod');
    const about = { operation, since: here.now() };

    const unasked = await failure(here.platform.scale!(here.of, { ...about, sizes: { min: 3, max: 6 } }));
    const half = await failure(here.platform.scale!(here.of, { ...about, sizes: { max: 6 }, register: true }));

    expect([unasked, half]).toMatchObject([
      { reason: { say: 'hindrance.no-scalable-target' } },
      { reason: { say: 'hindrance.no-scalable-target' } },
    ]);
    expect(here.calls('RegisterScalableTarget')).toEqual([]);
  });
});
