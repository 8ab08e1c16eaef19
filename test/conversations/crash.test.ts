import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { processes } from './process.ts';
import { title, words } from './workspace.ts';

const patience = { timeoutMs: 45_000 };

describe('a process killed in the middle of a change', () => {
  let here: Awaited<ReturnType<typeof processes>>;
  beforeEach(async () => {
    here = await processes({ speed: 8 });
    await here.start();
  });
  afterEach(() => here.close());

  const writes = () =>
    here.aws.control
      .calls()
      .filter((call) => /^(Update|Register|Stop|Abort)/u.test(call.operation))
      .map((call) => call.operation);

  async function planned(text: string, button: string) {
    const alice = here.slack.as('alice');
    const asked = await alice.dm(text);
    const plan = await here.slack.until(
      (message) => here.slack.clickables(message).some(({ label }) => label === button),
      {
        since: asked.since,
        timeoutMs: 10_000,
      },
    );
    return { alice, plan };
  }

  test(
    'right after the confirmation of a scale: one change, one honest last message',
    { timeout: 60_000 },
    async () => {
      const { alice, plan } = await planned('scale api-prod min 4 max 12', 'Scale to 4–12');
      const clicked = await alice.click(plan, 'Scale to 4–12');
      expect(clicked.acked).toBe(true);
      await here.kill();

      await here.start();

      const done = await here.slack.until(
        (message) => message.order === plan.order && title(message).endsWith(', done'),
        patience,
      );
      expect(words(done)).toContain('All 4 tasks healthy');
      expect(writes()).toEqual(['RegisterScalableTarget']);
    },
  );

  test('while a deployment is being watched: one change, one honest last message', { timeout: 60_000 }, async () => {
    const { alice, plan } = await planned('deploy 1.9.0 to api-prod', 'Deploy 1.9.0');
    await alice.click(plan, 'Deploy 1.9.0');
    await here.slack.until(
      (message) => message.order === plan.order && words(message).includes('of 3 tasks on 1.9.0'),
      patience,
    );
    await here.kill();

    await here.start();

    const done = await here.slack.until(
      (message) => message.order === plan.order && title(message).endsWith(', done'),
      patience,
    );
    expect(words(done)).toContain('deploy 1.9.0, done');
    expect(writes()).toEqual(['RegisterTaskDefinition', 'UpdateService']);
  });

  test(
    'after AWS took a deployment but before its answer arrived: it is found again, not made twice',
    { timeout: 60_000 },
    async () => {
      const { alice, plan } = await planned('deploy 1.9.0 to api-prod', 'Deploy 1.9.0');
      here.aws.control.fault({ operation: 'UpdateService', kind: 'timeout-after', times: 1 });
      await alice.click(plan, 'Deploy 1.9.0');
      await here.slack.until(
        (message) => message.order === plan.order && title(message).endsWith('in progress'),
        patience,
      );
      await here.kill();

      await here.start();

      const done = await here.slack.until(
        (message) => message.order === plan.order && title(message).endsWith(', done'),
        patience,
      );
      expect(words(done)).toContain('deploy 1.9.0, done');
      expect(writes()).toEqual(['RegisterTaskDefinition', 'UpdateService']);
    },
  );

  test('with a question unanswered: says that it was restarted and does nothing', { timeout: 60_000 }, async () => {
    here.aws.control.fault({ operation: 'DescribeServices', kind: 'latency', ms: 60_000 });
    const alice = here.slack.as('alice');
    const asked = await alice.dm('scale api-prod min 4 max 12');
    expect(asked.events.every((event) => event.acked)).toBe(true);
    await here.kill();
    here.aws.control.clear();

    await here.start();

    const answer = await here.slack.until((message) => words(message).includes('restarted'), {
      since: asked.since,
      ...patience,
    });
    expect(answer.channel).toBe(asked.channel);
    expect(writes()).toEqual([]);
  });
});
