import { describe, expect, it } from 'vitest';
import { configTable } from '../../src/config.ts';
import { load, problems, type Env } from './load.ts';

const socket = { SLACK_BOT_TOKEN: 'xoxb-1-test', SLACK_APP_TOKEN: 'xapp-1-test' };
const http = { SLACK_BOT_TOKEN: 'xoxb-1-test', SLACK_SIGNING_SECRET: '0123456789abcdef', PORT: '3000' };

describe('with nothing set', () => {
  it('has defaults that need no cloud, and nobody may change anything', () => {
    expect(load({})).toEqual({
      slack: undefined,
      regions: [],
      rules: {
        grants: [],
        approvals: [],
        order: [],
        ceilings: [],
        sharedChannels: [],
        hash: expect.stringMatching(/^[0-9a-f]{12}$/),
      },
      aliases: {},
      stages: {},
      channelLocales: {},
      images: {},
      store: { engine: 'sqlite', path: '.opsjack/opsjack.db' },
      wakeups: undefined,
      nlu: { engine: 'embedded' },
      lex: { region: undefined, assistedNlu: 'off' },
      translator: 'none',
      translateBudget: 200_000,
      logLevel: 'info',
      freezes: [],
      replicas: 1,
      simulated: { slack: false, aws: false },
    });
  });

  it('takes blank variables and an empty file as unset', () => {
    const blank = { SLACK_BOT_TOKEN: '', SLACK_APP_TOKEN: ' ', STORE: '', PORT: '' };

    expect(load(blank, '')).toEqual(load({}));
    expect(load({}, '# nothing yet\n')).toEqual(load({}));
    expect(load({}, 'grants:\n#  - { who: U012ABCDE3F, may: deploy }\nregions:\n')).toEqual(load({}));
  });

  it('says what a bot needs, all at once', () => {
    expect(problems({}, undefined, ['slack', 'aws'])).toEqual([
      expect.stringMatching(
        /^environment SLACK_BOT_TOKEN: is missing; .*SLACK_APP_TOKEN.*SLACK_SIGNING_SECRET and PORT/,
      ),
      expect.stringMatching(/^environment AWS_REGION: is missing; .*regions/),
    ]);
    expect(load({ ...socket, AWS_REGION: 'us-east-1' }, undefined, ['slack', 'aws']).regions).toEqual(['us-east-1']);
    expect(load(socket, 'regions: [us-east-1]', ['slack', 'aws']).regions).toEqual(['us-east-1']);
  });
});

describe('Slack', () => {
  it('connects by Socket Mode with an app token, whatever PORT says', () => {
    expect(load({ ...socket, PORT: '8080' }).slack).toEqual({
      mode: 'socket',
      botToken: 'xoxb-1-test',
      appToken: 'xapp-1-test',
    });
  });

  it('listens over HTTP with a signing secret and a port', () => {
    expect(load({ ...http, SLACK_API_URL: 'https://slack-gov.com/api/' }).slack).toEqual({
      mode: 'http',
      botToken: 'xoxb-1-test',
      signingSecret: '0123456789abcdef',
      port: 3000,
      apiUrl: 'https://slack-gov.com/api/',
    });
  });

  it.each<[string, Env, RegExp]>([
    [
      'a bot token alone',
      { SLACK_BOT_TOKEN: 'xoxb-1' },
      /^environment SLACK_APP_TOKEN: is missing beside SLACK_BOT_TOKEN/,
    ],
    [
      'an app token alone',
      { SLACK_APP_TOKEN: 'xapp-1' },
      /^environment SLACK_BOT_TOKEN: is missing beside SLACK_APP_TOKEN/,
    ],
    [
      'a secret alone',
      { SLACK_SIGNING_SECRET: 's', PORT: '1' },
      /^environment SLACK_BOT_TOKEN: is missing beside SLACK_S/,
    ],
    ['HTTP without a port', { ...http, PORT: '' }, /^environment PORT: is missing beside SLACK_SIGNING_SECRET/],
    ['both modes', { ...socket, ...http }, /^environment SLACK_APP_TOKEN: and SLACK_SIGNING_SECRET are both set/],
    ['a user token', { ...socket, SLACK_BOT_TOKEN: 'xoxp-1' }, /^environment SLACK_BOT_TOKEN: must start with xoxb-/],
    ['swapped tokens', { ...socket, SLACK_APP_TOKEN: 'xoxb-1' }, /^environment SLACK_APP_TOKEN: must start with xapp-/],
    [
      'a token as secret',
      { ...http, SLACK_SIGNING_SECRET: 'xapp-1' },
      /^environment SLACK_SIGNING_SECRET: must be the/,
    ],
    ['a port in words', { ...http, PORT: 'http' }, /^environment PORT: must be a port, from 0 to 65535/],
    ['a port beyond', { ...http, PORT: '65536' }, /^environment PORT: must be a port, from 0 to 65535/],
    [
      'an API in the clear',
      { ...socket, SLACK_API_URL: 'http://slack.com/api/' },
      /^environment SLACK_API_URL: must be/,
    ],
    ['no address', { ...socket, SLACK_API_URL: 'slack.com' }, /^environment SLACK_API_URL: must be an address/],
  ])('refuses %s', (_, env, problem) => {
    expect(problems(env)).toEqual([expect.stringMatching(problem)]);
  });
});

