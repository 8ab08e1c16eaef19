import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const minute = 60_000;
const hour = 60 * minute;

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const until = (fits: (message: Card) => boolean) => here.slack.until(fits, { timeoutMs: 25_000 });
const sizes = (name: string) => changes(here, name).map(({ params }) => [params['MinCapacity'], params['MaxCapacity']]);

/** Scales for two hours and resolves with the finished card. */
async function temporarily(alice: ReturnType<typeof talk>, text: string, button: string): Promise<Card> {
  const plan = await alice.plan(text);
  expect(words(plan)).toContain('taken back after 2 h');
  await alice.person.click(plan, button);
  return becomes(here, plan, ', done');
}

describe('a size for a while', () => {
  test('reminds ten minutes before the end, and is taken back by itself', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const done = await temporarily(alice, 'scale api-prod min 4 max 12 for 2 hours', 'Scale to 4–12');
    expect(labels(here, done)).toEqual(expect.arrayContaining(['Keep', '2 h more', 'Revert now']));

    here.clock.jump(hour + 51 * minute);
    const reminder = await until((one) => one.order > done.order && title(one).includes('back to 2–6'));
    expect(words(reminder)).toContain('if nobody does anything, it is taken back');
    here.clock.jump(10 * minute);

    const back = await until((one) => one.order > reminder.order && title(one).endsWith(', done'));
    expect(title(back)).toContain('scale to 2–6');
    expect(sizes('api-prod')).toEqual([
      [4, 12],
      [2, 6],
    ]);
  });

  test('stays when somebody keeps it', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const done = await temporarily(alice, 'scale api-prod min 4 max 12 for 2 hours', 'Scale to 4–12');
    here.clock.jump(hour + 51 * minute);
    const reminder = await until((one) => one.order > done.order && title(one).includes('back to 2–6'));

    await alice.person.click(reminder, 'Keep');

    await until((one) => one.order === reminder.order && words(one).includes('kept by'));
    here.clock.jump(3 * hour);
    const late = await alice.follow(reminder, 'Revert now').catch(() => undefined);
    expect(late).toBeUndefined();
    expect(sizes('api-prod')).toEqual([[4, 12]]);
  });

  test('is not taken back over what somebody did since: it is asked', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const done = await temporarily(alice, 'scale api-prod min 5 max 13 for 2 hours', 'Scale to 5–13');
    here.aws.control.outside('api-prod', { min: 3, max: 9 });

    here.clock.jump(2 * hour + minute);

    const asked = await until((one) => one.order > done.order && words(one).includes('somebody has changed'));
    const plan = await until((one) => one.order > done.order && title(one).endsWith('scale to 4–12?'));
    expect(asked.text).toContain('<@U0ALICE>');
    await alice.person.click(plan, 'Cancel');
    await becomes(here, plan, ', cancelled');
    expect(sizes('api-prod')).toEqual([[5, 13]]);
  });

  test('is taken back at once by a click, also by somebody else', { timeout: 60_000 }, async () => {
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack scale api-prod min 4 max 12 for 2 hours');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since });
    await here.slack.as('alice').click(plan, 'Scale to 4–12');
    const done = await becomes(here, plan, ', done');

    await here.slack.as('daniel').click(done, 'Revert now');

    const back = await until((one) => one.order > done.order && title(one).endsWith(', done'));
    expect(title(back)).toContain('scale to 3–9');
  });
});

describe('a size at a time', () => {
  test('waits for it in the person’s own time zone, and starts then', { timeout: 60_000 }, async () => {
    const minsu = talk(here, 'minsu');
    const plan = await minsu.plan('api-prod를 내일 오전 9시에 최소 2 최대 7로 바꿔줘').catch(() => undefined);
    const card = plan ?? (await until((one) => title(one).includes('api-prod') && title(one).includes('2–7')));
    const at =
      Number(/<!date\^(\d+)\^[^|]*\|[^>]*>/u.exec(JSON.stringify(card.blocks).split('시작').at(-1)!)?.[1]) * 1000;
    const local = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Seoul', hour: '2-digit', minute: '2-digit' });
    expect(local.format(at)).toBe('09:00');
    await minsu.person.click(card, labels(here, card)[0]!);
    await becomes(here, card, '예약됨');
    expect(sizes('api-prod')).toEqual([]);

    here.clock.jump(at - here.clock.now() + 1000);

    await becomes(here, card, /완료$/u);
    expect(sizes('api-prod')).toEqual([[2, 7]]);
  });

  test('can be cancelled until then, and leaves the target free', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale api-prod min 3 max 8 at 23:58');
    await alice.person.click(plan, 'Scale to 3–8');
    await becomes(here, plan, ', scheduled');

    const other = await alice.plan('scale api-prod min 2 max 9');
    await alice.person.click(other, 'Scale to 2–9');
    await becomes(here, other, ', done');
    await alice.person.click(plan, 'Cancel');
    await becomes(here, plan, ', cancelled');

    expect(sizes('api-prod')).toEqual([[2, 9]]);
  });
});
