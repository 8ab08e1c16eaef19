import { describe, expect, test } from 'vitest';
import { planCard } from '../../src/core/plan-cards.ts';
import { keys, type Plan, type PlanState } from '../../src/core/records.ts';
import { operations } from '../../src/operations/advance.ts';
import { lookAgain, next, tryAgain } from '../../src/operations/next.ts';
import { testClock } from '../clock.ts';
import { account, process } from './account.ts';

/** A plan as the first release wrote it, as JSON. */
const written = `{
  "kind": "plan", "schema": 1, "id": "plan_0a1b", "state": "proposed", "intent": "Deploy",
  "command": { "intent": "Deploy", "slots": { "target": "api-prod", "version": "1.9.0" } },
  "target": { "key": "fake/1/here/shop/api-prod", "platform": "ecs", "account": "1", "region": "here", "group": "shop",
    "name": "api-prod", "id": "arn:api-prod" },
  "change": { "kind": "deploy", "artifact": { "label": "1.9.0", "ref": "1.9.0" } },
  "before": { "sizes": {}, "artifact": { "label": "1.0.0", "ref": "1.0.0" },
    "capacity": { "unit": "tasks", "min": 2, "max": 6, "desired": 3, "running": 3, "healthy": 3, "pending": 0 } },
  "warnings": [], "by": "U1", "place": { "workspace": "T1", "channel": "C1", "direct": false, "shared": false },
  "locale": "en-US", "message": { "channel": "C1", "ts": "1" }, "proposedAt": 1000, "attempts": 0, "stoppable": true
}`;
const plan = (parts: Partial<Plan> = {}): Plan => ({ ...(JSON.parse(written) as Plan), ...parts });
const minute = 60_000;

describe('the one next thing', () => {
  test.each<[string, Partial<Plan>, number, string]>([
    ['waits for its confirmation', {}, 1000 + 5 * minute - 1, 'wait'],
    ['expires five minutes after it was proposed', {}, 1000 + 5 * minute, 'expire'],
    ['is claimed once agreed', { state: 'agreed', agreedAt: 0 }, 5 * minute, 'claim'],
    ['is not started later than five minutes', { state: 'agreed', agreedAt: 0 }, 5 * minute + 1, 'too-late'],
    ['is started', { state: 'starting', startedAt: 0, busyUntil: 0 }, 1, 'start'],
    ['is left alone while somebody is at it', { state: 'starting', startedAt: 0, busyUntil: 20 }, 19, 'wait'],
    ['is taken over after that', { state: 'starting', startedAt: 0, busyUntil: 20 }, 20, 'start'],
    ['is given up after three minutes', { state: 'starting', startedAt: 0 }, 3 * minute + 1, 'give-up'],
    ['is watched', { state: 'watching', startedAt: 0 }, 60 * minute, 'look'],
  ])('a plan %s', (_name, parts, now, expected) => {
    expect(next(plan(parts), now).do).toBe(expected);
  });

  test.each<PlanState>(['ended', 'expired', 'cancelled', 'superseded'])('%s is told once, then nothing', (state) => {
    expect(next(plan({ state }), 9e9)).toEqual({ do: 'tell' });
    expect(next(plan({ state, told: true }), 9e9)).toEqual({ do: 'nothing' });
  });

  test('is looked at once more after its hour, however late', () => {
    const watched = plan({ state: 'watching', startedAt: 0 });

    expect([60 * minute, 60 * minute + 1].map((now) => next(watched, now))).toEqual([
      { do: 'look', last: false },
      { do: 'look', last: true },
    ]);
  });

  test('is looked at often at first, and tried again ever more slowly', () => {
    const started = plan({ startedAt: 0 });

    expect([0, minute, 10 * minute].map((now) => lookAgain(started, now) - now)).toEqual([2000, 5000, 15_000]);
    expect([1001, 2999, 3001].map((now) => lookAgain(started, now))).toEqual([4000, 4000, 6000]);
    expect([1, 2, 3, 4, 5, 9].map((attempts) => tryAgain(plan({ attempts }), 0))).toEqual([
      1000, 2000, 4000, 8000, 15_000, 15_000,
    ]);
  });
});

describe('a record that the first release wrote', () => {
  test.each<[string, Partial<Plan>, string]>([
    ['proposed', {}, 'expired'],
    ['agreed', { state: 'agreed', agreedAt: 0 }, 'not-started'],
    ['starting', { state: 'starting', startedAt: 0, attempts: 1, unsure: true }, 'unfinished'],
    ['watching', { state: 'watching', startedAt: 0, handle: 'h' }, 'unfinished'],
  ])('%s is brought to an honest end long after', async (_name, parts, end) => {
    const aws = account(testClock());
    await aws.store.put(keys.plan('plan_0a1b'), plan(parts));
    aws.messages.set('1', { reply: { parts: [] }, edits: 0 });

    await operations(process(aws).world).advance('plan_0a1b');

    const now = (await aws.store.get<Plan>(keys.plan('plan_0a1b')))!.value;
    expect(now.outcome ?? now.state).toBe(end);
    expect(aws.messages.get('1')?.reply).toEqual(planCard(now));
    expect(aws.done).toEqual([]);
  });
});
