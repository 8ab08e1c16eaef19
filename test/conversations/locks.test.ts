import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const minute = 60_000;
const hour = 60 * minute;
const settings = `
grants:
  - { who: [U0ALICE, U0DANIEL, U0JIHO], may: [scale, deploy, rollback, lock] }
  - { who: U0MINSU, may: [scale, deploy, rollback, lock, freeze, danger, admin] }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings, history: true });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

/** The bot's next message in somebody's direct messages that says so. */
const told = (who: string, since: number, says: string): Promise<Card> =>
  here.slack.until((one) => one.channel === `D${here.slack.as(who).person.id.slice(1)}` && words(one).includes(says), {
    since,
    timeoutMs: 20_000,
  });

/** Locks in direct messages, reason and all. */
async function lock(who: string, text: string, why: string): Promise<Card> {
  const person = talk(here, who);
  await person.ask(text);
  return person.ask(why, (one) => one.blocks?.length !== 0 && title(one) !== '');
}

describe('a lock', () => {
  test('asks why, keeps others away with who, why and what they can do, and is given back', async () => {
    const alice = talk(here, 'alice');
    const question = await alice.ask('lock api-prod');
    expect(words(question)).toContain('Why?');
    const locked = await alice.ask('Black Friday load test, please don’t deploy.');
    expect(title(locked)).toContain('api-prod: locked');
    expect(words(locked)).toContain('Black Friday load test');
    expect(words(locked)).toContain('until it is unlocked');

    const daniel = talk(here, 'daniel');
    const refused = await daniel.ask('scale api-prod min 3 max 8');

    expect(words(refused)).toMatch(/api-prod is locked\. Nothing was changed\. Black Friday load test.*<@U0ALICE>/u);
    expect(labels(here, refused)).toEqual(['Notify me', 'Steal']);
    expect(words(await daniel.ask('status of api-prod'))).toContain('api-prod is locked by <@U0ALICE>');
    const own = await alice.plan('scale api-prod min 3 max 8');
    expect(words(own)).toContain('Under your own lock');
    await alice.person.click(own, 'Cancel');

    expect(words(await daniel.follow(refused, 'Notify me'))).toContain('I’ll tell you once api-prod is free');
    const since = here.slack.mark();
    expect(words(await alice.ask('unlock api-prod'))).toContain('api-prod is free');
    expect(words(await told('daniel', since, 'is free'))).toContain('<@U0ALICE> unlocked it');
    const free = await daniel.plan('scale api-prod min 3 max 8');
    await daniel.person.click(free, 'Cancel');
    await becomes(here, free, ', cancelled');
    const again = here.slack.messages('U0DANIEL').filter((one) => words(one).includes('is free:'));
    expect(again).toHaveLength(1);
    expect(words(await daniel.follow(refused, 'Notify me'))).toContain('That lock is gone');
    expect(changes(here, '')).toEqual([]);
  });

  test('can be taken over with a reason, which its owner reads; a stale button does nothing', async () => {
    const daniel = talk(here, 'daniel');
    await lock('alice', 'lock checkout-api-staging for 2 hours', 'schema migration');
    const refused = await daniel.ask('scale checkout-api-staging min 2 max 3');
    expect(words(await talk(here, 'jiho').ask('unlock checkout-api-staging'))).toContain('checkout-api-staging');

    const question = await daniel.follow(refused, 'Steal');
    expect(words(question)).toContain('Why do you take checkout-api-staging over from <@U0ALICE>?');
    const since = here.slack.mark();
    const stolen = await daniel.ask('alice is on a plane, checkout is down', (one) => title(one) !== '');

    expect(words(stolen)).toContain('Only <@U0DANIEL> can change it now');
    const notice = await told('alice', since, 'took over your lock');
    expect(words(notice)).toContain('alice is on a plane, checkout is down');
    expect(notice.pings).toContain('U0ALICE');
    expect(words(await talk(here, 'alice').ask('scale checkout-api-staging min 2 max 3'))).toContain('is locked');
    expect(words(await daniel.follow(refused, 'Steal'))).toContain('That lock is gone');
    await daniel.follow(stolen, 'Unlock', (one) => words(one).includes('is free'));
  });

  test('of somebody else is given back by an admin alone, and its owner is told where it was locked', async () => {
    const locked = await lock('alice', 'lock mail-worker-prod', 'looking into a leak');
    const refusal = await talk(here, 'daniel').ask('unlock mail-worker-prod');
    expect(words(refusal)).toContain('is locked');
    const forged = await talk(here, 'daniel').follow(refusal, 'Steal');
    expect(words(forged)).toContain('Why');
    await talk(here, 'daniel').ask('cancel');

    const since = here.slack.mark();
    expect(words(await talk(here, 'minsu').ask('unlock mail-worker-prod'))).toContain('mail-worker-prod');

    expect(words(await told('alice', since, 'mail-worker-prod is free'))).toContain('<@U0MINSU>');
    expect(words(await talk(here, 'alice').follow(locked, 'Unlock'))).toContain('That lock is gone');
  });

  test('of two people at once is one of theirs', async () => {
    for (const who of ['alice', 'daniel']) await talk(here, who).ask('lock image-worker-prod');

    const answers = await Promise.all(
      ['alice', 'daniel'].map((who) =>
        talk(here, who).ask(`${who} needs it`, (one) => words(one).includes('needs it')),
      ),
    );

    const won = answers.filter((one) => title(one).includes('locked'));
    const lost = answers.filter((one) => words(one).includes('is locked'));
    expect([won.length, lost.length]).toEqual([1, 1]);
    const owner = words(won[0]!).includes('U0ALICE') ? 'alice' : 'daniel';
    expect(words(lost[0]!)).toContain(`${owner} needs it`);
    await talk(here, owner).ask('unlock image-worker-prod');
  });

  test('ends at its time by itself, and who waits is told', async () => {
    await lock('alice', 'lock image-worker-prod for 2 hours', 'batch import');
    const refused = await talk(here, 'jiho').ask('scale image-worker-prod min 5 max 20');
    await talk(here, 'jiho').follow(refused, labels(here, refused)[0]!);
    const since = here.slack.mark();

    here.clock.jump(2 * hour);

    await told('jiho', since, 'image-worker-prod');
    expect(words(await told('alice', since, 'ran out'))).toContain('image-worker-prod is free');
    const plan = await talk(here, 'daniel').plan('scale image-worker-prod min 5 max 20');
    await talk(here, 'daniel').person.click(plan, 'Cancel');
  });

  test('that may be forgotten asks its owner after 4 hours, and then every day', async () => {
    await lock('alice', 'lock image-worker-prod', 'canary');
    let since = here.slack.mark();
    here.clock.jump(4 * hour + minute);
    const first = await told('alice', since, 'Is that still needed?');
    expect(first.pings).toContain('U0ALICE');
    expect(labels(here, first)).toEqual(['Unlock', 'Keep']);
    expect(words(await talk(here, 'alice').follow(first, 'Keep'))).toContain('stays locked');

    since = here.slack.mark();
    here.clock.jump(24 * hour + minute);
    const second = await told('alice', since, 'Is that still needed?');
    const freed = await talk(here, 'alice').follow(second, 'Unlock');

    expect(words(freed)).toContain('image-worker-prod is free');
  });

  test('made after a plan was shown refuses its confirmation', async () => {
    const plan = await talk(here, 'daniel').plan('scale image-worker-prod min 5 max 20');
    await lock('alice', 'lock image-worker-prod', 'hands off');

    const answer = await talk(here, 'daniel').follow(plan, 'Scale to 5–20');

    expect(words(answer)).toContain('image-worker-prod is locked');
    expect(changes(here, '')).toEqual([]);
    await talk(here, 'alice').ask('unlock image-worker-prod');
  });

  test('reads the same in Korean, and gives way to who may override it, whose owner is told', async () => {
    const minsu = talk(here, 'minsu');
    await lock('alice', 'lock catalog-api-prod', 'reindexing');
    const refused = await minsu.ask('catalog-api-prod 최소 5 최대 13으로 바꿔줘');
    expect(words(refused)).toMatch(/catalog-api-prod: 잠겨 있습니다.*변경된 것은 없습니다.*reindexing/u);
    expect(labels(here, refused)).toEqual(['풀리면 알림', '잠금 가져오기', '잠금 해제', '그래도 진행']);

    expect(words(await minsu.follow(refused, '그래도 진행'))).toContain('왜 지금');
    const plan = await minsu.ask('장애 대응이라 기다릴 수 없습니다', (one) => title(one) !== '');
    expect(words(plan)).toContain('장애 대응이라 기다릴 수 없습니다');
    const since = here.slack.mark();
    await minsu.person.click(plan, labels(here, plan)[0]!);

    const notice = await told('alice', since, 'against your lock');
    expect(words(notice)).toContain('장애 대응이라 기다릴 수 없습니다');
    await becomes(here, plan, /완료$/u);
    expect(changes(here, 'catalog-api').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
    await minsu.follow(refused, '잠금 해제', (one) => words(one).includes('잠금을 풀었습니다'));
  });
});
