import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const minute = 60_000;
const settings = `
grants:
  - { who: [U0ALICE, U0JIHO, U0DANIEL], may: [scale, deploy, rollback] }
  - { who: U0MINSU, may: [admin] }
approvals:
  - { on: { name: api-prod }, for: [scale, deploy], need: 2, from: [S0APPROVE, U0MINSU], within: 60 }
  - { on: { name: image-worker-prod }, for: scale, from: S0APPROVE }
  - { on: { name: shop-web-prod }, for: deploy, from: S0APPROVE }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings });
});
afterAll(() => here.close());
beforeEach(() => {
  here.aws.control.clearCalls();
  group('S0APPROVE', ['U0JIHO', 'U0DANIEL']);
});

function group(id: string, users: string[]): void {
  const found = here.slack.groups.find((one) => one.id === id)!;
  found.users = users;
  // Memberships are a minute old at most.
  here.clock.jump(61_000);
}

const said = (channel: string, from: number, fits: (message: Card) => boolean) =>
  here.slack.until((message) => message.order >= from && message.ephemeral === undefined && fits(message), {
    timeoutMs: 20_000,
  });
const privately = (who: string, since: number) =>
  here.slack.until((message) => message.ephemeral === here.slack.as(who).person.id, { since, timeoutMs: 20_000 });

/** Asks in #ops, confirms, and resolves with the card once it asks for approval. */
async function asking(who: string, text: string, button: string): Promise<Card> {
  const asked = await here.slack.as(who).say('#ops', `@OpsJack ${text}`);
  const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since });
  await here.slack.as(who).click(plan, button);
  return becomes(here, plan, /: approve .*\?$/u);
}

describe('a change that others must agree to', () => {
  test('starts when enough of them have, never counting the requester, and says who', { timeout: 60_000 }, async () => {
    const card = await asking('jiho', 'scale api-prod min 3 max 8 because of the sale', 'Scale to 3–8');
    expect(words(card)).toContain('0 of 2');
    const told = await said('#ops', card.order + 1, (message) => words(message).includes('asks for your approval'));
    expect(told.text).toContain('<!subteam^S0APPROVE>');

    const own = await here.slack.as('jiho').click(card, 'Approve');
    expect(words(await privately('jiho', own.since))).toContain('Somebody else has to approve');
    const stranger = await here.slack.as('alice').click(card, 'Approve');
    expect(words(await privately('alice', stranger.since))).toContain('can approve this');
    await here.slack.as('daniel').click(card, 'Approve');
    const half = await here.slack.until((one) => one.order === card.order && words(one).includes('1 of 2'));
    const again = await here.slack.as('daniel').click(half, 'Approve');
    expect(words(await privately('daniel', again.since))).toContain('answered this already');
    expect(changes(here, 'api-prod')).toEqual([]);
    await here.slack.as('minsu').click(half, 'Approve');

    const done = await becomes(here, card, ', done');
    expect(words(done)).toContain('approved by <@U0DANIEL>, <@U0MINSU>');
    expect(changes(here, 'api-prod').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
  });

  test('is needed from whichever side a swap is asked', async () => {
    const card = await asking('alice', 'swap shop-web-staging with shop-web-prod', 'Swap');

    expect(words(card)).toContain('0 of 1');
    await here.slack.as('alice').click(card, 'Cancel');
    await becomes(here, card, ', cancelled');
  });

  test('is dropped when one of them declines', async () => {
    const card = await asking('alice', 'scale image-worker-prod min 5 max 20', 'Scale to 5–20');

    await here.slack.as('daniel').click(card, 'Decline');

    const ended = await becomes(here, card, ', cancelled');
    expect(words(ended)).toContain('<@U0DANIEL> declined');
    expect(labels(here, ended)).not.toContain('Approve');
    const late = await here.slack.as('jiho').click(card, 'Approve', { stale: true });
    expect(late.acked).toBe(true);
    expect(changes(here, '')).toEqual([]);
  });

  test('reminds once at half and expires after its hour', async () => {
    const card = await asking('alice', 'scale image-worker-prod min 5 max 20', 'Scale to 5–20');

    here.clock.jump(31 * minute);
    await said('#ops', card.order + 1, (message) => words(message).includes('still waiting for your approval'));
    here.clock.jump(30 * minute);

    await becomes(here, card, ', expired');
    expect(changes(here, '')).toEqual([]);
  });

  test('is not agreed to by who joined the group after it was asked, nor by who has left', async () => {
    const card = await asking('alice', 'scale image-worker-prod min 5 max 20', 'Scale to 5–20');

    group('S0APPROVE', ['U0MINSU', 'U0JIHO']);
    const joined = await here.slack.as('minsu').click(card, 'Approve');
    expect(words(await privately('minsu', joined.since))).toContain('can approve this');
    const left = await here.slack.as('daniel').click(card, 'Approve');
    expect(words(await privately('daniel', left.since))).toContain('can approve this');

    await here.slack.as('alice').click(card, 'Cancel');
    await becomes(here, card, ', cancelled');
    expect(changes(here, '')).toEqual([]);
  });

  test('does not start when the numbers have moved since', async () => {
    const card = await asking('alice', 'scale image-worker-prod min 5 max 20', 'Scale to 5–20');
    here.aws.control.outside('image-worker-prod', { min: 4, max: 9 });

    await here.slack.as('jiho').click(card, 'Approve');

    const ended = await becomes(here, card, ', not started');
    expect(labels(here, ended)).toContain('Plan it again');
    expect(changes(here, '')).toEqual([]);
  });

  test('is refused at once where nobody else could agree, and where they could not see it', async () => {
    const inDirect = await here.slack.as('alice').dm('scale image-worker-prod min 5 max 20');
    const direct = await here.slack.until((message) => words(message).includes('ask in a channel'), {
      since: inDirect.since,
    });
    expect(words(direct)).toContain('Nothing was changed');

    group('S0APPROVE', ['U0ALICE']);
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack scale image-worker-prod min 5 max 20');
    const answer = await here.slack.until((message) => words(message).includes('nobody who could give it'), {
      since: asked.since,
    });
    expect(words(answer)).toContain('Nothing was changed');
  });

  test('a Korean request is read and approved by an English reader', { timeout: 60_000 }, async () => {
    const asked = await here.slack.as('alice').say('#ops-ko', '@OpsJack image-worker-prod 최소 5 최대 21로 바꿔줘');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since });
    await here.slack.as('alice').click(plan, labels(here, plan)[0]!);
    const card = await becomes(here, plan, /승인할까요\?$/u);

    const read = await here.slack.as('daniel').click(card, labels(here, card).at(-1)!);
    const mine = await privately('daniel', read.since);
    expect(title(mine)).toContain('approve scale to 5–21?');
    await here.slack.as('daniel').click(card, '승인');

    await becomes(here, card, /완료$/u);
    expect(changes(here, 'image-worker').map(({ operation }) => operation)).toEqual(['RegisterScalableTarget']);
  });
});
