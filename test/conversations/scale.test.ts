import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { title, words, workspace, type Workspace } from './workspace.ts';

for (const mode of ['socket', 'http'] as const) {
  describe(`scaling an ECS service over ${mode}`, () => {
    let here: Workspace;
    beforeAll(async () => {
      here = await workspace({ mode });
    });
    afterAll(() => here.close());

    test('answers a status question in the thread of the mention, with the numbers as AWS has them', async () => {
      const alice = here.slack.as('alice');
      const asked = await alice.say('#ops', '@OpsJack status of api-prod');

      const card = await here.slack.until((message) => title(message).includes('api-prod'), { since: asked.since });

      expect(card.thread_ts).toBe(asked.ts);
      expect(words(card)).toContain('min 2 ≤ 3 ≤ max 6');
      expect(words(card)).toContain('1.8.0');
    });

    test('plans a Korean request in Korean, changes AWS once on a double click, and ends when the tasks are healthy', async () => {
      const minsu = here.slack.as('minsu');
      here.aws.control.clearCalls();
      const asked = await minsu.dm('api-prod를 최소 4 최대 12로');
      const plan = await here.slack.until((message) => title(message).includes('4–12'), { since: asked.since });
      expect(words(plan)).toContain('최소 2 → 4');
      expect(words(plan)).toContain('최대 6 → 12');

      await Promise.all([minsu.click(plan, '4–12로 변경'), minsu.click(plan, '4–12로 변경').catch(() => undefined)]);
      const done = await here.slack.until(
        (message) => message.order === plan.order && title(message).endsWith('완료'),
        {
          timeoutMs: 20_000,
        },
      );

      expect(words(done)).toContain('태스크 4개 모두 정상');
      const writes = here.aws.control.calls().filter((call) => call.operation === 'RegisterScalableTarget');
      expect(writes).toHaveLength(1);
      expect(writes[0]?.params).toMatchObject({ MinCapacity: 4, MaxCapacity: 12 });
    });

    test('takes the last change back with one click on Undo', async () => {
      const minsu = here.slack.as('minsu');
      const done = await here.slack.until((message) => title(message).endsWith('완료'));
      const clicked = await minsu.click(done, '되돌리기');
      const plan = await here.slack.until((message) => title(message).includes('2–6'), { since: clicked.since });

      await minsu.click(plan, '2–6으로 변경');

      const back = await here.slack.until(
        (message) => message.order === plan.order && title(message).endsWith('완료'),
        {
          timeoutMs: 20_000,
        },
      );
      expect(words(back)).toContain('이전 4–12');
    });
  });
}
