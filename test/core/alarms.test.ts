import { describe, expect, test } from 'vitest';
import { alarmWarnings, loadWarnings } from '../../src/core/alarms.ts';
import type { Capacity, Metrics } from '../../src/core/facts.ts';

const capacity: Capacity = { unit: 'tasks', min: 2, max: 10, desired: 8, running: 8, healthy: 8, pending: 0 };
const load = (cpu?: number): Metrics => ({ alarms: [], series: [], times: [], ...(cpu === undefined ? {} : { cpu }) });

describe('the load now', () => {
  test('warns of fewer that would have to carry too much, and says how much', () => {
    expect(loadWarnings(load(41.4), capacity, { min: 2, max: 4 })).toEqual([
      { say: 'warn.load', with: { cpu: 41, count: 4, after: 83 } },
    ]);
    expect(loadWarnings(load(41.4), capacity, { desired: 4 })).toHaveLength(1);
  });

  test.each([
    ['there are more', 60, { min: 8, max: 12 }],
    ['the max is not touched', 60, { min: 2 }],
    ['they carry it easily', 20, { max: 4 }],
    ['nobody knows it', undefined, { max: 4 }],
    ['none is left to carry it', 60, { desired: 0 }],
  ])('is no matter where %s', (_name, cpu, sizes) => {
    expect(loadWarnings(load(cpu), capacity, sizes)).toEqual([]);
  });

  test('names what is in alarm', () => {
    const ringing: Metrics = { ...load(), alarms: [{ name: 'api-prod-cpu' }, { name: 'api-prod-5xx' }] };

    expect(alarmWarnings(ringing)).toEqual([{ say: 'warn.alarm', with: { names: 'api-prod-cpu, api-prod-5xx' } }]);
    expect(alarmWarnings(undefined)).toEqual([]);
  });
});
