import { describe, expect, it } from 'vitest';
import { collapsed } from '../../src/platforms/causes.ts';
import { stageInNames, stageInTags } from '../../src/platforms/stage.ts';

describe('the stage', () => {
  it.each([
    [['checkout-prod', 'main'], 'prod'],
    [['prod_checkout', 'main'], 'prod'],
    [['checkout', 'shop-production'], 'prod'],
    [['Checkout-STG', 'prod'], 'staging'],
    [['api.dev', 'main'], 'dev'],
    [['reproduction', 'devices'], undefined],
    [['product-latest', 'stages'], undefined],
  ])('in the names %j is %s', (names, stage) => {
    expect(stageInNames(...names)).toBe(stage);
  });

  it.each([
    [[{ key: 'stage', value: 'Prod' }], 'prod'],
    [[{ key: 'Environment', value: 'production' }], 'prod'],
    [
      [
        { key: 'environment', value: 'dev' },
        { key: 'Stage', value: 'canary' },
      ],
      'canary',
    ],
    [[{ key: 'team', value: 'prod' }], undefined],
    [undefined, undefined],
  ])('in the tags %j is %s', (tags, stage) => {
    expect(stageInTags(tags)).toBe(stage);
  });
});

const exit = (code: number) => ({ kind: 'exit-code' as const, args: { count: 1, code } });

it('causes are one each with a count, the worst first', () => {
  const oom = { kind: 'out-of-memory' as const, args: { count: 2 }, words: 'first' };

  const causes = collapsed([
    { kind: 'below-desired', args: { running: 1, desired: 2 } },
    exit(1),
    oom,
    exit(2),
    exit(1),
    { ...oom, words: 'second' },
  ]);

  expect(causes).toEqual([
    { kind: 'out-of-memory', args: { count: 4 }, words: 'first' },
    { kind: 'exit-code', args: { count: 2, code: 1 } },
    { kind: 'exit-code', args: { count: 1, code: 2 } },
    { kind: 'below-desired', args: { running: 1, desired: 2 } },
  ]);
});
