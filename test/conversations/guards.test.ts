import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { becomes, changes, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace();
});
afterAll(() => here.close());
beforeEach(() => here.aws.control.clearCalls());

/** No plan is open and AWS was asked to change nothing. */
function nothingHappened(since: number): void {
  const plans = ['alice', 'minsu', 'jiho'].flatMap((who) =>
    here.slack.messages(here.slack.as(who).person.id).filter((one) => one.seq > since && title(one).endsWith('?')),
  );
  expect(plans.map(title)).toEqual([]);
  expect(changes(here, '')).toEqual([]);
}

describe('numbers nobody means', () => {
  test.each([
    ['scale api-prod to 0', '0 would take it down'],
    ['scale api-prod to 10000', 'more than 1000 looks like a slip'],
    ['scale api-prod to 10,000', 'more than 1000 looks like a slip'],
    ['scale api-prod min 0', '0 would take it down'],
    ['scale api-prod by -50', 'can’t be below 0'],
  ])('%s: is refused with the reason', async (text, reason) => {
    const since = here.slack.mark();

    const answer = await talk(here, 'alice').ask(text);

    expect(words(answer)).toContain(reason);
    expect(words(answer)).toContain('Nothing was changed');
    nothingHappened(since);
  });

  test('a min above the max: is refused with the swapped pair as a button, which only plans', async () => {
    const alice = talk(here, 'alice');
    const answer = await alice.ask('scale api-prod min 9 max 3');
    expect(words(answer)).toContain('min 9 is above max 3');

    const plan = await alice.follow(answer, 'Set 3–9');

    expect(title(plan)).toContain('scale to 3–9?');
    expect(changes(here, '')).toEqual([]);
  });

  test('a min above the max as it is: offers to move the max along', async () => {
    const answer = await talk(here, 'alice').ask('scale api-prod min 9');

    expect(labels(here, answer)).toEqual(['Set 9–9']);
  });

  test('min and max where nothing scales between them: offers one fixed count, which works', async () => {
    const alice = talk(here, 'alice');
    const answer = await alice.ask('scale mail-worker-prod min 3 max 5');
    expect(words(answer)).toContain('no scalable target');

    const plan = await alice.follow(answer, 'Fix at 3');
    await alice.person.click(plan, 'Scale to 3');

    const done = await becomes(here, plan, ', done');
    expect(words(done)).toContain('All 3 tasks healthy');
    expect(changes(here, 'mail-worker').map(({ operation }) => operation)).toEqual(['UpdateService']);
  });
});

describe('which target is meant', () => {
  test('two of one name: asks by what differs, and the picked one is the one that changes', async () => {
    const alice = talk(here, 'alice');
    const question = await alice.ask('scale cart-api-prod min 3 max 5');
    expect(labels(here, question)).toEqual(['cart-api-prod (shop, Seoul)', 'cart-api-prod (shop-us, Oregon)']);

    const plan = await alice.follow(question, 'cart-api-prod (shop-us, Oregon)');
    expect(words(plan)).toContain('Max 4 → 5');
    await alice.person.click(plan, 'Scale to 3–5');
    await becomes(here, plan, ', done');

    expect(changes(here, '').map(({ params }) => params['ResourceId'])).toEqual(['service/shop-us/cart-api-prod']);
  });

  test.each(['scale apu-prod min 3 max 5', 'deploy 1.9.0 to apu-prod', 'roll back apu-prod'])(
    '%s: suggests the name that exists and never acts on it',
    async (text) => {
      const since = here.slack.mark();

      const answer = await talk(here, 'alice').ask(text);

      expect(words(answer)).toContain('apu-prod');
      expect(labels(here, answer)[0]).toBe('api-prod');
      nothingHappened(since);
    },
  );
});

describe('messages that ask for nothing', () => {
  test('a mention alone gets an answer that helps', async () => {
    const asked = await here.slack.as('daniel').say('#ops', '@OpsJack');

    const answer = await here.slack.until((message) => message.thread_ts === asked.ts, { since: asked.since });

    expect(labels(here, answer)).toContain('Help');
  });

  test.each([
    ['emoji alone', '🔥🔥🔥'],
    ['5,000 characters', 'please '.repeat(715)],
  ])('%s: gets an answer that helps, and changes nothing', async (_name, text) => {
    const since = here.slack.mark();

    const answer = await talk(here, 'alice').ask(text);

    expect(labels(here, answer)).toContain('Help');
    nothingHappened(since);
  });

  test('what somebody else is quoted with is not a request', async () => {
    const since = here.slack.mark();

    const answer = await talk(here, 'alice').ask('> roll back api-prod\nwhat is running?');

    expect(words(answer)).toContain('Nothing is running');
    nothingHappened(since);
  });

  test('a version that looks like a broadcast pings nobody and is shown as it was written', async () => {
    const alice = here.slack.as('alice');
    const since = here.slack.mark();
    const said = await alice.dm('deploy &lt;!channel&gt;&amp;x to api-prod', { formatted: true });

    const answer = await here.slack.until((message) => message.order > said.message.order, { since: said.since });

    expect(answer.pings.filter((ping) => ping !== 'U0ALICE')).toEqual([]);
    nothingHappened(since);
  });
});

describe('actions that are named but not asked for', () => {
  let since: number;
  beforeEach(() => {
    since = here.slack.mark();
  });
  afterEach(() => nothingHappened(since));

  test.each([
    ["don't deploy 1.9.0 to api-prod", 'read as “don’t”'],
    ['should we roll back api-prod?', 'read as a question'],
    ['Daniel said he scaled api-prod to 5', 'read as what somebody said'],
    ['if errors rise, roll back api-prod', 'read as “if …”'],
  ])('%s: says so and plans nothing', async (text, note) => {
    expect(words(await talk(here, 'jiho').ask(text))).toContain(note);
  });

  test.each([
    ['api-prod에 1.9.0 배포하지 마', '하지 말라는 뜻으로'],
    ['api-prod 롤백해야 할까?', '질문으로 이해해'],
    ['철수가 api-prod에 1.9.0 배포했대', '전해 들은 말로'],
    ['api-prod 에러 나면 롤백해', '조건부 표현으로'],
  ])('%s: says so and plans nothing', async (text, note) => {
    expect(words(await talk(here, 'minsu').ask(text))).toContain(note);
  });
});
