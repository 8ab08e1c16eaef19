import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { edits, matchNames } from '../../intents/slots.ts';

const names = ['api-prod', 'checkout-prod', 'checkout-staging', 'worker-prod', 'deploy-worker', 'API-Dev'];

describe('matching a word with the names that exist', () => {
  test.each([
    ['api-prod', ['api-prod']],
    ['API-PROD', ['api-prod']],
    ['apiprod', ['api-prod']],
    ['checkout', ['checkout-prod', 'checkout-staging']],
    ['worker', ['worker-prod']],
    ['staging', ['checkout-staging']],
    ['check', ['checkout-prod', 'checkout-staging']],
    ['api', ['api-prod', 'API-Dev']],
  ])('%s is %j', (word, found) => {
    expect(matchNames(word, names).names).toEqual(found);
  });

  test('what only looks alike is near, never found', () => {
    expect(matchNames('chekout-prod', names)).toEqual({ names: [], near: ['checkout-prod'] });
    expect(matchNames('apii-prod', names).near).toContain('api-prod');
    expect(matchNames('zzz', names)).toEqual({ names: [], near: [] });
    expect(matchNames('--', names)).toEqual({ names: [], near: [] });
  });
});

test('edits are symmetric, zero for the same word, and count a swap once', () => {
  fc.assert(
    fc.property(
      fc.string({ maxLength: 12 }),
      fc.string({ maxLength: 12 }),
      (a, b) => edits(a, b, 20) === edits(b, a, 20),
    ),
  );
  expect(edits('deploy', 'deploy', 2)).toBe(0);
  expect(edits('depoly', 'deploy', 2)).toBe(1);
});
