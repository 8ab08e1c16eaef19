import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest';
import { parse } from 'yaml';
import { loadIntents } from '../../intents/index.ts';
import { labels, talk } from './dialog.ts';
import { title, words, workspace } from './workspace.ts';

const { locales, replies } = loadIntents();
const people = ['alice', 'minsu', 'daniel', 'suyeon'];

/** Where the simulated Lex, which is not Amazon's, makes a difference; each line must be one. */
const differences: Readonly<Record<string, string>> = {
  'fr-FR: déploie la dernière version sur api-prod':
    'the simulated Lex hears rolling back to another version: both are offered',
};

/** Done at once, and felt by the conversations beside it. */
const lasting = ['Lock', 'Unlock', 'Freeze', 'Unfreeze'];

type Row = [text: string, intent: string, slots: { target?: string }, outcome: string];

/** The examples of help, terse commands, and a sentence of each intent that nobody was taught. */
function saidIn(locale: string): string[] {
  const examples = Object.entries(replies[locale]!).filter(([key]) => key.startsWith('example.'));
  const file = join(import.meta.dirname, '..', 'sentences', `${locale}.yaml`);
  const { rows } = parse(readFileSync(file, 'utf8')) as { rows: Row[] };
  const about = rows.filter(([, , { target }, outcome]) => target === 'api-prod' && /read|plan/u.test(outcome));
  const firsts = new Map(
    about.filter(([, intent]) => !lasting.includes(intent)).map(([text, intent]) => [intent, text]),
  );
  return [
    ...examples.map(([, text]) => text.replaceAll('{target}', 'api-prod')),
    ...firsts.values(),
    'scale api-prod 3 7',
    'rollback api-prod',
  ];
}

/** What comes of each sentence: the header of a card or else its first words, and what can be clicked. */
async function outcomes(nlu: 'embedded' | 'lex') {
  // Languages of channels are learnt at the start: learning one in between would hold the others up.
  const channels = Object.fromEntries(locales.map((locale, at) => [`C0LANG${at}`, locale]));
  const here = await workspace({ nlu, channels });
  const found = new Map<string, string[]>();
  const talks = people.map(async (who, at) => {
    const { ask } = talk(here, who);
    for (const locale of locales.filter((_, index) => index % people.length === at)) {
      for (const text of saidIn(locale)) {
        const card = await ask(text);
        const [said = ''] = (title(card) || words(card)).split(/(?<=[.?!。？])\s/u);
        found.set(`${locale}: ${text}`, [said, ...labels(here, card)]);
      }
    }
  });
  await Promise.all(talks);
  await here.close();
  return { found, answers: here.lines.filter((line) => line.includes('"Lex answered"')) };
}

describe('with Lex beside it, the bot answers as it does alone', () => {
  let alone: Awaited<ReturnType<typeof outcomes>>;
  let beside: typeof alone;
  beforeAll(async () => {
    alone = await outcomes('embedded');
    beside = await outcomes('lex');
  }, 240_000);

  test.each(locales)('in %s', (locale) => {
    const all = [...alone.found].filter(([text]) => text.startsWith(locale));
    const other = all.flatMap(([text, said]) => {
      const saidBeside = beside.found.get(text);
      return JSON.stringify(said) === JSON.stringify(saidBeside) ? [] : [{ text, said, saidBeside }];
    });
    const named = Object.keys(differences).filter((text) => text.startsWith(locale));

    expect(all.length).toBeGreaterThanOrEqual(12);
    expect(other.filter(({ text }) => !named.includes(text))).toEqual([]);
    expect(other.map(({ text }) => text)).toEqual(expect.arrayContaining(named));
  });

  test.each(locales)('and Lex was asked, in %s', (locale) => {
    const asked = beside.answers.filter((line) => line.includes(`"locale":"${locale.replace('-', '_')}"`));

    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(alone.answers).toEqual([]);
  });
});

test('Lex that goes down between a question and its answer changes nothing', async () => {
  const here = await workspace({ nlu: 'lex' });
  onTestFinished(() => here.close());
  const { ask } = talk(here, 'alice');
  const logged = (message: string) => here.lines.filter((line) => line.includes(message)).length;
  const question = await ask('i would like to deploy some other build to api-prod');
  expect(words(question)).toContain('Which version');
  expect(logged('Lex answered')).toBe(1);

  here.aws.control.fault({ service: 'lex', kind: 'timeout-before' });
  const plan = await ask('please ship 1.9.0 over there then');

  expect(title(plan)).toBe(':raised_hand: api-prod: deploy 1.9.0?');
  expect(logged('the embedded engine answered alone')).toBe(1);
});

/** A workspace whose Lex hears the same in everything. */
async function hearing(intent: string, slots: Record<string, { said: string; value: string }> = {}) {
  const values = Object.entries(slots).map(([name, { said, value }]) => [
    name,
    { value: { originalValue: said, interpretedValue: value, resolvedValues: [value] } },
  ]);
  const answer = {
    sessionId: 'some-session',
    interpretations: [{ intent: { name: intent, slots: Object.fromEntries(values) }, nluConfidence: { score: 0.9 } }],
  };
  const server = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  vi.stubEnv('AWS_ENDPOINT_URL_LEX_RUNTIME_V2', `http://127.0.0.1:${port}`);
  const here = await workspace({ nlu: 'lex' });
  onTestFinished(async () => {
    await here.close();
    vi.unstubAllEnvs();
    server.closeAllConnections();
    server.close();
  });
  return here;
}

test('two engines that hear different things, one of them a change, are two buttons', async () => {
  const here = await hearing('Rollback');

  const card = await talk(here, 'alice').ask('please ship 1.9.0 over to api-prod then');

  expect(title(card)).not.toContain('?');
  expect(labels(here, card)).toEqual(['Roll back', 'Deploy', 'Help']);
});

test('what only Lex could read is shown as it was understood', async () => {
  const here = await hearing('Events', { duration: { said: 'fortnight', value: 'P2W' } });

  const card = await talk(here, 'alice').ask('show me what happened on api-prod over the last fortnight');

  expect(words(card)).toContain('api-prod');
  expect(JSON.stringify(card.blocks)).toContain('“fortnight” understood as');
});
