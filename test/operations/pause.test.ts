// A deployment that waits at a hook of AWS's, from the moment it is seen to what became of the decision.
import { describe, expect, test } from 'vitest';
import { stop } from '../../src/core/agree.ts';
import { decidePause, type PauseVerb } from '../../src/core/pauses.ts';
import { policy } from '../../src/core/policy.ts';
import { keys, type Plan } from '../../src/core/records.ts';
import { operations } from '../../src/operations/advance.ts';
import { testClock } from '../clock.ts';
import { account, artifact, process, target, type Account, type Answer } from './account.ts';

const operation = 'plan_1';
const minute = 60_000;

/** A deployment that is watched and waits at `hook`, seen once. */
async function waiting(until?: number) {
  const aws = account(testClock());
  const { world } = process(aws);
  const capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } as const;
  const plan: Plan = {
    kind: 'plan',
    schema: 1,
    id: operation,
    state: 'watching',
    intent: 'Deploy',
    command: { intent: 'Deploy', slots: {} },
    target,
    change: { kind: 'deploy', artifact: artifact('1.1.0') },
    before: { sizes: {}, capacity, artifact: artifact('1.0.0') },
    warnings: [],
    by: 'U1',
    place: { workspace: 'T1', channel: 'C1', direct: false, shared: false },
    locale: 'en-US',
    message: { channel: 'C1', ts: '1' },
    proposedAt: world.clock.now(),
    startedAt: world.clock.now(),
    attempts: 0,
    stoppable: true,
    handle: 'h',
  };
  await aws.store.put(keys.plan(operation), plan);
  aws.messages.set('1', { reply: { parts: [] }, edits: 0 });
  aws.pause = { hook: 'one', ...(until === undefined ? {} : { until: world.clock.now() + until }) };
  const { advance } = operations(world);
  const look = () => advance(operation);
  await look();
  const decide = (verb: PauseVerb, hook = 'one', by = 'U1') => decidePause(world, { operation, hook, verb }, by);
  const now = async () => (await aws.store.get<Plan>(keys.plan(operation)))!.value;
  return { aws, world, look, decide, now };
}

const shown = (aws: Account): string => JSON.stringify(aws.messages.get('1')?.reply);
const sent = (aws: Account): string[] => aws.done.map(({ kind }) => kind);

