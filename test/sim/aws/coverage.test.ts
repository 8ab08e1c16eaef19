import { describe, expect, it } from 'vitest';
import { coverage } from '../../../src/sim/aws/coverage.ts';
import { services } from '../../../src/sim/aws/registry.ts';

describe('coverage', () => {
  it('names every service', () => {
    expect(Object.keys(coverage).toSorted()).toEqual(services.map((one) => one.id).toSorted());
  });

  it.each(services.map((one) => one.id))('of %s equals its routes, and says what is missing', (id) => {
    const listed = Object.entries(coverage[id] ?? {});
    const routes = services.find((one) => one.id === id)?.routes ?? {};

    const present = listed.filter(([, one]) => one.level !== 'absent').map(([operation]) => operation);
    expect(present.toSorted()).toEqual(Object.keys(routes).toSorted());
    expect(listed.filter(([, one]) => one.level !== 'faithful' && one.note === '')).toEqual([]);
  });
});
