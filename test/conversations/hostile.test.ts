import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, bot, changes, labels, talk, type Card } from './dialog.ts';
import { forge, valueOf } from './forged.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const settings = `
grants:
  - { who: [U0ALICE, U0JIHO, U0DANIEL], may: [scale, deploy, rollback] }
  - { who: U0MINSU, may: [admin] }
approvals:
  - { on: { name: checkout-api-prod }, for: scale, need: 2, from: [S0APPROVE, U0MINSU], within: 60 }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ mode: 'http', changes: [], settings });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const patience = { timeoutMs: 20_000 };
const done = () => changes(here, '').map(({ operation }) => operation);
/** All the bot said so far. */
const everything = () =>
  ['#ops', 'U0ALICE', 'U0DANIEL', 'U0JIHO'].flatMap((channel) =>
    here.slack.messages(channel).filter(({ user }) => user === bot),
  );

/** Asks in #ops and resolves with the card that asks back. */
async function asked(who: string, text: string): Promise<Card> {
  const said = await here.slack.as(who).say('#ops', `@OpsJack ${text}`);
  return here.slack.until((message) => title(message).endsWith('?'), { since: said.since, ...patience });
}

/** Waits until everything sent before has been worked on. */
const settled = () => talk(here, 'emma').ask('whoami');

