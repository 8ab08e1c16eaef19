import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, changes, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ mode: 'http' });
});
afterAll(() => here.close());

const mention = (id: string, ts: string) => ({
  type: 'events_api' as const,
  payload: {
    token: 'simulated',
    team_id: 'T0SIMSHOP',
    api_app_id: 'A0OPSJACK',
    type: 'event_callback',
    event_id: id,
    event_time: 1_795_000_000,
    authorizations: [{ team_id: 'T0SIMSHOP', user_id: 'U0OPSJACK', is_bot: true }],
    event: {
      type: 'message',
      channel_type: 'im',
      user: 'U0ALICE',
      text: 'status of api-prod',
      ts,
      channel: 'D0ALICE',
      event_ts: ts,
      team: 'T0SIMSHOP',
      client_msg_id: id,
    },
  },
});
const answers = () => here.slack.messages('U0ALICE').filter((message) => title(message).includes('api-prod'));

describe('over signed HTTP', () => {
  test.each([
    ['forged', { secret: 'guessed' }],
    ['replayed after six minutes', { timestamp: Math.floor(Date.now() / 1000) - 360 }],
  ])('a %s request is refused and does nothing', async (_name, tampering) => {
    await talk(here, 'alice').ask('whoami');
    const before = answers().length;

    const answer = await here.slack.http().request(mention('EvFORGED', '1795000000.000100'), tampering);
    await talk(here, 'alice').ask('whoami');

    expect(answer).toMatchObject({ acked: false, status: 401 });
    expect(answers()).toHaveLength(before);
  });

  test('an event sent again is acknowledged and answered once', async () => {
    const before = answers().length;
    const event = mention('EvTWICE', '1795000000.000200');

    const first = await here.slack.http().request(event);
    const again = await here.slack.http().request(event, { retry: { attempt: 1, reason: 'http_timeout' } });
    await here.slack.untilTrue(() => answers().length > before);
    await talk(here, 'alice').ask('whoami');

    expect([first.acked, again.acked]).toEqual([true, true]);
    expect(answers()).toHaveLength(before + 1);
  });

  test('status, plan and confirmation work as over a socket', async () => {
    const alice = talk(here, 'alice');
    expect(words(await alice.ask('status of catalog-api-prod'))).toContain('min 4 ≤ 6 ≤ max 12');
    const plan = await alice.plan('scale api-prod min 4 max 12');
    here.aws.control.clearCalls();

    await alice.person.click(plan, 'Scale to 4–12');

    expect(words(await becomes(here, plan, ', done'))).toContain('All 4 tasks healthy');
    expect(changes(here, 'api-prod').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
  });
});
