import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { localAt } from '../../src/core/zones.ts';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const hour = 3_600_000;
const local = (hours: number): string => localAt(Date.now() + hours * hour, 'Asia/Seoul').slice(0, 16);
const settings = `
grants:
  - { who: [U0ALICE, U0DANIEL, U0JIHO], may: [scale, deploy, rollback, lock] }
  - { who: U0MINSU, may: [scale, deploy, rollback, lock, freeze, danger, admin] }
stages: { lab: [image-worker-prod], demo: [cart-api-prod], staging: ['*-staging'] }
freezes:
  - { name: Lab days, stages: [lab], from: ${local(-24)}, to: ${local(24 * 5)}, zone: Asia/Seoul }
  - { name: Demo day, stages: [demo], from: ${local(20)}, to: ${local(24 * 5)}, zone: Asia/Seoul }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings, history: true });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const isCard = (message: Card): boolean => title(message) !== '';

describe('a freeze', () => {
  test('keeps everybody from changing a stage until it is ended, by right', async () => {
    const minsu = talk(here, 'minsu');
    const daniel = talk(here, 'daniel');
    expect(words(await daniel.ask('freeze staging'))).toContain('Missing grant: `freeze`');

    await minsu.ask('freeze staging for 3 hours');
    const frozen = await minsu.ask('감사 준비 중입니다', isCard);
    expect(title(frozen)).toContain('staging: 동결됨');

    const refused = await daniel.ask('scale checkout-api-staging min 2 max 3');
    expect(words(refused)).toMatch(/staging is frozen by <@U0MINSU>: “감사 준비 중입니다”.*Nothing was changed/u);
    expect(labels(here, refused)).toEqual([]);
    expect(words(await daniel.ask('status of checkout-api-staging'))).toContain('staging is frozen');
    const forMinsu = await minsu.ask('checkout-api-staging을 최소 2 최대 3으로');
    expect(words(forMinsu)).toContain('변경된 것은 없습니다');
    expect(labels(here, forMinsu)).toEqual(['동결 해제', '그래도 진행']);

    expect(words(await daniel.ask('unfreeze staging'))).toContain('`freeze`');
    const thawed = await minsu.follow(forMinsu, '동결 해제');
    expect(words(thawed)).toContain('staging 동결을 해제했습니다');
    const plan = await daniel.plan('scale checkout-api-staging min 2 max 3');
    await daniel.person.click(plan, 'Cancel');
    await becomes(here, plan, ', cancelled');
    expect(changes(here, '')).toEqual([]);
  });

  test('gives way to nobody else, whose button ever they click', async () => {
    const asked = await here.slack.as('minsu').say('#ops', '@OpsJack scale image-worker-prod min 5 max 20');
    const refused = await here.slack.until((one) => one.thread_ts === asked.ts && words(one).includes('Lab days'), {
      since: asked.since,
    });

    const clicked = await here.slack.as('daniel').click(refused, labels(here, refused)[0]!);

    const answer = await here.slack.until((one) => one.ephemeral === 'U0DANIEL', { since: clicked.since });
    expect(words(answer)).toContain('`danger`');
  });

  test('of what is no stage is refused with the stages there are', async () => {
    const minsu = talk(here, 'minsu');
    await minsu.ask('freeze seoul');

    const answer = await minsu.ask('platform update', (one) => labels(here, one).includes('lab'));

    expect(labels(here, answer)).toEqual(['prod', 'demo', 'staging', 'lab']);
    expect(words(answer)).toContain('`ap-northeast-2`');
  });

  test('planned in a named zone holds while it is on, and is seen coming a day ahead', async () => {
    const alice = talk(here, 'alice');
    const refused = await alice.ask('scale image-worker-prod min 5 max 20');
    expect(words(refused)).toMatch(/Freeze “Lab days” is on until .*Nothing was changed/u);
    expect(words(await alice.ask('status of image-worker-prod'))).toContain('Freeze “Lab days” is on');
    const minsu = talk(here, 'minsu');
    const stage = await minsu.ask('unfreeze');
    expect(labels(here, stage).at(-1)).toMatch(/^(?:everything|전체)$/u);
    expect(words(await minsu.follow(stage, 'lab'))).toContain('Lab days');

    const question = await alice.ask('scale cart-api-prod min 3 max 5');
    const [first] = labels(here, question);
    const plan = await alice.follow(question, first!);

    expect(words(plan)).toContain('Freeze “Demo day” starts');
    await alice.person.click(plan, 'Cancel');
    expect(changes(here, '')).toEqual([]);
  });

  test('gives way to who may override it, with a reason that everybody reads', async () => {
    const minsu = talk(here, 'minsu');
    const refused = await minsu.ask('scale image-worker-prod min 5 max 20');
    await minsu.follow(refused, labels(here, refused)[0]!);
    const plan = await minsu.ask('orders are piling up', isCard);
    expect(words(plan)).toMatch(/<@U0MINSU>.*Lab days.*orders are piling up/u);
    await minsu.person.click(plan, labels(here, plan)[0]!);
    const done = await becomes(here, plan, /done$|완료$/u);

    expect(words(done)).toMatch(/<@U0MINSU>.*Lab days.*orders are piling up/u);
    expect(changes(here, 'image-worker').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
    expect(words(await minsu.ask('scale image-worker-prod min 5 max 21'))).toContain('Lab days');
  });
});

describe('a rollback', () => {
  test('to what ran before is held by nothing, and locks behind itself until somebody unlocks', async () => {
    const minsu = talk(here, 'minsu');
    const daniel = talk(here, 'daniel');
    await minsu.ask('freeze prod for 3 hours');
    await minsu.ask('quarter end', isCard);
    const other = await daniel.ask('deploy 1.4.0 to mail-worker-prod');
    expect(words(other)).toContain('prod is frozen');

    const plan = await daniel.plan('roll back mail-worker-prod');
    await daniel.person.click(plan, 'Roll back → 1.4.0');
    const done = await becomes(here, plan, ', done');
    await minsu.ask('unfreeze prod');

    expect(words(done)).toContain('Locked until somebody unlocks it');
    const refused = await daniel.ask('scale mail-worker-prod to 5');
    expect(words(refused)).toMatch(/mail-worker-prod is locked\. Nothing was changed\. It was rolled back to 1\.4\.0/u);
    expect(labels(here, refused)).toEqual(['Unlock']);
    expect(words(await daniel.ask('deploy 1.4.1 to mail-worker-prod'))).toContain('is locked');
    expect(words(await daniel.ask('undo'))).toContain('is locked');
    await daniel.follow(done, 'Unlock');
    const free = await daniel.plan('deploy 1.4.1 to mail-worker-prod');
    await daniel.person.click(free, 'Cancel');
  });

  test('by AWS locks the target too, and the failed card says so', async () => {
    const jiho = talk(here, 'jiho');
    const plan = await jiho.plan('deploy 1.9.1-bad to api-prod');
    await jiho.person.click(plan, labels(here, plan)[0]!);
    const failed = await becomes(here, plan, /failed$|실패$/u);
    expect(labels(here, failed)).toContain('잠금 해제');

    const refused = await talk(here, 'daniel').ask('deploy 1.9.0 to api-prod');

    expect(words(refused)).toContain('AWS rolled back the deployment of 1.9.1-bad');
    expect(labels(here, refused)).toEqual(['Notify me', 'Steal']);
    const stolen = await talk(here, 'daniel').follow(refused, 'Steal');
    expect(words(stolen)).toContain('<@U0JIHO>');
    await talk(here, 'daniel').ask('I know why', isCard);
    await talk(here, 'daniel').plan('deploy 1.9.0 to api-prod');
    await talk(here, 'daniel').ask('cancel');
  });
});