describe('a click that is not what it seems', () => {
  let plan: Card;
  let confirm: string[];
  beforeAll(async () => {
    plan = await asked('alice', 'scale image-worker-prod min 5 max 20');
    confirm = valueOf(here, plan, 'Scale to 5–20');
  });

  test.each([
    ['signed with another secret', { secret: 'guessed' }],
    ['signed, but six minutes old', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
  ])('%s is turned away and does nothing', async (_name, tampering) => {
    const answer = await forge(here, plan, { who: 'U0ALICE', value: confirm }, tampering);

    expect(answer).toMatchObject({ acked: false, status: 401 });
    await settled();
    expect(done()).toEqual([]);
  });

  test("on somebody else's plan, from a message of one's own, is refused privately", async () => {
    const mine = await talk(here, 'daniel').plan('scale catalog-api-prod min 2 max 11');

    await forge(here, mine, { who: 'U0DANIEL', value: confirm });

    await settled();
    expect(title(here.slack.current(plan)!)).toContain('?');
    expect(done()).toEqual([]);
    await here.slack.as('daniel').click(mine, 'Cancel');
  });

  test.each([
    ['of a plan that never was', ['p', 'confirm', 'made-up']],
    ['of an operation that never was', ['o', 'undo', 'made-up']],
    ['of a lock that never was', ['l', 'unlock', 'made-up']],
    ['with a verb nobody has', ['p', 'run', 'made-up']],
    ['with a command inside', ['c', 'Shell', { target: 'rm -rf /' }]],
    ['with a prototype for an intent', ['c', '__proto__', {}]],
    ['with a whole page in it', ['c', 'Status', { target: 'x'.repeat(5000) }]],
  ])('%s changes nothing, and the bot goes on', async (_name, value) => {
    const answer = await forge(here, plan, { who: 'U0ALICE', value });

    expect(answer.acked).toBe(true);
    await settled();
    expect(done()).toEqual([]);
  });

  test('from another workspace is acknowledged and nothing else', async () => {
    const before = here.slack.messages('#ops').length;

    const answer = await forge(here, plan, { who: 'U0ALICE', value: confirm, team: 'T0PARTNER' });

    expect(answer.acked).toBe(true);
    await settled();
    expect(here.slack.messages('#ops')).toHaveLength(before);
    expect(title(here.slack.current(plan)!)).toContain('?');
    expect(done()).toEqual([]);
  });

  test('a thousand times at once is one change, and told of again it is none', { timeout: 90_000 }, async () => {
    const click = (trigger?: string) =>
      forge(here, plan, { who: 'U0ALICE', value: confirm, ...(trigger ? { trigger } : {}) });

    const answers = await Promise.all(Array.from({ length: 1000 }, (_, at) => click(at % 2 ? 'twice' : undefined)));

    expect(answers.filter(({ acked }) => acked).length).toBeGreaterThan(0);
    await becomes(here, plan, ', done');
    await click('twice');
    await click();
    await settled();
    expect(done()).toEqual(['RegisterScalableTarget']);
  });
});

describe('approval', () => {
  test("of one's own request through a second message is refused", { timeout: 60_000 }, async () => {
    const first = await asked('jiho', 'scale checkout-api-prod min 3 max 9');
    await here.slack.as('jiho').click(first, labels(here, first)[0]!);
    const card = await becomes(here, first, /: approve .*\?$|승인/u);
    const approve = JSON.parse(here.slack.clickables(card)[0]!.value!) as string[];
    expect(approve.slice(0, 2)).toEqual(['p', 'approve']);
    const mine = await talk(here, 'jiho').ask('status of checkout-api-prod');

    await forge(here, mine, { who: 'U0JIHO', value: approve });

    await settled();
    expect(words(here.slack.current(card)!)).toContain('0/2');
    expect(done()).toEqual([]);
    await here.slack.as('jiho').click(card, '취소');
  });

  test('counts nobody whose right, or whose group, was taken away meanwhile', { timeout: 60_000 }, async () => {
    const first = await asked('alice', 'scale checkout-api-prod min 3 max 10');
    await here.slack.as('alice').click(first, labels(here, first)[0]!);
    const card = await becomes(here, first, /: approve .*\?$/u);
    await here.slack.as('jiho').click(card, 'Approve');
    const half = await here.slack.until((one) => one.order === card.order && words(one).includes('1 of 2'), patience);
    here.settings(settings.replace('U0ALICE, U0JIHO', 'U0JIHO'));

    await here.slack.as('minsu').click(half, 'Approve');

    const ended = await becomes(here, card, ', not started');
    expect(words(ended)).toContain('Nothing was changed');
    expect(done()).toEqual([]);
    here.settings(settings);
  });
});

describe('names and words that are not what they seem', () => {
  test.each(['аpi-prod', 'api-prod\u200b2', 'api\u2060-prοd'])(
    'a name that only looks like a known one is never acted on: %j',
    async (name) => {
      const answer = await talk(here, 'alice').ask(`scale ${name} min 3 max 8`);

      expect(title(answer)).not.toContain('scale');
      expect(labels(here, answer).join()).not.toContain('Scale to');
      expect(done()).toEqual([]);
    },
  );

  test('labels, reasons and names from outside notify nobody', { timeout: 60_000 }, async () => {
    for (const label of ['<!channel>', '<@U0MINSU> urgent', '<https://evil.example|1.9.0>', '*_~`2.0`~_*'])
      here.aws.control.addVersion('shop-web', label);
    here.clock.jump(5 * 60_000);
    const alice = talk(here, 'alice');

    const list = await alice.ask('versions of shop-web-prod');
    const plan = await alice.plan('deploy <!channel> to shop-web-prod').catch(() => undefined);
    const reason = await alice.plan('scale image-worker-prod min 6 max 20 because of <!everyone> and <@U0MINSU>');
    await alice.person.click(reason, labels(here, reason)[0]!);
    await becomes(here, reason, ', done');

    expect(here.slack.shownText(list)).toContain('‹!channel>');
    const since = everything().filter(({ order }) => order >= list.order);
    expect(since.flatMap(({ pings }) => pings).filter((it) => it !== 'U0ALICE')).toEqual([]);
    expect(plan === undefined || title(plan).endsWith('?')).toBe(true);
  });
});

test('secrets of what is deployed are in no message, no log line and no record', { timeout: 60_000 }, async () => {
  const alice = talk(here, 'alice');
  for (const text of [
    'status of shop-web-prod',
    'events of shop-web-prod',
    'versions of shop-web-prod',
    'history of shop-web-prod',
  ])
    await alice.ask(text);
  const plan = await alice.plan('scale shop-web-prod min 4 max 9');
  await alice.follow(plan, 'Show the calls');
  await alice.person.click(plan, labels(here, plan)[0]!);
  await becomes(here, plan, ', done');

  const secrets = /not-a-real|PAYMENT_API_KEY|ADMIN_PASSWORD|xox[bp]-|xapp-/u;
  expect(
    everything()
      .filter((one) => secrets.test(JSON.stringify(one)))
      .map(words),
  ).toEqual([]);
  expect(here.lines.filter((line) => secrets.test(line))).toEqual([]);
  expect(secrets.test(readFileSync(here.store, 'latin1'))).toBe(false);
  expect(done()).toContain('UpdateEnvironment');
});
