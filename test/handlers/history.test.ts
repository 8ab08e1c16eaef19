import { describe, expect, it } from 'vitest';
import type { Slots } from '../../intents/catalog.ts';
import type { AuditEntry } from '../../src/core/audit.ts';
import type { Reply } from '../../src/core/reply.ts';
import type { World } from '../../src/core/world.ts';
import { history } from '../../src/handlers/history.ts';
import { verify } from '../../src/handlers/verify.ts';
import { testClock } from '../clock.ts';
import { account, artifact, process, target } from '../operations/account.ts';

const place = { workspace: 'T1', channel: 'C1', direct: false, shared: false };
const request = { id: 'msg/1', by: 'U1', place, origin: 'message', at: 0, text: 'x' } as const;
const day = 24 * 60 * 60_000;

function here() {
  const clock = testClock();
  const { world } = process(account(clock));
  const now = clock.now();
  const note = (id: string, about: Partial<AuditEntry> = {}) =>
    world.audit.note({ id, kind: 'refused', by: 'U1', target: target.key, at: now, ...about });
  /** A change that was carried out, or ended otherwise. */
  async function change(plan: string, about: Partial<AuditEntry>, outcome?: string): Promise<void> {
    await note(`${plan}/planned`, { plan, kind: 'planned', intent: 'Deploy', ...about });
    if (outcome) await note(`${plan}/ended`, { plan, kind: 'ended', by: 'opsjack', outcome });
  }
  return { world, now, note, change };
}

async function asked(world: World, slots: Slots = {}, of: 'target' | 'all' = 'target'): Promise<Reply> {
  const command = { intent: 'History', slots } as const;
  const answer = await history({ command, request, locale: 'en-US', world, ...(of === 'target' ? { target } : {}) });
  if (!('reply' in answer)) throw new Error('not a reply');
  return answer.reply;
}

/** Keys and plain texts of each row, without the time. */
function rows(reply: Reply): string[][] {
  const table = reply.parts.find((part) => part.kind === 'table');
  return (table?.rows ?? []).map((row) =>
    row.slice(1).map(({ text }) => (text.say === 'plain' ? JSON.stringify(text.with?.['text']) : text.say)),
  );
}
const says = (reply: Reply, key: string) => JSON.stringify(reply).includes(`"say":"${key}"`);
const deploy = (label: string) => ({ change: { kind: 'deploy', artifact: artifact(label) } }) as const;

describe('history', () => {
  it('has one row a change, newest first, with how it ended', async () => {
    const { world, change, note } = here();
    await change('plan_1', deploy('1'), 'done');
    await change('plan_2', deploy('2'), 'rolled-back');
    await change('plan_3', deploy('3'));
    await note('plan_3/called/1', { plan: 'plan_3', kind: 'called', calls: ['UpdateService 1'] });
    await note('lock_1/1', { kind: 'locked', why: 'sale' });

    expect(rows(await asked(world))).toEqual([
      ['by', 'intent.Lock', 'history.done'],
      ['by', 'change.deploy', 'history.planned'],
      ['by', 'change.deploy', 'history.rolled-back'],
      ['by', 'change.deploy', 'history.done'],
    ]);
  });

  it('says on top who deployed last, also when that is long ago', async () => {
    const { world, change } = here();
    await change('plan_1', { ...deploy('1.9.0'), by: 'U7' }, 'done');
    await change('plan_2', { ...deploy('2.0.0'), by: 'U8' }, 'failed');
    for (let number = 0; number < 60; number += 1) {
      await change(`plan_s${number}`, { intent: 'Scale', change: { kind: 'scale', sizes: { min: number } } }, 'done');
    }

    const [first] = (await asked(world)).parts;

    expect(first).toMatchObject({
      lines: [
        { parts: [{ say: 'history.header' }] },
        { parts: [{ say: 'history.deployed', with: { person: { person: 'U7' } } }] },
      ],
    });
    expect(JSON.stringify(first)).toContain('1.9.0');
  });

  it('shows twenty, and how many more there ever were', async () => {
    const { world, note } = here();
    for (let number = 0; number < 130; number += 1) await note(`e${number}`);

    const reply = await asked(world);

    expect(rows(reply)).toHaveLength(20);
    expect(reply.parts.at(-1)).toMatchObject({ parts: [{ say: 'history.more', with: { count: 110 } }] });
  });

  it('goes back as long as asked', async () => {
    const { world, note, now } = here();
    await note('old', { at: now - 2 * day });
    await note('new', { at: now - 1000 });

    expect(rows(await asked(world, { duration: 'P1D' }))).toHaveLength(1);
    expect(rows(await asked(world, { duration: 'P3D' }))).toHaveLength(2);
    expect(says(await asked(world, { duration: 'PT1S' }), 'history.none-since')).toBe(false);
    expect(says(await asked(here().world, { duration: 'PT1S' }), 'history.none-since')).toBe(true);
  });

  it('of everything names the targets, also one that is no more, and leaves settings out', async () => {
    const { world, note } = here();
    await note('a');
    await note('b', { target: 'ecs/1/here/shop/gone-prod' });
    await world.audit.note({ id: 'c', kind: 'config', by: 'opsjack', what: 'rules 1' });
    await world.audit.note({ id: 'd', kind: 'frozen', by: 'U2', what: 'prod' });

    expect(rows(await asked(world, {}, 'all')).map(([of, , what]) => [of, what])).toEqual([
      ['"–"', 'intent.Freeze'],
      ['"gone-prod"', '"refused"'],
      ['"api-prod"', '"refused"'],
    ]);
  });

  it('of everything shows nobody what they may not look at', async () => {
    const { world, note } = here();
    await note('a');
    const policy = { ...world.policy, may: async () => false };

    expect(says(await asked({ ...world, policy }, {}, 'all'), 'history.none-all')).toBe(true);
  });

  it('says that there is none', async () => {
    expect(says(await asked(here().world), 'history.none')).toBe(true);
  });
});

describe('audit verify', () => {
  it('has nothing to say of an empty log', async () => {
    const command = { intent: 'Verify', slots: {} } as const;

    const answer = await verify({ command, request, locale: 'en-US', world: here().world });

    expect(JSON.stringify(answer)).toContain('verify.empty');
  });
});
