import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { freeze, thaw } from '../../src/core/freezes.ts';
import { keep, lock, lockOf, unlock, wait } from '../../src/core/locks.ts';
import { day, hour, type Lock } from '../../src/core/records.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { World } from '../../src/core/world.ts';
import { operations } from '../../src/operations/advance.ts';
import { testClock } from '../clock.ts';
import { account, process, target, type Account } from './account.ts';

const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const about = { target, why: 'because', place, locale: 'en-US' };

/** Who was posted what, in order: `C1 lock.nag`. */
function posts(aws: Account): string[] {
  return [...aws.messages.values()].map(({ reply }) => keyOf(reply));
}

function keyOf({ parts: [first] }: Reply): string {
  return first?.kind === 'lines' ? (first.lines[0]?.parts[0]?.say ?? '') : '';
}

/** Everything due is done, until time stands at `now + ms`; a process that dies is replaced. */
async function pass(aws: Account, ms: number, told = new Set<string>(), first = process(aws)): Promise<void> {
  let current = first;
  const until = aws.clock.now() + ms;
  for (;;) {
    const due = aws.wakeups.filter((one) => one.due <= until).toSorted((a, b) => a.due - b.due)[0];
    await aws.clock.advance(Math.max(0, (due?.due ?? until) - aws.clock.now()));
    if (!due) return;
    const { advance } = operations(hearing(current.world, told));
    const isDone = await advance(due.id).then(
      () => true,
      () => false,
    );
    // What failed stays queued.
    if (isDone) aws.wakeups.splice(aws.wakeups.indexOf(due), 1);
    if (current.life.dead) current = process(aws);
  }
}

/** The world, with who is written to directly noted down. */
function hearing(world: World, told: Set<string>): World {
  const post: World['chat']['post'] = async (to, reply, locale) => {
    const posted = await world.chat.post(to, reply, locale);
    told.add(to.channel);
    return posted;
  };
  return { ...world, chat: { ...world.chat, post } };
}

describe('a lock left alone', () => {
  test('asks its owner after four hours and then once a day', async () => {
    const aws = account(testClock());
    await lock(process(aws).world, { ...about, by: 'U1' });

    await pass(aws, 4 * hour - 1);
    expect(posts(aws)).toEqual([]);
    await pass(aws, 1);
    expect(posts(aws)).toEqual(['lock.nag']);
    await pass(aws, 3 * day);

    expect(posts(aws)).toEqual(['lock.nag', 'lock.nag', 'lock.nag', 'lock.nag']);
  });

  test('is not asked about while its owner has just said that it is needed, or once it is given back', async () => {
    const aws = account(testClock());
    const { world } = process(aws);
    const { lock: taken } = await lock(world, { ...about, by: 'U1' });

    await pass(aws, 3 * hour);
    expect((await keep(world, taken.id, 'U1')).say).toBe('lock.kept');
    await pass(aws, 23 * hour);
    expect(posts(aws)).toEqual([]);
    await unlock(world, taken.id, 'U1', place);
    await pass(aws, 3 * day);

    expect(posts(aws)).toEqual([]);
    expect(aws.wakeups).toEqual([]);
    expect(await aws.store.list('lock/')).toEqual([]);
  });

  test('that ends within four hours is asked about by nobody, and says that it is over', async () => {
    const aws = account(testClock());
    await lock(process(aws).world, { ...about, by: 'U1', until: aws.clock.now() + 2 * hour });

    await pass(aws, day);

    expect(posts(aws)).toEqual(['lock.ended']);
    expect(await aws.store.list('lock/')).toEqual([]);
  });
});

describe('a lock', () => {
  test('is kept by nobody but its owner, and waited for by nobody twice', async () => {
    const aws = account(testClock());
    const { world } = process(aws);
    const { lock: taken } = await lock(world, { ...about, by: 'U1' });

    const answers = await Promise.all([
      keep(world, taken.id, 'U2'),
      wait(world, taken.id, 'U1', 'en-US'),
      wait(world, taken.id, 'U2', 'ko-KR'),
      wait(world, taken.id, 'U2', 'ko-KR'),
      wait(world, 'lock_unknown', 'U2', 'ko-KR'),
    ]);

    expect(answers.map(({ say }) => say)).toEqual([
      'late.not-yours',
      'lock.own',
      'lock.waiting',
      'lock.waiting',
      'lock.gone',
    ]);
    expect((await lockOf(world, target.key))?.waiting).toEqual([{ by: 'U2', locale: 'ko-KR' }]);
  });

  test('taken right after another was given back tells who waited for the first', async () => {
    const aws = account(testClock());
    const { world } = process(aws);
    const { lock: first } = await lock(world, { ...about, by: 'U1' });
    await wait(world, first.id, 'U2', 'en-US');
    await unlock(world, first.id, 'U1', place);
    const { lock: second } = await lock(world, { ...about, by: 'U3' });

    await pass(aws, hour);
    expect(posts(aws)).toEqual([]);
    await unlock(world, second.id, 'U3', place);
    await pass(aws, hour);

    expect(posts(aws)).toEqual(['lock.freed']);
  });

  test('stolen by two at once changes hands once', async () => {
    const aws = account(testClock());
    const { world } = process(aws);
    const { lock: first } = await lock(world, { ...about, by: 'U1' });

    const both = await Promise.allSettled(['U2', 'U3'].map((by) => lock(world, { ...about, by, steals: first.id })));

    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await aws.store.list('lock/')).length).toBe(1);
  });
});

