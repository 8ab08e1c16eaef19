import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());

describe('a question for what is missing', () => {
  test('is answered by a reply', async () => {
    const alice = talk(here, 'alice');
    const question = await alice.ask('deploy to api-prod');
    expect(words(question)).toContain('Which version');

    const plan = await alice.ask('1.9.0');

    expect(title(plan)).toBe(':raised_hand: api-prod: deploy 1.9.0?');
  });

  test('is answered by a button, and by the menu', async () => {
    const alice = talk(here, 'alice');
    const question = await alice.ask('deploy to catalog-api-prod');

    const plan = await alice.follow(question, '5.1.0');

    expect(title(plan)).toContain('catalog-api-prod: deploy 5.1.0?');
    const which = await talk(here, 'suyeon').ask('status');
    const names = labels(here, which);
    expect(names.length).toBeGreaterThan(8);
    const card = await talk(here, 'suyeon').follow(which, names.at(-1)!);
    expect(title(card)).toContain(names.at(-1)!);
  });

  test('in a channel is answered in its thread, where the answer goes too', async () => {
    const minsu = here.slack.as('minsu');
    const asked = await minsu.say('#ops', '@OpsJack api-prod 스케일');
    const question = await here.slack.until((message) => message.thread_ts === asked.ts, { since: asked.since });
    expect(words(question)).toContain('몇 대로');

    const replied = await minsu.say('#ops', '@OpsJack 5대', { thread: asked.ts });

    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: replied.since });
    expect(plan.thread_ts).toBe(asked.ts);
    expect(words(plan)).toContain('최소 2 → 5');
  });

  test.each([
    ['minsu', '롤백해줘', 'scale api-prod min 3 max 7', ':raised_hand: api-prod: 스케일 3–7?'],
    ['emma', 'status', 'deploy 1.9.0 to api-prod', ':raised_hand: api-prod: deploy 1.9.0?'],
    ['daniel', '상태 알려줘', 'api-prod에 1.9.0 배포해줘', ':raised_hand: api-prod: 1.9.0 배포?'],
  ])('%s: %s, then %s: a change of mind is heard', async (who, first, second, plan) => {
    const person = talk(here, who);
    expect(words(await person.ask(first))).toMatch(/which target|어느 대상/u);

    const answer = await person.ask(second);

    expect(title(answer)).toBe(plan);
  });

  test.each([
    ['catalog-api-prod 배포해줘', '5.1.0 배포하지 마'],
    ['deploy to catalog-api-prod', "don't deploy 5.1.0"],
  ])('%s, then %s: plans nothing', async (first, second) => {
    const daniel = talk(here, 'daniel');
    await daniel.ask(first);

    const answer = await daniel.ask(second);

    expect(title(answer)).not.toContain('?');
    expect(labels(here, answer)).not.toContain('Cancel');
  });

  test('somebody else’s question is not theirs to answer by click', async () => {
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack deploy to image-worker-prod');
    const question = await here.slack.until((message) => message.thread_ts === asked.ts, { since: asked.since });

    const clicked = await here.slack.as('daniel').click(question, '0.9.3');

    const answer = await here.slack.until((message) => message.ephemeral === 'U0DANIEL', { since: clicked.since });
    expect(words(answer)).toContain('Only <@U0ALICE> can do this');
    expect(changes(here, '')).toEqual([]);
  });

  test('is dropped by cancel', async () => {
    const jiho = talk(here, 'jiho');
    await jiho.ask('deploy to api-prod');

    expect(words(await jiho.ask('cancel'))).toContain('질문을 취소했습니다');
    expect(words(await jiho.ask('cancel'))).toContain('취소할 계획이나 질문이 없습니다');
  });
});
