import { describe, expect, it } from 'vitest';
import { audit } from '../../src/core/audit.ts';
import { linesOf, note, noteCalls, noteRefusal } from '../../src/core/audit-plan.ts';
import { Refusal } from '../../src/core/errors.ts';
import type { Plan } from '../../src/core/records.ts';
import { say } from '../../src/core/reply.ts';
import type { Request } from '../../src/core/request.ts';
import { testClock } from '../clock.ts';
import { account, artifact, entries, process, target } from '../operations/account.ts';

const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } as const;

const scale = (about: Partial<Plan> = {}): Plan => ({
  kind: 'plan',
  schema: 1,
  id: 'plan_1',
  state: 'proposed',
  intent: 'Scale',
  command: { intent: 'Scale', slots: { target: target.key, min: 4 } },
  target,
  change: { kind: 'scale', sizes: { min: 4, max: 12 } },
  before: { sizes: { min: 2, max: 6 }, capacity },
  warnings: [],
  by: 'U1',
  place,
  locale: 'en-US',
  proposedAt: 10,
  attempts: 0,
  stoppable: false,
  ...about,
});

/** What is noted, without what is the same in every line. */
function noted(plan: Plan): object[] {
  return linesOf(plan).map(({ id, target: of, plan: operation, channel, ...rest }) => {
    expect([of, operation, channel]).toEqual([target.key, 'plan_1', 'C1']);
    expect(id.startsWith('plan_1/')).toBe(true);
    return rest;
  });
}
const kinds = (plan: Plan) => linesOf(plan).map(({ kind, by, at }) => [kind, by, at]);

describe('what is noted of a plan', () => {
  it('is what changes, where, for whom and why', () => {
    expect(noted(scale({ why: 'Black Friday' }))).toEqual([
      {
        kind: 'planned',
        by: 'U1',
        at: 10,
        command: { intent: 'Scale', slots: { target: target.key, min: 4 } },
        intent: 'Scale',
        change: { kind: 'scale', sizes: { min: 4, max: 12 } },
        what: 'min 2 -> 4, max 6 -> 12',
        why: 'Black Friday',
      },
    ]);
  });

  it.each<[string, Partial<Plan>]>([
    [
      'deploy 1.9.0 (ab12), was 1.8.2',
      {
        change: { kind: 'deploy', artifact: { ...artifact('1.9.0'), digest: 'ab12' } },
        before: { sizes: {}, capacity, artifact: artifact('1.8.2') },
      },
    ],
    ['deploy 1.9.0 to 20 %', { change: { kind: 'deploy', artifact: artifact('1.9.0'), percent: 20 } }],
    ['restart', { change: { kind: 'restart' } }],
    ['swap with api-blue', { change: { kind: 'swap', other: { ...target, name: 'api-blue' } } }],
    ['desired ? -> 5, made scalable', { change: { kind: 'scale', sizes: { desired: 5 }, register: true } }],
  ])('says in a few words: %s', (what, about) => {
    expect(linesOf(scale(about))[0]?.what).toBe(what);
  });

  it.each<[string, Partial<Plan>, unknown[][]]>([
    ['not confirmed in time', { state: 'expired' }, [['expired', 'opsjack', undefined]]],
    ['replaced', { state: 'superseded' }, [['superseded', 'opsjack', undefined]]],
    ['cancelled', { state: 'cancelled' }, [['cancelled', 'U1', undefined]]],
    [
      'carried out',
      { state: 'ended', outcome: 'done', agreedAt: 20, startedAt: 30, endedAt: 40 },
      [
        ['confirmed', 'U1', 20],
        ['started', 'U1', 30],
        ['ended', 'opsjack', 40],
      ],
    ],
    [
      'stopped by somebody else',
      { state: 'watching', agreedAt: 20, startedAt: 30, stop: { by: 'U2', at: 35 } },
      [
        ['confirmed', 'U1', 20],
        ['started', 'U1', 30],
        ['stopped', 'U2', 35],
      ],
    ],
    [
      'declined by one of those who had to agree',
      {
        state: 'cancelled',
        approval: { need: 2, from: [], eligible: [], within: 50, hash: '', until: 70 },
        votes: [
          { by: 'U2', isYes: true, at: 30 },
          { by: 'U3', isYes: false, at: 40 },
        ],
      },
      [
        ['confirmed', 'U1', 20],
        ['approved', 'U2', 30],
        ['declined', 'U3', 40],
      ],
    ],
    [
      'set for later',
      { state: 'scheduled', agreedAt: 20, startAt: 1000 },
      [
        ['confirmed', 'U1', undefined],
        ['scheduled', 'U1', undefined],
      ],
    ],
  ])('tells the life of one that was %s', (_life, about, lines) => {
    expect(kinds(scale(about))).toEqual([['planned', 'U1', 10], ...lines]);
  });

  it('says why one did not start, without what AWS or people said', () => {
    const reason = say('error.denied', { platform: 'ecs', operation: 'UpdateService', code: { code: 'AccessDenied' } });
    const cause = { kind: 'aws-says' as const, args: { words: 'SECRET=hunter2' } };

    expect(noted(scale({ state: 'ended', outcome: 'not-started', endedAt: 40, reason })).at(-1)).toEqual({
      kind: 'ended',
      by: 'opsjack',
      at: 40,
      outcome: 'not-started',
      what: 'error.denied (platform: ecs, operation: UpdateService, code: AccessDenied)',
    });
    const failed = scale({ state: 'ended', outcome: 'failed', endedAt: 40, cause });
    expect(noted(failed).at(-1)).toMatchObject({ outcome: 'failed', what: 'aws-says' });
    expect(JSON.stringify(linesOf(failed))).not.toContain('hunter2');
  });
});

