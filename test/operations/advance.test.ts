import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cancel, confirm, stop } from '../../src/core/agree.ts';
import { linesOf } from '../../src/core/audit-plan.ts';
import { verifyChain } from '../../src/core/audit-chain.ts';
import type { Draft } from '../../src/core/call.ts';
import { lockReason } from '../../src/core/lock-after.ts';
import { planCard } from '../../src/core/plan-cards.ts';
import { propose } from '../../src/core/plan.ts';
import { over, type Lock, type Plan } from '../../src/core/records.ts';
import type { Request } from '../../src/core/request.ts';
import { operations } from '../../src/operations/advance.ts';
import { testClock } from '../clock.ts';
import { account, artifact, entries, process, target, type Account, type Answer } from './account.ts';

const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const request: Request = { id: 'msg/1', by: 'U1', place, origin: 'message', at: 0, text: 'x' };
const capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } as const;

function draft(kind: 'scale' | 'deploy', now: Account): Draft {
  const common = { target, warnings: [] };
  return kind === 'scale'
    ? {
        ...common,
        intent: 'Scale',
        change: { kind, sizes: { min: (now.sizes.min ?? 0) + 1, max: 12 } },
        before: { sizes: now.sizes, capacity },
      }
    : {
        ...common,
        intent: 'Deploy',
        change: { kind, artifact: artifact(`${now.version}+`) },
        before: { sizes: {}, capacity, artifact: artifact(now.version) },
      };
}

type Action =
  | { do: 'propose'; kind: 'scale' | 'deploy' }
  | { do: 'confirm' | 'cancel' | 'stop'; by: 'U1' | 'U2'; goesOn: boolean }
  | { do: 'wait'; ms: number }
  | { do: 'advance'; times: number; elsewhere: boolean }
  | { do: 'die'; after: number; lastIsDone: boolean }
  | { do: 'restart' }
  | { do: 'aws answers'; answer: Answer }
  | { do: 'aws shows'; state: 'running' | 'done' | 'failed' | 'rolled-back' }
  | { do: 'somebody else changes' };

const action: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('propose' as const), kind: fc.constantFrom('scale', 'deploy') }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constantFrom('confirm' as const, 'confirm' as const, 'cancel' as const, 'stop' as const),
      by: fc.constantFrom('U1', 'U1', 'U1', 'U2'),
      goesOn: fc.boolean(),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.constantFrom(1, 1900, 2100, 20_001, 301_000) }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      times: fc.integer({ min: 1, max: 3 }),
      elsewhere: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('die' as const),
      after: fc.integer({ min: 1, max: 24 }),
      lastIsDone: fc.boolean(),
    }),
  },
  { weight: 2, arbitrary: fc.constant({ do: 'restart' as const }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('aws answers' as const),
      answer: fc.constantFrom<Answer>('denies', 'is busy', 'takes and breaks off', 'breaks off before'),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('aws shows' as const),
      state: fc.constantFrom('running' as const, 'done' as const, 'failed' as const, 'rolled-back' as const),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'somebody else changes' as const }) },
);

