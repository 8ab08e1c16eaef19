import { expect, it } from 'vitest';
import { methodCoverage, surfaceCoverage } from '../../../src/sim/slack/coverage.ts';
import { methods } from '../../../src/sim/slack/web-api.ts';

it('states how true each Web API method is, and has a route for exactly those that are not absent', () => {
  const there = Object.entries(methodCoverage).filter(([, { level }]) => level !== 'absent');

  expect(there.map(([name]) => name).toSorted()).toEqual(Object.keys(methods).toSorted());
});

it('says what is missing wherever it is not faithful', () => {
  const all = { ...methodCoverage, ...surfaceCoverage };

  const silent = Object.entries(all).filter(([, { level, note }]) => level !== 'faithful' && note === '');

  expect(silent).toEqual([]);
});
