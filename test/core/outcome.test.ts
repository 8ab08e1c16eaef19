import { expect, test } from 'vitest';
import { outcomeOf } from '../../src/core/outcome.ts';
import type { Reading } from '../../src/core/ports.ts';

const targets = ['api-prod', 'checkout-prod', 'checkout-staging'];
const scale: Reading = {
  locale: 'en-US',
  intent: 'Scale',
  confidence: 0.9,
  slots: { target: 'api-prod', count: 4 },
  guesses: [],
};

test.each<[string, Partial<Reading>, string]>([
  ['a whole change', {}, 'plan'],
  ['a look', { intent: 'Status', slots: { target: 'api-prod' } }, 'read'],
  ['nothing understood', { intent: undefined }, 'fallback'],
  ['a guess', { confidence: 0.3 }, 'suggest'],
  ['a number out of range', { slots: { target: 'api-prod', count: 0 } }, 'refuse'],
  ['a number missing', { slots: { target: 'api-prod' } }, 'ask'],
  ['a day without a time of day', { slots: { target: 'api-prod', count: 4, time: '2026-11-24' } }, 'ask'],
  ['a name that is nearly one', { slots: { count: 4 }, unknownTarget: 'apii-prod' }, 'suggest'],
  ['a name like no other', { slots: { count: 4 }, unknownTarget: 'zzzzzzzz' }, 'ask'],
  ['a word several names have', { slots: { target: 'checkout', count: 4 } }, 'choose'],
  ['two values for one slot', { conflict: ['min'] }, 'choose'],
  ['two likely intents', { guesses: [{ intent: 'Deploy', confidence: 0.85 }] }, 'choose'],
  ['a change held back', { held: 'negated' }, 'read'],
])('%s', (_, change, outcome) => {
  expect(outcomeOf({ ...scale, ...change }, targets)).toBe(outcome);
});
