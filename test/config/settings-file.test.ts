import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { ConfigError } from '../../src/core/errors.ts';
import { folder } from '../folder.ts';
import { load, problems } from './load.ts';

describe('opsjack.yaml', () => {
  it('is read whole', () => {
    const config = load(
      { AWS_REGION: 'us-east-1' },
      `
regions: [ap-northeast-2, eusc-de-east-1]
grants:
  - { who: U012ABCDE3F, may: deploy }
  - { who: [S012ABCDE3F, everyone], may: [scale, rollback], on: { stage: prod, name: 'api-*', tag: { team: shop } } }
approvals:
  - { on: { stage: [prod] }, for: deploy, need: 2, from: S012ABCDE3F, within: 30 }
  - { on: { account: '123456789012' } }
order: [staging, prod]
ceilings: [{ on: { platform: ecs }, max: 40 }]
aliases: { 결제: payments-api-prod }
stages:
  prod: ['*-prod', checkout]
channels:
  C012ABCDE3F: { language: ko-KR }
  C0SHARED123: { shared: true }
roles: { write: 'arn:aws:iam::123456789012:role/ops/opsjack-write', externalId: acme }
images:
  api-prod: [123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/api, 'registry.example.com:5000/team/api']
`,
    );

    expect(config).toMatchObject({
      regions: ['ap-northeast-2', 'eusc-de-east-1'],
      rules: {
        grants: [
          { who: ['U012ABCDE3F'], may: ['deploy'], on: {} },
          {
            who: ['S012ABCDE3F', 'everyone'],
            may: ['scale', 'rollback'],
            on: { stage: ['prod'], name: ['api-*'], tag: { team: 'shop' } },
          },
        ],
        approvals: [
          { on: { stage: ['prod'] }, for: ['deploy'], need: 2, from: ['S012ABCDE3F'], within: 30 * 60_000 },
          { on: { account: ['123456789012'] }, for: ['scale', 'deploy'], need: 1, within: 60 * 60_000 },
        ],
        order: ['staging', 'prod'],
        ceilings: [{ on: { platform: ['ecs'] }, max: 40 }],
        sharedChannels: ['C0SHARED123'],
      },
      aliases: { 결제: 'payments-api-prod' },
      stages: { prod: ['*-prod', 'checkout'] },
      channelLocales: { C012ABCDE3F: 'ko-KR' },
      writeRole: { arn: 'arn:aws:iam::123456789012:role/ops/opsjack-write', externalId: 'acme' },
      images: {
        'api-prod': ['123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/api', 'registry.example.com:5000/team/api'],
      },
    });
  });

  it.each<[string, string, string]>([
    ['a typo', 'regoins: [us-east-1]', '1:1 regoins: is no setting; known are regions, grants, approvals'],
    ['no region', 'regions:\n  - us-east-1\n  - Seoul', '3:5 regions.1: must be an AWS region, like ap-northeast-2'],
    ['a region twice', 'regions: [us-east-1, us-east-1]', '1:22 regions.1: is listed twice'],
    ['a scalar for a list', 'regions: us-east-1', '1:10 regions: must be a list of AWS regions'],
    ['a name for an id', "grants: [{ who: '@kim', may: deploy }]", '1:17 grants.0.who: must be Slack ids of people'],
    ['no list of grants', 'grants: kim@example.com', '1:9 grants: must be a list of grants'],
    [
      'an action nobody knows',
      'grants: [{ who: everyone, may: [destroy] }]',
      'grants.0.may: must be one or more of status',
    ],
    ['a grant to nobody', 'grants: [{ may: deploy }]', 'grants.0.who: must be Slack ids of people'],
    [
      'a selector typo',
      'grants: [{ who: everyone, may: scale, on: { stag: prod } }]',
      'grants.0.on.stag: is no setting',
    ],
    [
      'an account as a number',
      'grants: [{ who: everyone, may: scale, on: { account: 123456789012 } }]',
      'must be an AWS account id in quotes',
    ],
    ['agreement of nobody', 'approvals: [{ need: 0 }]', 'approvals.0.need'],
    ['agreement to a look', 'approvals: [{ for: status }]', 'approvals.0.for: must be one or more of scale'],
    ['a number as target', 'aliases:\n  pay: 5', "2:8 aliases.pay: must be a target's name or key"],
    [
      'an alias of an alias',
      'aliases:\n  a: b\n  b: c',
      "2:6 aliases.a: points to another alias; write the target's own",
    ],
    ['a stage without list', 'stages: { prod: "*-prod" }', '1:17 stages.prod: must be a list of names or patterns'],
    ['a channel name', 'channels:\n  "#ops": {}', '2:3 channels.#ops: must be a Slack channel id'],
    [
      'a channel typo',
      'channels:\n  C012ABCDE3F:\n    lang: ko-KR',
      '3:5 channels.C012ABCDE3F.lang: is no setting; known are',
    ],
    [
      'a language word',
      'channels: { C012ABCDE3F: { language: korean } }',
      'channels.C012ABCDE3F.language: must be a language',
    ],
    ['shared as a word', 'channels: { C012ABCDE3F: { shared: maybe } }', 'shared: must be true or false'],
    [
      'a tagged image',
      'images:\n  api: [example.com/api:v1]',
      '2:9 images.api.0: must be an image repository without tag',
    ],
    [
      'an image by digest',
      'images: { api: ["example.com/api@sha256:12"] }',
      'images.api.0: must be an image repository',
    ],
    ['a role by its name', 'roles: { write: opsjack-write }', '1:17 roles.write: must be the ARN of an IAM role'],
    ['no role', 'roles: { externalId: acme }', 'roles.write: must be the ARN of an IAM role'],
    ['a list as the whole', '- regions', '1:1 opsjack.yaml: must hold regions, grants'],
    ['a key twice', 'regions: []\nregions: []', '2:1 Map keys must be unique'],
    ['broken YAML', 'regions: [us-east-1', 'opsjack.yaml:1:20 '],
    ['a name that leads nowhere', 'regions: *none', 'opsjack.yaml:1:1'],
    ['an unknown tag', 'aliases: { a: !x b }', '1:15 Unresolved tag'],
  ])('refuses %s, saying where', (_, yaml, problem) => {
    const found = problems({}, yaml);

    expect(found).toEqual([expect.stringMatching(/^opsjack\.yaml:\d+:\d+ /)]);
    expect(found[0]).toContain(problem);
  });

  it('reports everything that is wrong at once, environment first', () => {
    const found = problems({ SLACK_BOT_TOKEN: 'xoxp-1', LOG_LEVEL: 'loud' }, 'foo: 1\nregions: [Seoul]\ngrants: [kim]');

    expect(found.map((problem) => problem.split(': ')[0])).toEqual([
      'environment SLACK_BOT_TOKEN',
      'environment LOG_LEVEL',
      'environment SLACK_APP_TOKEN',
      'opsjack.yaml:2:11 regions.0',
      'opsjack.yaml:3:10 grants.0',
      'opsjack.yaml:1:1 foo',
    ]);
  });

  it('may be another file, which then must exist', () => {
    const path = join(folder(), 'none.yaml');

    expect(() => loadConfig({ env: { OPSJACK_CONFIG: path } })).toThrow(
      `environment OPSJACK_CONFIG: there is no file ${path}`,
    );
    expect(() => loadConfig({ env: {}, path: folder() })).toThrow('cannot be read');
    expect(loadConfig({ env: {}, path: 'my.yaml', readFile: () => 'regions: [us-east-1]' }).regions).toEqual([
      'us-east-1',
    ]);
    expect(() => loadConfig({ env: {}, path: 'my.yaml', readFile: () => 'x: 1' })).toThrow(
      'my.yaml:1:1 x: is no setting',
    );
  });
});

describe('problems', () => {
  it('never repeat a secret', () => {
    const token = 'xoxb-123-SECRETSECRET';
    const yaml = `${token}: 1\nregions: [${token}]\naliases: [${token}\n`;

    for (const name of [
      'SLACK_APP_TOKEN',
      'SLACK_SIGNING_SECRET',
      'STORE',
      'PORT',
      'SLACK_API_URL',
      'OPSJACK_SIMULATED',
    ]) {
      expect(problems({ [name]: token }, yaml).join('\n')).not.toContain('SECRETSECRET');
    }
    expect(problems({}, `${token}: 1\nregions: [${token}]`).join('\n')).not.toContain('SECRETSECRET');
  });

  it('are all that any text as a file can cause', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.json()), (yaml) => {
        expect(outcome(yaml)).toMatch(/^(accepted|refused)$/);
      }),
      { numRuns: 300 },
    );
  });
});

/** What becomes of a text as settings file. */
function outcome(yaml: string): string {
  try {
    load({}, yaml);
    return 'accepted';
  } catch (error) {
    return error instanceof ConfigError ? 'refused' : String(error);
  }
}
