import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk, type Card } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

const hour = 3_600_000;
const settings = `
grants:
  - { who: [U0ALICE, U0DANIEL, U0JIHO], may: [scale, deploy, rollback, lock] }
  - { who: U0MINSU, may: [scale, deploy, rollback, lock, freeze, danger, admin] }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings, history: true });
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

const patience = { timeoutMs: 20_000 };
/** The bot's next message in somebody's direct messages that fits. */
const told = (who: string, since: number, says: string): Promise<Card> =>
  here.slack.until(
    (one) => one.channel === `D${here.slack.as(who).person.id.slice(1)}` && one.seq > since && words(one).includes(says),
    { since, ...patience },
  );

describe('a lock', () => {
  test('asks why, keeps others away with who, why and what they can do, and is given back', async () => {
    const alice = talk(here, 'alice');
    const question = await alice.ask('lock api-prod');
    expect(words(question)).toContain('Why?');
    const locked = await alice.ask('Black Friday load test, please don’t deploy.');
    expect(title(locked)).toContain('api-prod: locked');
    expect(words(locked)).toContain('Black Friday load test');
    expect(words(locked)).toContain('until it is unlocked');

    const refused = await talk(here, 'daniel').ask('scale api-prod min 3 max 8');

    expect(words(refused)).toContain('api-prod is locked');
    expect(words(refused)).toContain('Nothing was changed');
    expect(words(refused)).toContain('Black Friday load test');
    expect(words(refused)).toContain('<@U0ALICE>');
    expect(labels(here, refused)).toEqual(['Notify me', 'Steal']);
    const status = await talk(here, 'daniel').ask('status of api-prod');
    expect(words(status)).toContain('api-prod is locked by <@U0ALICE>');
    const own = await alice.plan('scale api-prod min 3 max 8');
    expect(words(own)).toContain('Under your own lock');
    await alice.person.click(own, 'Cancel');

    const waits = await talk(here, 'daniel').follow(refused, 'Notify me');
    expect(words(waits)).toContain('I’ll tell you once api-prod is free');
    const since = here.slack.mark();
    expect(words(await alice.ask('unlock api-prod'))).toContain('api-prod is free');
    expect(words(await told('daniel', since, 'is free'))).toContain('<@U0ALICE> unlocked it');
    await talk(here, 'daniel').plan('scale api-prod min 3 max 8');
    await talk(here, 'daniel').ask('cancel');
    expect(changes(here, '')).toEqual([]);
  });
});