function here() {
  const aws = account(testClock());
  return { aws, world: process(aws).world };
}

describe('noting', () => {
  it('again adds only what is new', async () => {
    const { aws, world } = here();

    await note(world, scale());
    await note(world, scale({ state: 'agreed', agreedAt: 20 }));
    await note(process(aws).world, scale({ state: 'agreed', agreedAt: 20 }));

    expect((await entries(aws)).map(({ id }) => id)).toEqual(['plan_1/planned', 'plan_1/confirmed']);
  });

  it('keeps the calls of each attempt, once, and nothing of one without', async () => {
    const { aws, world } = here();

    await noteCalls(world, scale(), 'U1', []);
    await noteCalls(world, scale(), 'U1', ['RegisterTaskDefinition 1', 'UpdateService 2']);
    await noteCalls(world, scale(), 'U2', ['StopServiceDeployment 3']);

    expect(await entries(aws)).toMatchObject([
      { kind: 'called', by: 'U1', plan: 'plan_1', calls: ['RegisterTaskDefinition 1', 'UpdateService 2'] },
      { kind: 'called', by: 'U2', plan: 'plan_1', calls: ['StopServiceDeployment 3'] },
    ]);
  });

  it('says what somebody was refused, and which grant was missing', async () => {
    const { aws, world } = here();
    const request: Request = { id: 'msg/1', by: 'U2', place, origin: 'message', at: 0, text: 'x' };
    const givers = [say('who.person', { person: { person: 'U9' } })];
    const right = { right: { code: 'deploy' }, on: { code: 'stage:prod' }, givers, target: 'api-prod' };
    const command = { intent: 'Deploy', slots: { target: target.key, version: '1.9.0' } } as const;

    await noteRefusal(world, request, new Refusal(say('refuse.right', right)), { command, target: target.key });

    expect(await entries(aws)).toMatchObject([
      {
        id: 'msg/1/refused',
        kind: 'refused',
        by: 'U2',
        target: target.key,
        command,
        what: 'refuse.right (right: deploy, on: stage:prod, target: api-prod)',
      },
    ]);
  });

  it('never fails an operation that goes on: a log that is down is said', async () => {
    const { world } = here();
    const warned: string[] = [];
    const down = audit({
      store: { ...world.store, put: () => Promise.reject(new Error('down')) },
      clock: world.clock,
      log: { warn: () => undefined },
    });
    const log = { ...world.log, warn: (_fields: object, message: string) => void warned.push(message) };

    await noteCalls({ ...world, audit: down, log }, scale(), 'U1', ['UpdateService 1']);

    expect(warned).toEqual(['calls could not be noted']);
  });
});
