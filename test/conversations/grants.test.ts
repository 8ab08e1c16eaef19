import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const grants = `
grants:
  - { who: [U0ALICE, S0ONCALL], may: [scale, deploy, rollback], on: { stage: prod, platform: ecs } }
  - { who: everyone, may: scale, on: { name: '*-staging' } }
  - { who: U0GUEST, may: status, on: { name: checkout-api-staging } }
  - { who: everyone, may: status, on: { name: checkout-api-staging } }
  - { who: U0MINSU, may: [admin, danger] }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings: grants });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const members = (id: string, users: string[]) => {
  here.slack.groups.find((one) => one.id === id)!.users = users;
  here.clock.jump(61_000);
};

describe('grants', () => {
  test('let people do what they name, where they say, and nothing else', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale api-prod min 3 max 8');
    await alice.person.click(plan, 'Scale to 3–8');
    await becomes(here, plan, ', done');

    const elsewhere = await alice.ask('scale shop-web-prod min 3 max 8');
    expect(words(elsewhere)).toContain('Missing grant: `scale` on `stage:prod`');
    expect(elsewhere.text).toContain('<@U0MINSU> can give it');
    const nobody = await talk(here, 'daniel').ask('deploy 1.9.0 to api-prod');
    expect(words(nobody)).toContain('Missing grant: `deploy` on `stage:prod`');
    expect(title(await talk(here, 'daniel').plan('scale checkout-api-staging to 2'))).toContain('checkout-api-staging');
    expect(changes(here, '').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
  });

  test('of a group follow who is in it: between request, click and start', { timeout: 60_000 }, async () => {
    members('S0ONCALL', ['U0JIHO']);
    const jiho = talk(here, 'jiho');
    const plan = await jiho.ask('scale api-prod min 3 max 9', (message) => title(message).endsWith('?'));
    members('S0ONCALL', []);

    const clicked = await jiho.person.click(plan, labels(here, plan)[0]!);

    const refused = await here.slack.until(
      (message) => message.order > plan.order && message.text.includes('scale') && message.text.includes('stage:prod'),
      { since: clicked.since },
    );
    expect(words(refused)).toContain('stage:prod');
    expect(changes(here, '')).toEqual([]);
  });

  test('fail closed while Slack does not tell who is in a group', { timeout: 60_000 }, async () => {
    members('S0ONCALL', ['U0DANIEL']);
    here.slack.fault({ method: 'usergroups.users.list', kind: 'http-500', times: 50 });

    const answer = await talk(here, 'daniel').ask('scale api-prod min 3 max 10');

    expect(words(answer)).toContain('Nothing was changed');
    expect(changes(here, '')).toEqual([]);
    here.slack.clearFaults();
  });

  test('are told: who can do what, and what one may do oneself', async () => {
    const who = await talk(here, 'daniel').ask('who can deploy to api-prod');
    expect(words(who)).toContain('deploy');
    expect(who.text).toContain('<!subteam^S0ONCALL>');
    const mine = await talk(here, 'alice').ask('whoami');
    expect(words(mine)).toContain('scale, deploy, rollback');
    expect(words(mine)).toContain('platform:ecs');
  });

  test('let a guest only do what names them', async () => {
    expect(title(await talk(here, 'grace').ask('status of checkout-api-staging'))).toContain('checkout-api-staging');
    expect(words(await talk(here, 'grace').ask('status of api-prod'))).toContain('Missing grant: `status`');
    const fleet = await talk(here, 'grace').ask('what is unhealthy?');
    expect(words(fleet)).toContain('1 target is healthy');
    expect(words(await talk(here, 'grace').ask('scale checkout-api-staging to 3'))).toContain('Missing grant: `scale`');
  });

  test('change with the file while it runs; a bad edit changes nothing and is noted', { timeout: 60_000 }, async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale api-prod min 2 max 7');
    here.settings('grants: [{ who: U0ALICE, may: [scale] }, { who: everyone, may: oops }]');
    expect(here.lines.join('\n')).toContain('the settings are wrong');
    here.settings('grants: [{ who: U0ALICE, may: [scale] }]');

    await alice.person.click(plan, 'Scale to 2–7');

    expect(words(await becomes(here, plan, ', not started'))).toContain('rules of who may do what changed');
    expect(changes(here, '')).toEqual([]);
    here.settings(grants);
  });
});

const until = (fits: (message: Card) => boolean) => here.slack.until(fits, { timeoutMs: 20_000 });

describe('what is dangerous', () => {
  test('needs the right and the name, typed', { timeout: 60_000 }, async () => {
    here.settings(`${grants}\n  - { who: U0MINSU, may: [scale, deploy], on: {} }\n`);
    const small = await talk(here, 'alice').ask('scale api-prod to 1', (one) => words(one).includes('less than half'));
    expect(words(small)).toContain('Nothing was changed');
    const minsu = here.slack.as('minsu');
    const asked = await minsu.dm('scale api-prod to 1');
    const plan = await until((one) => one.channel === asked.channel && title(one).endsWith('?'));
    expect(words(plan)).toContain('절반');

    await minsu.click(plan, labels(here, plan)[0]!);
    await until((one) => one.channel === asked.channel && words(one).includes('이름만 그대로'));
    await minsu.dm('api-staging');
    await until((one) => one.channel === asked.channel && words(one).includes('이름이 다릅니다'));
    expect(changes(here, '')).toEqual([]);
    await minsu.dm('api-prod');

    await becomes(here, plan, /완료$/u);
    expect(changes(here, 'api-prod').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
  });
});

describe('rules of size and order', () => {
  test('hold a ceiling, and let prod take only what staging runs', { timeout: 60_000 }, async () => {
    here.settings(`${grants}\norder: [staging, prod]\nceilings: [{ on: { stage: prod }, max: 20 }]\n`);
    const alice = talk(here, 'alice');

    await alice.ask('scale api-prod min 3 max 21', (one) => words(one).includes('at most 20'));
    await alice.ask('deploy 1.43.1 to checkout-api-prod', (one) => words(one).includes('does not run there'));
    here.aws.control.outside('checkout-api-staging', { image: '1.43.1' });
    here.clock.jump(5 * 60_000);
    const plan = await alice.plan('deploy 1.43.1 to checkout-api-prod');

    expect(title(plan)).toContain('deploy 1.43.1');
    here.settings(grants);
  });
});