describe('other variables', () => {
  it('takes a store file, a log level and a region', () => {
    const config = load({
      STORE: 'sqlite:/var/lib/ops.db',
      LOG_LEVEL: 'debug',
      AWS_REGION: 'ap-northeast-2',
      NLU: 'lex:A4AO2ZTMJS/TSTALIASID',
      TRANSLATOR: 'amazon',
      TRANSLATE_BUDGET: '5000',
    });

    expect(config).toMatchObject({
      store: { engine: 'sqlite', path: '/var/lib/ops.db' },
      logLevel: 'debug',
      regions: ['ap-northeast-2'],
      nlu: { engine: 'lex', botId: 'A4AO2ZTMJS', aliasId: 'TSTALIASID' },
      lex: { region: 'ap-northeast-2', assistedNlu: 'off' },
      translator: 'amazon',
      translateBudget: 5000,
    });
  });

  it('keeps records in a table only with a queue beside it', () => {
    const queue = 'sqs:https://sqs.ap-northeast-2.amazonaws.com/123456789012/opsjack';

    expect(load({ STORE: 'dynamodb:opsjack', WAKEUPS: queue })).toMatchObject({
      store: { engine: 'dynamodb', table: 'opsjack' },
      wakeups: { url: queue.slice('sqs:'.length) },
    });
    expect(problems({ STORE: 'dynamodb:opsjack' })).toEqual([
      expect.stringMatching(/^environment WAKEUPS: is missing/),
    ]);
    expect(problems({ WAKEUPS: queue })).toEqual([expect.stringMatching(/^environment STORE: must be dynamodb:/)]);
    expect(problems({ STORE: 'dynamodb:', WAKEUPS: 'sqs:opsjack' })).toHaveLength(2);
  });

  it.each<[string, string]>([
    ['STORE', 'postgres://db'],
    ['STORE', 'sqlite:'],
    ['STORE', 'sqlite::memory:'],
    ['NLU', 'magic'],
    ['NLU', 'lex:A4AO2ZTMJS'],
    ['TRANSLATOR', 'deepl'],
    ['TRANSLATE_BUDGET', 'much'],
    ['LOG_LEVEL', 'loud'],
    ['AWS_REGION', 'Seoul'],
    ['OPSJACK_SIMULATED', 'everything'],
  ])('refuses %s=%s and says what would be right', (name, value) => {
    const [problem, ...rest] = problems({ [name]: value });

    expect(problem).toMatch(new RegExp(`^environment ${name}: (must be|is not an AWS region)`));
    expect(rest).toEqual([]);
  });
});

describe('simulation', () => {
  const local = {
    ...socket,
    OPSJACK_SIMULATED: 'slack,aws',
    SLACK_API_URL: 'http://127.0.0.1:4000/api/',
    AWS_ENDPOINT_URL: 'http://localhost:4001',
  };

  it('lets everybody change things where AWS is simulated, and only there', () => {
    expect(load(local)).toMatchObject({ simulated: { slack: true, aws: true }, rules: { grants: 'everyone' } });
    expect(load({ ...local, OPSJACK_SIMULATED: 'slack' })).toMatchObject({
      simulated: { aws: false },
      rules: { grants: [] },
    });
  });

  it.each<[string, Env, string]>([
    ['a real Slack', { SLACK_API_URL: 'https://slack.com/api/' }, 'SLACK_API_URL'],
    ['no Slack address', { SLACK_API_URL: '' }, 'SLACK_API_URL'],
    ['no AWS address', { AWS_ENDPOINT_URL: '' }, 'AWS_ENDPOINT_URL'],
    ['an address that only looks local', { AWS_ENDPOINT_URL: 'http://127.0.0.1.example.com' }, 'AWS_ENDPOINT_URL'],
    ['credentials before a real host', { AWS_ENDPOINT_URL: 'http://localhost@example.com' }, 'AWS_ENDPOINT_URL'],
    ['one service elsewhere', { AWS_ENDPOINT_URL_ECS: 'https://ecs.us-east-1.amazonaws.com' }, 'AWS_ENDPOINT_URL_ECS'],
    ['addresses ignored', { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }, 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'],
  ])('is refused with %s', (_, env, name) => {
    expect(problems({ ...local, ...env })).toEqual([expect.stringContaining(`environment ${name}: must`)]);
  });

  it('is fine with one service on another loopback address', () => {
    expect(load({ ...local, AWS_ENDPOINT_URL_ECS: 'http://[::1]:9' }).simulated.aws).toBe(true);
  });
});

it('prints a table with every setting', () => {
  const table = configTable();

  for (const name of ['SLACK_SIGNING_SECRET', 'OPSJACK_SIMULATED', '`regions` in opsjack.yaml', '`images` in']) {
    expect(table).toContain(name);
  }
  expect(table).toContain('| `STORE` | `sqlite:.opsjack/opsjack.db` | Where records are kept');
  for (const line of table.split('\n')) expect(line).toMatch(/^\|.+\|.*\|.+\|$/);
});

describe('the process', () => {
  it('answers about its health where it is told to', () => {
    expect(load({ HEALTH_PORT: '8081' }).healthPort).toBe(8081);
    expect(problems({ HEALTH_PORT: '8081/tcp' })).toEqual(['environment HEALTH_PORT: must be a port, from 0 to 65535']);
  });

  it('knows how many share its Slack app, of which Slack lets five in', () => {
    expect(load({ REPLICAS: '5' }).replicas).toBe(5);
    expect(problems({ REPLICAS: '6' })).toEqual([expect.stringMatching(/^environment REPLICAS: must be from 1 to 5/)]);
  });
});