/** Plays people, time and AWS against processes that die and come back. */
function play(aws: Account) {
  let alive = process(aws);
  let run = operations(alive.world);
  let last = '';
  let others = 0;
  /** Decisions people were told nothing against. */
  const counted: string[] = [];

  function restart(): void {
    alive = process(aws);
    run = operations(alive.world);
  }

  /** What is due is handled as wake-ups are: gone only when the handler came to its end, else tried again. */
  async function wake(): Promise<void> {
    for (let rounds = 0; rounds < 50; rounds += 1) {
      const due = aws.wakeups.filter((one) => one.due <= aws.clock.now());
      if (due.length === 0 || alive.life.dead) return;
      await Promise.all(
        [...new Set(due.map(({ id }) => id))].map(async (id) => {
          const ok = await run.advance(id).then(
            () => true,
            () => false,
          );
          for (const one of due.filter((other) => other.id === id)) aws.wakeups.splice(aws.wakeups.indexOf(one), 1);
          if (!ok) aws.wakeups.push({ id, due: aws.clock.now() + 1000 });
        }),
      );
    }
  }

  async function step(one: Action): Promise<void> {
    switch (one.do) {
      case 'propose': {
        const plan = await propose(alive.world, draft(one.kind, aws), {
          command: { intent: 'Status', slots: {} },
          request,
          locale: 'en-US',
        });
        last = plan.id;
        return;
      }
      case 'confirm':
      case 'cancel':
      case 'stop': {
        const decide = { confirm, cancel, stop }[one.do];
        // Decided while the plan goes on, or at rest.
        const going = one.goesOn ? run.advance(last) : undefined;
        const [decided] = await Promise.allSettled([decide(alive.world, last, one.by), going]);
        if (decided.status === 'fulfilled' && decided.value === undefined) counted.push(`${one.do} ${last}`);
        if (one.goesOn) await run.advance(last);
        return;
      }
      case 'wait':
        await aws.clock.advance(one.ms);
        return wake();
      case 'advance': {
        // A second process over the same records, at the same moment.
        const other = one.elsewhere ? operations(process(aws).world) : run;
        await Promise.allSettled(
          Array.from({ length: one.times }, (_, index) => (index === 1 ? other : run).advance(last)),
        );
        return;
      }
      case 'die':
        Object.assign(alive.life, { dieIn: one.after, lastIsDone: one.lastIsDone });
        return;
      case 'restart':
        return restart();
      case 'aws answers':
        aws.answers.push(one.answer);
        return;
      case 'aws shows':
        aws.progress = one.state;
        return;
      case 'somebody else changes':
        // Values of their own each time: put back to exactly what the plan found, nobody could tell.
        others += 1;
        aws.sizes = { min: 1, max: 100 + others };
        aws.version = `theirs ${others}`;
    }
  }

  /** Everything works again, AWS comes to an end, and time goes on until nothing waits. */
  async function settle(): Promise<void> {
    restart();
    aws.answers.length = 0;
    for (let rounds = 0; rounds < 400 && lasting(aws).length > 0; rounds += 1) {
      const next = Math.min(...lasting(aws).map(({ due }) => due));
      await aws.clock.advance(Math.max(0, next - aws.clock.now()));
      if (aws.progress === 'running' && rounds > 3) aws.progress = 'done';
      await wake();
    }
  }

  return { step, settle, counted };
}

/** What still wakes anybody, but for locks: they ask their owner every day until somebody unlocks. */
function lasting(aws: Account) {
  return aws.wakeups.filter(({ id }) => !id.startsWith('lock_'));
}

/** What is wrong with a plan when all is over. */
function faults(plan: Plan, aws: Account, counted: readonly string[]): string[] {
  const made = aws.done.filter(({ operation, kind }) => operation === plan.id && kind !== 'abort').length;
  const mayHaveChanged = plan.state === 'ended' && plan.outcome !== 'not-started';
  const card = plan.message && JSON.stringify(aws.messages.get(plan.message.ts)?.reply);
  const found = [
    over(plan) ? '' : 'never ends',
    plan.told ? '' : 'its end is not told',
    made > 1 ? 'changed AWS twice' : '',
    made > 0 && !mayHaveChanged ? 'changed AWS and says that it did not' : '',
    made === 0 && plan.outcome === 'done' && plan.change.kind === 'deploy' ? 'is done without a change' : '',
    counted.includes(`stop ${plan.id}`) && !plan.stop ? 'forgot that it was to stop' : '',
    counted.includes(`cancel ${plan.id}`) && plan.state !== 'cancelled' ? 'forgot that it was cancelled' : '',
    plan.state === 'ended' && !card ? 'shows no card' : '',
    card && card !== JSON.stringify(planCard(plan)) ? 'shows an older card' : '',
  ];
  return found.filter(Boolean).map((fault) => `${plan.state} ${plan.outcome}: ${fault}`);
}

describe('a plan, whatever happens to it', () => {
  test('changes AWS at most once, ends, stays ended, and its last card is shown', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(action, { minLength: 3, maxLength: 22 }), async (actions) => {
        const aws = account(testClock());
        const played = play(aws);
        await played.step({ do: 'propose', kind: actions.length % 2 === 0 ? 'scale' : 'deploy' });

        for (const one of actions) await played.step(one).catch(() => undefined);
        await played.settle();

        const plans = await aws.store.list<Plan>('plan/');
        expect([...aws.broken, ...plans.flatMap(({ value }) => faults(value, aws, played.counted))]).toEqual([]);
        expect(await aws.store.list('claim/')).toEqual([]);
        expect(await verifyChain(aws.store)).toMatchObject({ whole: true });
        const noted = (await entries(aws)).map(({ id }) => id).filter((id) => !/\/locked$|^lock_/u.test(id));
        const happened = plans.flatMap(({ value }) => linesOf(value).map(({ id }) => id));
        expect(noted.toSorted()).toEqual(happened.toSorted());
        expect(lasting(aws)).toEqual([]);
        const locks = await aws.store.list<Lock>('lock/');
        expect(locks.filter(({ value }) => !aws.wakeups.some(({ id }) => id === value.id))).toEqual([]);
        const locking = plans.filter(({ value }) => lockReason(value));
        expect(locks).toHaveLength(Math.min(1, locking.length));
      }),
      { numRuns: 2000 },
    );
  });
});
