import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { causeKinds } from '../../../src/core/facts.ts';
import { causesOf } from '../../../src/platforms/elastic-beanstalk/causes.ts';

describe('causes', () => {
  it.each([
    ['100.0 % of the requests are failing with HTTP 5xx.', 'requests-failing', { percent: 100 }],
    ['ELB health is failing or not available for all instances.', 'instances-unhealthy', { count: 6, total: 6 }],
    ['Impaired services on 1 out of 6 instances.', 'instances-unhealthy', { count: 1, total: 6 }],
    ['No data received from 2 out of 6 instances.', 'instances-unhealthy', { count: 2, total: 6 }],
    ['Application deployment failed on 2 out of 6 instances.', 'update-failed', {}],
    [
      'Incorrect application version found on 2 out of 6 instances. Expected version "v7" (deployment 4).',
      'wrong-version',
      { count: 2, version: 'v7' },
    ],
    [
      '40.0 % of the requests are failing with HTTP 4xx.',
      'aws-says',
      { words: '40.0 % of the requests are failing with HTTP 4xx.' },
    ],
  ])('%s', (words, kind, args) => {
    expect(causesOf([words], 6)).toEqual([{ kind, args, words }]);
  });

  it.each([
    'Application update in progress on 2 instances. 0 out of 6 instances completed (running for 8 seconds).',
    'Configuration update in progress (running for 8 seconds).',
    'Performing initialization (running for 12 seconds).',
    'Initialization completed 26 seconds ago and took 5 minutes.',
  ])('%s is none', (words) => {
    expect(causesOf([words], 6)).toEqual([]);
  });

  it('keep AWS’s words and have every argument of their kind, whatever AWS says', () => {
    const said = fc.oneof(
      fc.string(),
      fc
        .tuple(fc.nat(), fc.nat(), fc.string())
        .map(([a, b, c]) => `Incorrect application version ${a} out of ${b} instances. Expected version "${c}"`),
      fc.tuple(fc.double(), fc.string()).map(([a, b]) => `${a} % of the requests ${b} HTTP 5xx.`),
    );

    fc.assert(
      fc.property(fc.array(said, { maxLength: 4 }), fc.nat(9), (all, total) => {
        for (const { kind, args, words } of causesOf(all, total)) {
          expect(Object.keys(args).toSorted()).toEqual([...causeKinds[kind]].toSorted());
          expect(all).toContain(words);
          expect(Object.values(args)).not.toContain(Number.NaN);
        }
      }),
    );
  });
});
