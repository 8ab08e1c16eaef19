import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

describe('where only listed people may change anything', () => {
  let here: Workspace;
  beforeAll(async () => {
    here = await workspace({ changes: ['U0ALICE'] });
  });
  afterAll(() => here.close());

  test.each(['scale api-prod min 3 max 7', 'deploy 1.9.0 to api-prod', 'roll back api-prod', 'abort'])(
    '%s: is refused to anybody else, with the right and who can give it',
    async (text) => {
      const answer = await talk(here, 'daniel').ask(text);

      expect(words(answer)).toContain('You may not do that');
      expect(words(answer)).toContain('opsjack.yaml');
      expect(changes(here, '')).toEqual([]);
    },
  );

  test('a button that changes is refused to anybody else too', async () => {
    const asked = await here.slack.as('alice').say('#ops', '@OpsJack versions of api-prod');
    const list = await here.slack.until((message) => words(message).startsWith('api-prod: versions'), {
      since: asked.since,
    });

    const clicked = await here.slack.as('daniel').click(list, '1.9.0');

    const answer = await here.slack.until((message) => words(message).includes('You may not'), {
      since: clicked.since,
    });
    expect(words(answer)).toContain('Nothing was changed');
  });

  test('help leaves out what a person may not do, and says so', async () => {
    const answer = await talk(here, 'daniel').ask('help');

    expect(words(answer)).toContain('Changes are left out');
    expect(words(answer)).not.toContain('roll back');
  });

  test('a listed person may', async () => {
    const alice = talk(here, 'alice');
    const plan = await alice.plan('scale api-prod min 3 max 7');

    await alice.person.click(plan, 'Scale to 3–7');

    expect(words(await becomes(here, plan, ', done'))).toContain('All 3 tasks healthy');
  });
});

describe('where nobody is listed', () => {
  let here: Workspace;
  beforeAll(async () => {
    here = await workspace({ changes: [] });
  });
  afterAll(() => here.close());

  test('nobody may change anything, and everybody may look', async () => {
    const alice = talk(here, 'alice');

    expect(words(await alice.ask('scale api-prod min 3 max 7'))).toContain('You may not do that');
    expect(title(await alice.ask('status of api-prod'))).toContain('healthy');
  });

  test('in a channel shared outside the organisation nothing is said but a private refusal', async () => {
    const asked = await here.slack.as('pat').say('#partner-shared', '@OpsJack status of api-prod');
    const own = await here.slack.as('alice').say('#partner-shared', '@OpsJack scale api-prod min 3 max 7');

    const answer = await here.slack.until((message) => message.ephemeral === 'U0ALICE', { since: own.since });

    expect(words(answer)).toContain('shared outside the organisation');
    expect(labels(here, answer)).toEqual([]);
    expect(here.slack.messages('#partner-shared').filter(({ user }) => user === answer.user)).toEqual([]);
    expect(asked.events.every(({ acked }) => acked)).toBe(true);
  });
});
