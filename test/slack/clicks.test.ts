import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalog, type Amount, type Intent } from '../../intents/catalog.ts';
import type { Click } from '../../src/core/reply.ts';
import { decodeClick, encodeClick } from '../../src/slack/clicks.ts';

const id = fc.string({ minLength: 1, maxLength: 40 });
const amount: fc.Arbitrary<Amount> = fc.oneof(
  fc.integer(),
  fc.nat({ max: 999 }).map((count): Amount => `+${count}`),
  fc.nat({ max: 999 }).map((count): Amount => `x${count}`),
);
const click: fc.Arbitrary<Click> = fc.oneof(
  fc.record({
    command: fc.record({
      intent: fc.constantFrom(...(Object.keys(catalog) as Intent[])),
      slots: fc.record({ target: id, version: id, min: amount, max: amount, filter: id }, { requiredKeys: [] }),
    }),
  }),
  fc.record({ plan: id, verb: fc.constantFrom('confirm' as const, 'cancel' as const) }),
  fc.record({ operation: id, verb: fc.constantFrom('abort' as const, 'undo' as const) }),
  fc.record({ operation: id, hook: id, verb: fc.constantFrom('continue' as const, 'rollback' as const) }),
  fc.record({ dialog: id, pick: id }),
);

describe('a click', () => {
  it('comes back from its value as it was', () => {
    fc.assert(
      fc.property(click, (given) => {
        const value = encodeClick(given);

        expect(value?.length).toBeLessThanOrEqual(2000);
        expect(decodeClick(value ?? '')).toEqual(given);
      }),
    );
  });

  it('that does not fit is not encoded at all', () => {
    expect(encodeClick({ plan: 'p'.repeat(200), verb: 'confirm' }, 150)).toBeUndefined();
  });

  it.each([
    ['no JSON', 'scale api-prod 1'],
    ['an unknown verb', '["p","destroy","plan_1"]'],
    ['an unknown intent', '["c","DropEverything",{}]'],
    ['an inherited name as intent', '["c","constructor",{}]'],
    ['a slot that is none', '["c","Scale",{"target":"a","force":true}]'],
    ['an amount in words', '["c","Scale",{"target":"a","min":"many"}]'],
    ['more than there should be', '["p","confirm","plan_1","x"]'],
    ['an empty id', '["p","confirm",""]'],
    ['an object', '{"plan":"plan_1","verb":"confirm"}'],
    ['null', 'null'],
    ['something huge', JSON.stringify(['d', 'x', 'y'.repeat(5000)])],
  ])('is nothing when its value is %s', (_, value) => {
    expect(decodeClick(value)).toBeUndefined();
  });

  it('is only ever read from what is also written', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (value) => {
        const read = decodeClick(value);
        const written = read && encodeClick(read);

        expect(read).toEqual(written && decodeClick(written));
      }),
    );
  });
});