describe('a deployment that waits', () => {
  test('shows how it can go on and until when, and tells who must decide once', async () => {
    const { aws, look } = await waiting(30 * minute);

    await look();
    await look();

    expect(shown(aws)).toContain('"pause.until"');
    expect(shown(aws)).toContain('"verb":"continue"');
    expect(shown(aws)).toContain('"verb":"rollback"');
    expect(shown(aws)).not.toContain('"verb":"abort"');
    const told = [...aws.messages.values()].filter(({ reply }) => JSON.stringify(reply).includes('told.paused-until'));
    expect(told).toHaveLength(1);
  });

  test.each([
    { verb: 'continue' as const, ends: 'done', line: 'pause.continued' },
    { verb: 'rollback' as const, ends: 'stopped', line: 'plan.was-stopped' },
  ])('is told to $verb once, and ends as $ends', async ({ verb, ends, line }) => {
    const { aws, look, decide, now } = await waiting();

    const answers = await Promise.all([decide(verb), decide(verb), decide(verb, 'one', 'U2')]);
    await look();
    const between = shown(aws);
    await look();
    if (verb === 'continue') aws.progress = 'done';
    await look();

    expect(answers.filter((answer) => answer === undefined)).toHaveLength(1);
    expect(answers.filter((answer) => answer?.say === 'late.decided')).toHaveLength(2);
    expect(sent(aws)).toEqual([verb]);
    expect(between).toContain(line);
    expect((await now()).outcome).toBe(ends);
  });

  test('is not decided by a click on an earlier pause', async () => {
    const { aws, look, decide } = await waiting();
    await decide('continue');
    await look();
    aws.pause = { hook: 'two' };
    await look();

    const late = await decide('continue', 'one', 'U2');
    const wrong = await decide('rollback', 'zero');
    const right = await decide('rollback', 'two');
    await look();

    expect([late?.say, wrong?.say, right]).toEqual(['late.decided', 'refuse.not-waiting', undefined]);
    expect(sent(aws)).toEqual(['continue', 'rollback']);
  });

  test.each<{ answers: Answer[]; times: number }>([
    { answers: ['takes and breaks off'], times: 1 },
    { answers: ['breaks off before'], times: 1 },
    { answers: ['denies', 'breaks off before', 'takes and breaks off'], times: 1 },
  ])('goes on once when AWS answers $answers', async ({ answers, times }) => {
    const { aws, look, decide, now } = await waiting();
    aws.answers.push(...answers);

    await decide('continue');
    for (let looks = 0; looks < answers.length + 2; looks += 1) await look();

    expect(sent(aws)).toEqual(Array.from({ length: times }, () => 'continue'));
    expect((await now()).decision).toMatchObject({ sent: true });
    expect((await now()).decision).not.toHaveProperty('refused');
  });

  test('says that a decision came too late, when it was decided elsewhere', async () => {
    const { aws, look, decide, now } = await waiting();
    await decide('rollback');
    aws.pause = undefined;

    await look();
    const between = shown(aws);
    aws.progress = 'done';
    await look();

    expect(between).toContain('pause.refused');
    expect(sent(aws)).toEqual([]);
    expect((await now()).outcome).toBe('done');
  });

  test('is watched on after hours of waiting, and an hour longer when it goes on', async () => {
    const { aws, look, decide, now } = await waiting(10 * 60 * minute);

    await aws.clock.advance(9 * 60 * minute);
    await look();
    const waits = (await now()).state;
    await decide('continue');
    await look();
    await look();
    const goes = (await now()).state;
    await aws.clock.advance(61 * minute);
    await look();

    expect([waits, goes]).toEqual(['watching', 'watching']);
    expect(await now()).toMatchObject({ state: 'ended', outcome: 'unfinished' });
  });

  test.each([
    { verb: 'continue' as const, may: 'rollback' as const },
    { verb: 'rollback' as const, may: 'deploy' as const },
  ])('is not told to $verb by somebody who may only $may at the click', async ({ verb, may }) => {
    const { aws, world, look, now } = await waiting();
    const none = { approvals: [], order: [], ceilings: [], sharedChannels: [], hash: 'narrow' };
    const rules = { grants: [{ who: ['U2'], may: [may], on: {} }], ...none };
    const narrow = policy({ rules: () => rules, people: world.people, tags: async () => undefined });

    const refused = decidePause({ ...world, policy: narrow }, { operation, hook: 'one', verb }, 'U2');

    await expect(refused).rejects.toMatchObject({ name: 'Refusal', reason: { say: 'refuse.right' } });
    await look();
    expect(sent(aws)).toEqual([]);
    expect(await now()).not.toHaveProperty('decision');
  });

  test('that is being stopped is not continued, and one that is over neither', async () => {
    const { aws, world, look, decide } = await waiting();

    await stop(world, operation, 'U2');
    const stopping = await decide('continue');
    await look();
    const over = await decide('continue');

    expect([stopping?.say, over?.say]).toEqual(['late.stopping', 'late.ended']);
    expect(sent(aws)).toEqual(['abort']);
  });
});

test('a stop whose answer was lost, and that AWS follows at once, ends as a stop', async () => {
  const { aws, world, look, now } = await waiting();
  aws.pause = undefined;
  await stop(world, operation, 'U2');
  aws.answers.push('takes and breaks off');

  await look();

  expect(await now()).toMatchObject({ state: 'ended', outcome: 'stopped' });
});

test('a stop that AWS took right before a crash ends as a stop, whoever goes on', async () => {
  const { aws, world } = await waiting();
  aws.pause = undefined;
  await stop(world, operation, 'U2');
  for (let nth = 1; !sent(aws).includes('abort'); nth += 1) {
    const dying = process(aws);
    Object.assign(dying.life, { dieIn: nth, lastIsDone: true });
    await operations(dying.world)
      .advance(operation)
      .catch(() => undefined);
  }

  await operations(process(aws).world).advance(operation);

  const { value } = (await aws.store.get<Plan>(keys.plan(operation)))!;
  expect(value).toMatchObject({ state: 'ended', outcome: 'stopped' });
});
