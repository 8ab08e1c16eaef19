import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AuditEntry } from '../../src/core/audit.ts';
import { keptFrom } from '../../src/core/audit-chain.ts';
import { sqliteReader } from '../../src/stores/sqlite.ts';
import { becomes, labels, talk, type Card } from './dialog.ts';
import { words, workspace, type Workspace } from './workspace.ts';

const settings = `
grants:
  - { who: [U0ALICE, U0DANIEL], may: [scale, deploy, rollback] }
roles: { write: 'arn:aws:iam::111122223333:role/opsjack-write' }
`;

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ changes: [], settings });
});
afterAll(() => here.close());

/** Rows of a card's table, without its head; people and times as Slack has them. */
function rows(card: Card): string[][] {
  const table = (card.blocks as { type: string; rows?: unknown[][] }[]).find(({ type }) => type === 'table');
  return (table?.rows ?? []).slice(1).map((row) => row.map((cell) => said(cell)));
}

function said(part: unknown): string {
  if (typeof part !== 'object' || part === null) return '';
  const { text, user_id: user, name, elements, type } = part as Record<string, unknown>;
  if (type === 'user') return `@${String(user)}`;
  if (type === 'emoji') return `:${String(name)}:`;
  if (typeof text === 'string') return text;
  return Array.isArray(elements) ? elements.map((one) => said(one)).join('') : '';
}

async function done(who: string, text: string): Promise<void> {
  const person = talk(here, who);
  const plan = await person.plan(text);
  await person.person.click(plan, labels(here, plan)[0]!);
  await becomes(here, plan, ', done');
}

describe('the audit log in chat', () => {
  test('answers who changed what, who deployed last, and whether it is whole', { timeout: 90_000 }, async () => {
    await done('alice', 'scale api-prod min 3 max 9');
    await done('daniel', 'deploy 1.9.0 to api-prod');
    const alice = talk(here, 'alice');
    const dropped = await alice.plan('scale api-prod min 4 max 9');
    await alice.person.click(dropped, 'Cancel');
    await becomes(here, dropped, ', cancelled');
    await talk(here, 'minsu').ask('scale api-prod min 5 max 9');

    const history = await talk(here, 'alice').ask('history api-prod');

    expect(words(history)).toContain('Changes of api-prod');
    expect(rows(history).map((row) => row.slice(1))).toEqual([
      ['@U0MINSU', 'Scale', 'refused'],
      ['@U0ALICE', 'scale to 4–9', 'cancelled'],
      ['@U0DANIEL', 'deploy 1.9.0', ':white_check_mark: done'],
      ['@U0ALICE', 'scale to 3–9', ':white_check_mark: done'],
    ]);
    const who = await talk(here, 'alice').ask('who deployed api-prod last?');
    expect(words(who)).toMatch(/Last deployed by <@U0DANIEL> .*deploy 1\.9\.0/u);
    expect(words(await talk(here, 'alice').ask('history of checkout-api-staging'))).toContain('has noted no change');

    const whole = await talk(here, 'alice').ask('audit verify');
    expect(words(whole)).toMatch(/The audit log is whole: \d+ entries since/u);
    expect(JSON.stringify(whole.blocks)).toMatch(/link:\s\d+ · `[0-9a-f]{64}`/u);
  });

  test('has the calls AWS was asked, in a session that names the operation and who asked', async () => {
    const store = sqliteReader({ path: here.store, clock: here.clock });
    const entries: AuditEntry[] = [];
    for await (const { value } of keptFrom(store, 1)) entries.push(...value.entries);
    await store.close();

    const { plan, calls } = entries.find(({ kind, by }) => kind === 'called' && by === 'U0DANIEL')!;

    expect(calls?.map((call) => call.replace(/ [0-9a-f-]{36}$/u, ' id'))).toEqual([
      'RegisterTaskDefinition id',
      'UpdateService id',
    ]);
    const asked = here.aws.control.calls();
    const callers = asked.filter(({ operation }) => operation === 'UpdateService').map(({ caller }) => caller);
    expect(callers).toEqual([`arn:aws:sts::111122223333:assumed-role/opsjack-write/${plan}`]);
    const sessions = asked.filter(({ operation }) => operation === 'AssumeRole').map(({ params }) => params);
    expect(sessions).toMatchObject([
      { SourceIdentity: 'U0ALICE' },
      { SourceIdentity: 'U0DANIEL', RoleSessionName: plan },
    ]);
    const kinds = entries.filter((one) => one.plan === plan).map(({ kind }) => kind);
    expect(kinds).toEqual(['planned', 'confirmed', 'started', 'called', 'ended']);
  });

  test('says plainly where it was tampered with', async () => {
    const db = new DatabaseSync(here.store);
    db.exec(`UPDATE records SET value = replace(value, '"by":"U0DANIEL"', '"by":"U0MINSU"') WHERE key LIKE 'audit/%'`);
    db.close();

    const broken = await talk(here, 'alice').ask('audit verify');

    expect(words(broken)).toMatch(/The audit log is broken at link \d+: it is not as it was written/u);
  });
});