describe('who waits for a lock', () => {
  const deaths = [1, 2, 3, 4, 5, 6, 7, 8].flatMap((after) => [[after, true] as const, [after, false] as const]);

  test.each(deaths)('is told although the process that tells dies at its call %i, made: %s', async (after, isDone) => {
    const aws = account(testClock());
    const { world } = process(aws);
    const { lock: taken } = await lock(world, { ...about, by: 'U1' });
    for (const who of ['U2', 'U3']) await wait(world, taken.id, who, 'en-US');
    await unlock(world, taken.id, 'U1');
    const told = new Set<string>();
    const dying = process(aws);
    Object.assign(dying.life, { dieIn: after, lastIsDone: isDone });

    await pass(aws, hour, told, dying);

    expect([...told].toSorted()).toEqual(['C1', 'U2', 'U3']);
    expect(await aws.store.list('lock/')).toEqual([]);
  });
});

describe('a freeze left alone', () => {
  test('ends at its time, or asks every day whether it is still needed', async () => {
    const aws = account(testClock());
    const { world } = process(aws);
    const declared = { by: 'U1', why: 'audit', place, locale: 'en-US' };

    await freeze(world, { ...declared, stage: '*', until: aws.clock.now() + 30 * hour });
    await pass(aws, 3 * day);
    expect(posts(aws)).toEqual(['freeze.nag', 'freeze.over']);
    await freeze(world, { ...declared, stage: '*' });
    await pass(aws, 2 * day);
    await thaw(world, '*', 'U1', place);
    await pass(aws, 2 * day);

    expect(posts(aws).slice(2)).toEqual(['freeze.nag', 'freeze.nag']);
    expect(aws.wakeups).toEqual([]);
  });
});

type Act =
  | { do: 'lock' | 'steal'; by: string; hours?: number }
  | { do: 'unlock' | 'wait' | 'keep'; by: string }
  | { do: 'pass'; ms: number }
  | { do: 'die'; after: number; lastIsDone: boolean };

const by = fc.constantFrom('U1', 'U2');
const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ do: fc.constantFrom('lock' as const, 'steal' as const), by, hours: fc.integer({ min: 1, max: 9 }) }),
  fc.record({ do: fc.constantFrom('lock' as const, 'unlock' as const, 'wait' as const, 'keep' as const), by }),
  fc.record({ do: fc.constant('pass' as const), ms: fc.constantFrom(3000, 3 * hour, 2 * day) }),
  fc.record({ do: fc.constant('die' as const), after: fc.integer({ min: 1, max: 6 }), lastIsDone: fc.boolean() }),
);

describe('locks, whatever happens to them', () => {
  test('leave nobody waiting for ever and are never forgotten, though processes die at any call', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 20 }), async (acts) => {
        const aws = account(testClock());
        let current = process(aws);
        const told = new Set<string>();
        const waiting = new Set<string>();
        for (const one of acts) {
          if (one.do === 'die') {
            current = process(aws);
            Object.assign(current.life, { dieIn: one.after, lastIsDone: one.lastIsDone });
            continue;
          }
          if (one.do === 'pass') await pass(aws, one.ms, told, current);
          else await play(aws, current.world, one, waiting).catch(() => undefined);
          if (current.life.dead) current = process(aws);
        }

        const left = await aws.store.list<Lock>('lock/');
        expect(left.filter(({ value }) => !aws.wakeups.some(({ id }) => id === value.id))).toEqual([]);
        await pass(aws, 10 * hour, told);
        const held = await aws.store.list<Lock>('lock/');
        expect(held.filter(({ value }) => value.freed)).toEqual([]);
        for (const { value } of held) await unlock(process(aws).world, value.id, value.by);
        await pass(aws, hour, told);

        expect([...waiting].filter((who) => !told.has(who))).toEqual([]);
        expect(await aws.store.list('lock/')).toEqual([]);
        expect(posts(aws).filter((key) => !/^lock\.(?:nag|freed|ended)$/u.test(key))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });
});

/** Does it; who was promised to be told is noted, unless the target became theirs. */
async function play(aws: Account, world: World, one: Exclude<Act, { do: 'die' | 'pass' }>, waiting: Set<string>) {
  const held = await lockOf(process(aws).world, target.key);
  const until = 'hours' in one && one.hours !== undefined ? aws.clock.now() + one.hours * hour : undefined;
  switch (one.do) {
    case 'lock':
    case 'steal':
      waiting.delete(one.by);
      return lock(world, { ...about, by: one.by, until, steals: one.do === 'steal' ? held?.id : undefined });
    case 'unlock':
      return unlock(world, held?.id ?? '', one.by);
    case 'keep':
      return keep(world, held?.id ?? '', one.by);
    case 'wait': {
      const answer = await wait(world, held?.id ?? '', one.by, 'en-US');
      if (answer.say === 'lock.waiting') waiting.add(one.by);
    }
  }
}
