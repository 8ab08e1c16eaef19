// In which language somebody is answered, and how others read what they all see.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { becomes, bot, labels, talk } from './dialog.ts';
import { title, words, workspace, type Workspace } from './workspace.ts';

let here: Workspace;
beforeAll(async () => {
  here = await workspace({ channels: { C0OPSKO: 'ko-KR' } });
});
afterAll(() => here.close());

describe('a terse command, which is in no language,', () => {
  test('is answered in the language of the profile', async () => {
    expect(words(await talk(here, 'suyeon').ask('status api-prod'))).toContain('정상');
    expect(words(await talk(here, 'emma').ask('status api-prod'))).toContain('healthy');
  });

  test('is answered in the language last written, once something was', async () => {
    const jiho = talk(here, 'jiho');
    await jiho.ask('how is worker-prod doing today, is anything wrong?');

    expect(words(await jiho.ask('status api-prod'))).toContain('healthy');
  });
});

describe('a chosen language', () => {
  test('is spoken from then on, whatever is written, until it is given back', async () => {
    const alice = talk(here, 'alice');
    expect(words(await alice.ask('한국어로 말해줘'))).toContain('앞으로 한국어로');
    expect(words(await alice.ask('please show me the status of api-prod'))).toContain('정상');
    expect(words(await alice.ask('whoami'))).toContain('직접 설정함');

    expect(words(await alice.ask('language auto'))).toContain('쓰시는 언어에 맞춰');
    expect(words(await alice.ask('please show me the status of api-prod'))).toContain('healthy');
  });

  test('without words and without translation is refused, with those there are', async () => {
    const answer = await talk(here, 'daniel').ask('please answer me in Thai');

    expect(words(answer)).toContain('no words in Thai');
    expect(words(answer)).toMatch(/I speak .*English.*Korean/u);
  });

  test('that is not named is asked for', async () => {
    const daniel = talk(here, 'daniel');
    expect(words(await daniel.ask('I want to change my language'))).toContain('Which language');

    expect(words(await daniel.ask('korean'))).toContain('앞으로 한국어로');
    await daniel.ask('language auto');
  });
});

describe('a language that nobody here reads', () => {
  test('is answered with those that are understood, and nothing is done', async () => {
    const answer = await talk(here, 'daniel').ask('ช่วยปรับ api-prod เป็น 5 ให้หน่อย');

    expect(words(answer)).toContain('I could not read that (Thai)');
  });
});

describe('a plan that several people see', () => {
  test('is in the channel’s language, and each reads it in their own', async () => {
    const [minsu, daniel] = [here.slack.as('minsu'), here.slack.as('daniel')];
    const asked = await daniel.say('#ops-ko', '@OpsJack please scale api-prod to 5 tasks');
    const plan = await here.slack.until((message) => title(message).endsWith('?'), { since: asked.since });
    expect(words(plan)).toContain('최소 2 → 5');
    expect(labels(here, plan)).toContain('내 언어로 보기');

    const last = here.slack.mark();
    await daniel.click(plan, '내 언어로 보기');
    const english = await here.slack.until((message) => message.ephemeral === 'U0DANIEL', { since: last });

    expect(words(english)).toContain('Min 2 → 5');
    expect(labels(here, english)).toEqual([]);

    await daniel.click(plan, /변경/u.exec(labels(here, plan).join('\n'))?.input.split('\n')[0] ?? '');
    const done = await becomes(here, plan, '완료');
    const later = here.slack.mark();
    await minsu.click(done, '내 언어로 보기');
    const korean = await here.slack.until((message) => message.ephemeral === 'U0MINSU', { since: later });
    expect(title(korean)).toBe(title(done));
  });
});

describe('people of several languages in one thread', () => {
  test('are each answered in the language they wrote in', async () => {
    const alice = here.slack.as('alice');
    const asked = await alice.say('#ops', '@OpsJack how is api-prod doing?');
    const first = await here.slack.until((message) => message.user === bot, { since: asked.since });
    const thread = first.thread_ts ?? first.ts;
    for (const [text, word] of [
      ['@OpsJack api-prod 상태 어때?', '정상'],
      ['@OpsJack api-prod の状態を教えて', '正常'],
      ['@OpsJack wie geht es api-prod gerade?', 'gesund'],
      ['@OpsJack comment va api-prod en ce moment ?', 'en bonne santé'],
      ['@OpsJack api-prod 现在状态怎么样', '正常'],
      ['@OpsJack ¿cómo está api-prod ahora mismo?', 'sano'],
    ] as const) {
      const said = await alice.say('#ops', text, { thread });
      const answer = await here.slack.until((message) => message.user === bot, { since: said.since });
      expect(words(answer).toLowerCase()).toContain(word);
    }
  });
});
