import { describe, expect, it } from 'vitest';
import { load, problems } from './load.ts';

const env = { AWS_REGION: 'us-east-1' };
const about = 'name: sale, stages: prod, zone: Asia/Seoul';

describe('planned freezes in opsjack.yaml', () => {
  it('are read: once from a local time to another, or every week', () => {
    const { freezes } = load(
      env,
      `
freezes:
  - { name: Black Friday, stages: [prod], from: 2026-11-27T18:00, to: 2026-11-30T09:00, zone: Asia/Seoul }
  - { name: weekend, stages: '*', every: [fri 18:00, Mon 08:00], zone: UTC }
`,
    );

    expect(freezes).toEqual([
      { name: 'Black Friday', stages: ['prod'], from: '2026-11-27T18:00', to: '2026-11-30T09:00', zone: 'Asia/Seoul' },
      { name: 'weekend', stages: ['*'], every: ['fri 18:00', 'Mon 08:00'], zone: 'UTC' },
    ]);
  });

  it.each([
    ['no list', 'freezes: weekend', '1:10 freezes: must be a list of freezes'],
    ['neither ends nor weekdays', `freezes:\n  - { ${about} }`, '2:5 freezes.0: must hold `from` and `to`, or `every`'],
    [
      'ends and weekdays',
      `freezes: [{ ${about}, from: 2026-11-27T18:00, to: 2026-11-28T18:00, every: [fri 18:00, mon 08:00] }]`,
      'must hold `from` and `to`, or `every`',
    ],
    ['one end', `freezes: [{ ${about}, from: 2026-11-27T18:00 }]`, 'must hold `from` and `to`, or `every`'],
    [
      'an end before its beginning',
      `freezes:\n  - ${about.replaceAll(', ', '\n    ')}\n    from: 2026-11-27T18:00\n    to: 2026-11-27T17:00`,
      '6:9 freezes.0.to: must be later than `from`',
    ],
    [
      'a day that is in no calendar',
      `freezes: [{ ${about}, from: 2026-11-31T18:00, to: 2026-12-03T18:00 }]`,
      'freezes.0.from: is no date and time of the calendar',
    ],
    [
      'a date without a time',
      `freezes: [{ ${about}, from: 2026-11-27, to: 2026-11-28 }]`,
      'freezes.0.from: must be a local date and time',
    ],
    [
      'a weekday nobody knows',
      `freezes: [{ ${about}, every: [frei 18:00, mon 08:00] }]`,
      'must be a weekday and a time',
    ],
    ['an hour that is none', `freezes: [{ ${about}, every: [fri 24:00, mon 08:00] }]`, 'must be a weekday and a time'],
    ['one weekday', `freezes: [{ ${about}, every: [fri 18:00] }]`, 'freezes.0.every: must be two ends of each week'],
    [
      'a zone nobody knows',
      `freezes: [{ ${about.replace('Asia/Seoul', 'Asia/Soul')}, every: [fri 18:00, mon 08:00] }]`,
      'freezes.0.zone: is no IANA time zone',
    ],
    [
      'a shorthand that means two zones',
      `freezes: [{ ${about.replace('Asia/Seoul', 'CST')}, every: [fri 18:00, mon 08:00] }]`,
      'freezes.0.zone: is no IANA time zone',
    ],
    ['a typo', `freezes: [{ ${about}, evry: [fri 18:00, mon 08:00] }]`, 'freezes.0.evry: is no setting'],
  ])('are refused with their place: %s', (_name, yaml, problem) => {
    expect(problems(env, yaml).join('\n')).toContain(problem);
  });
});
