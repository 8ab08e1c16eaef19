// The process and its connections: told to stop, cut off, let in again. Real processes, real signals.
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { processes } from './process.ts';
import { title, words } from './workspace.ts';

const patience = { timeoutMs: 30_000 };

/** Until it holds; the test's own time limit is the end of patience. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}

const isQuestion = (message: Parameters<typeof title>[0]) => title(message).endsWith('?');

describe('a running bot', { timeout: 60_000 }, () => {
  let here: Awaited<ReturnType<typeof processes>>;
  beforeEach(async () => {
    here = await processes({ speed: 8, env: { HEALTH_PORT: '0' } });
    await here.start();
  });
  afterEach(() => here.close());

  async function health(path: string): Promise<{ status: number; body: unknown }> {
    const [, port] = /"health":(\d+)/u.exec(here.log())!;
    const answer = await fetch(`http://127.0.0.1:${port}${path}`);
    return { status: answer.status, body: await answer.json() };
  }

  async function asked(latency: number) {
    here.aws.control.fault({ operation: 'DescribeServices', kind: 'latency', ms: latency });
    const said = await here.slack.as('alice').dm('status of api-prod');
    expect(said.events.every((event) => event.acked)).toBe(true);
    return said;
  }

  test('told to stop takes nothing new, answers what it took, says goodbye to Slack and ends with 0', async () => {
    const said = await asked(1500);

    const ended = here.tell('SIGTERM');
    await until(async () => (await health('/ready')).status === 503);
    const ready = await health('/ready');
    await until(() => here.slack.socket.count() === 0);
    const late = await here.slack.as('minsu').slash('status', '#ops');
    const answer = await here.slack.until((message) => title(message).includes('api-prod'), { since: said.since });

    expect(ready.body).toMatchObject({ ready: false, why: expect.arrayContaining(['draining']) });
    expect(late.acked).toBe(false);
    expect(answer.channel).toBe(said.channel);
    expect(await ended).toBe(0);
    expect(here.slack.socket.endings()).toEqual([1000]);
  });

  test('told to stop twice ends at once; what it had taken is told to the person at the next start', async () => {
    const said = await asked(60_000);
    const first = here.tell('SIGTERM');
    await until(() => here.log().includes('"msg":"stopping"'));

    const second = here.tell('SIGINT');

    expect([await first, await second]).toEqual([1, 1]);
    here.aws.control.clear();
    await here.start();
    const answer = await here.slack.until((message) => words(message).includes('restarted'), {
      since: said.since,
      ...patience,
    });
    expect(answer.channel).toBe(said.channel);
  });

  test('told to stop right after a confirmation: the next one carries the change through, once', async () => {
    const alice = here.slack.as('alice');
    const said = await alice.dm('scale api-prod min 4 max 12');
    const plan = await here.slack.until(isQuestion, { since: said.since, ...patience });

    const clicked = await alice.click(plan, 'Scale to 4–12');
    const code = await here.tell('SIGTERM');
    await here.start();

    expect([clicked.acked, code]).toEqual([true, 0]);
    const isDone = (message: typeof plan) => message.order === plan.order && title(message).endsWith(', done');
    await here.slack.until(isDone, patience);
    const writes = here.aws.control.calls().filter(({ operation }) => operation === 'RegisterScalableTarget');
    expect(writes).toHaveLength(1);
  });

  test('told to stop while AWS does not answer ends all the same; the next one carries the change through', async () => {
    const alice = here.slack.as('alice');
    const said = await alice.dm('scale api-prod min 4 max 12');
    const plan = await here.slack.until(isQuestion, { since: said.since, ...patience });
    const made = (wanted: string) => here.aws.control.calls().filter(({ operation }) => operation === wanted).length;
    await alice.click(plan, 'Scale to 4–12');
    await until(() => made('RegisterScalableTarget') === 1);
    here.aws.control.fault({ operation: 'DescribeServices', kind: 'latency', ms: 60_000, times: 99 });
    const looks = made('DescribeServices');
    await until(() => made('DescribeServices') > looks);

    const code = await here.tell('SIGTERM');
    here.aws.control.clear();
    await here.start();

    expect(code).toBe(1);
    expect(here.slack.socket.endings()[0]).toBe(1000);
    const isDone = (message: typeof plan) => message.order === plan.order && title(message).endsWith(', done');
    await here.slack.until(isDone, patience);
    expect(made('RegisterScalableTarget')).toBe(1);
  });

  test('cut off from Slack stays alive, is not ready, and is there again when Slack lets it in', async () => {
    expect(await health('/ready')).toEqual({ status: 200, body: { ready: true, slack: 1 } });
    here.slack.fault({ method: 'apps.connections.open', kind: 'http-503', times: 3 });

    here.slack.socket.drop();
    await until(async () => (await health('/ready')).status === 503);
    const ready = await health('/ready');
    const live = await health('/live');
    await here.slack.socket.connected();
    await until(async () => (await health('/ready')).status === 200);

    expect(ready.body).toEqual({ ready: false, why: ['no-slack-connection'], slack: 0 });
    expect(live.status).toBe(200);
    expect((await here.slack.as('alice').slash('help', '#ops')).acked).toBe(true);
    expect(here.log()).toContain('"msg":"no connection"');
  });
});
