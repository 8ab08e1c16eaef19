// Every environment variable OpsJack itself reads: name, parser, default and meaning in one table.
import { z } from 'zod';
import { region } from './shape.ts';

export type Env = Readonly<Record<string, string | undefined>>;

/** Records in a file of one process, or in a table of several. */
export type StoreSetting = { engine: 'sqlite'; path: string } | { engine: 'dynamodb'; table: string };

/** `lex`: the bot and alias beside the embedded engine. */
export type Nlu = { engine: 'embedded' } | { engine: 'lex'; botId: string; aliasId: string };

/** One row a setting. Messages never repeat the value: it may be a secret. */
const environment = z.object({
  SLACK_BOT_TOKEN: z
    .string()
    .startsWith('xoxb-', 'must start with xoxb-: the Bot User OAuth Token')
    .optional()
    .describe('Bot User OAuth Token of your Slack app (`xoxb-`)'),
  SLACK_APP_TOKEN: z
    .string()
    .startsWith('xapp-', 'must start with xapp-: an App-Level Token with connections:write')
    .optional()
    .describe('App-Level Token with `connections:write` (`xapp-`): connects by Socket Mode'),
  SLACK_SIGNING_SECRET: z
    .string()
    .regex(/^(?!xox|xapp-)\S+$/, 'must be the Signing Secret under Basic Information, not a token')
    .optional()
    .describe('Signing Secret: Slack calls `/slack/events` on `PORT` instead of Socket Mode'),
  PORT: z
    .string()
    .regex(/^\d+$/, 'must be a port, from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535, 'must be a port, from 0 to 65535'))
    .optional()
    .describe('Where signed HTTP listens'),
  HEALTH_PORT: z
    .string()
    .regex(/^\d+$/, 'must be a port, from 0 to 65535')
    .transform(Number)
    .pipe(z.number().max(65_535, 'must be a port, from 0 to 65535'))
    .optional()
    .describe('Where `/live` and `/ready` are answered; nowhere unless set'),
  REPLICAS: z
    .string()
    .regex(/^[1-5]$/, 'must be from 1 to 5: each has two of the ten connections Slack allows an app')
    .transform(Number)
    .prefault('1')
    .describe('How many bots share the Slack app; connections beyond two each are warned of'),
  SLACK_API_URL: z
    .string()
    .refine(isSafeUrl, 'must be an address that starts with https://, like https://slack-gov.com/api/')
    .optional()
    .describe('A Slack elsewhere, like `https://slack-gov.com/api/`'),
  AWS_REGION: z
    .string()
    .regex(region, 'is not an AWS region; write one like ap-northeast-2')
    .optional()
    .describe('The region, where `regions` lists none'),
  STORE: z
    .string()
    .regex(
      /^(?:sqlite:(?!:memory:|file:).|dynamodb:[A-Za-z0-9_.-]{3,255}$)/,
      'must be sqlite: and a file, like sqlite:.opsjack/opsjack.db, or dynamodb: and a table, like dynamodb:opsjack',
    )
    .transform((value): StoreSetting => {
      if (value.startsWith('sqlite:')) return { engine: 'sqlite', path: value.slice('sqlite:'.length) };
      return { engine: 'dynamodb', table: value.slice('dynamodb:'.length) };
    })
    .prefault('sqlite:.opsjack/opsjack.db')
    .describe('Where records are kept: a file, or `dynamodb:TABLE` where several processes run'),
  WAKEUPS: z
    .string()
    .regex(/^sqs:https?:\/\/[^\s/]+\/\d{12}\/[\w-]{1,80}$/, 'must be sqs: and the address of a standard queue')
    .transform((value) => ({ url: value.slice('sqs:'.length) }))
    .optional()
    .describe('`sqs:QUEUE_URL`: what wakes up operations where records are in DynamoDB'),
  NLU: z
    .string()
    .regex(
      /^(?:embedded|lex:[0-9A-Z]{10}\/[0-9A-Z]{10})$/,
      'must be embedded, or lex: with the ids of a bot and its alias, like lex:A4AO2ZTMJS/TSTALIASID',
    )
    .transform((value): Nlu => {
      const [botId, aliasId] = value.slice('lex:'.length).split('/');
      return value === 'embedded' ? { engine: 'embedded' } : { engine: 'lex', botId: botId!, aliasId: aliasId! };
    })
    .prefault('embedded')
    .describe('What understands people: `embedded`, or `lex:BOTID/ALIASID` for Amazon Lex V2 beside it'),
  TRANSLATOR: z
    .enum(['none', 'amazon'], 'must be none or amazon')
    .prefault('none')
    .describe('`amazon`: Amazon Translate for languages OpsJack has no words of, and for what AWS says'),
  TRANSLATE_BUDGET: z
    .string()
    .regex(/^\d{1,10}$/, 'must be a number of characters, like 200000')
    .transform(Number)
    .prefault('200000')
    .describe('Characters a day (UTC) that may be sent to be translated'),
  OPSJACK_CONFIG: z.string().prefault('opsjack.yaml').describe('The settings file; it need not exist'),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error')
    .prefault('info')
    .describe('`debug`, `info`, `warn` or `error`'),
  OPSJACK_SIMULATED: z
    .string()
    .transform((value) => value.split(',').map((side) => side.trim()))
    .pipe(z.array(z.enum(['slack', 'aws'], 'must be slack, aws or slack,aws')))
    .optional()
    .describe('Set by the local workspace alone: which sides are simulated'),
});
export type Environment = z.output<typeof environment>;

/** Name, default and meaning of each variable, in the order to show them. */
export const variables = Object.entries(environment.shape).map(([name, schema]) => ({
  name,
  fallback: schema instanceof z.ZodPrefault ? schema.def.defaultValue : undefined,
  meaning: schema.description ?? '',
}));

/**
 * The settings in `env`, or nothing when any is wrong; blank is unset. Problems read `environment NAME: ...`, those
 * of settings that only make sense together included.
 */
export function readEnvironment(env: Env): { values?: Environment; problems: string[] } {
  const given = Object.fromEntries(
    Object.entries(env)
      .map(([name, value]) => [name, value?.trim()] as const)
      .filter(([, value]) => value),
  );
  const { data, error } = environment.safeParse(given);
  const wrong = (error?.issues ?? []).map(({ path, message }) => ({ name: String(path[0]), message }));
  const problems = [...wrong, ...slackModes(given), ...replicated(given), ...simulated(given)];
  return { values: data, problems: problems.map(({ name, message }) => `environment ${name}: ${message}`) };
}

type Problem = { name: string; message: string };

/** Half a connection to Slack, or two of them, is never guessed at. */
function slackModes(env: Env): Problem[] {
  const problems: Problem[] = [];
  const { SLACK_BOT_TOKEN: bot, SLACK_APP_TOKEN: app, SLACK_SIGNING_SECRET: secret } = env;
  if (!bot && (app || secret)) {
    const other = app ? 'SLACK_APP_TOKEN' : 'SLACK_SIGNING_SECRET';
    problems.push({ name: 'SLACK_BOT_TOKEN', message: `is missing beside ${other}; set the Bot User OAuth Token` });
  }
  if (bot && !app && !secret) {
    const message =
      'is missing beside SLACK_BOT_TOKEN; set it for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP';
    problems.push({ name: 'SLACK_APP_TOKEN', message });
  }
  if (app && secret) {
    const message = 'and SLACK_SIGNING_SECRET are both set; keep the first for Socket Mode or the second for HTTP';
    problems.push({ name: 'SLACK_APP_TOKEN', message });
  }
  if (secret && !app && !env['PORT']) {
    problems.push({ name: 'PORT', message: 'is missing beside SLACK_SIGNING_SECRET; set where to listen, like 3000' });
  }
  return problems;
}

/** A table without a queue would wake nobody up, and a queue beside a file would wake up who has no records. */
function replicated({ STORE: store, WAKEUPS: wakeups }: Env): Problem[] {
  const isTable = store?.startsWith('dynamodb:') ?? false;
  if (isTable && !wakeups)
    return [
      { name: 'WAKEUPS', message: 'is missing beside STORE=dynamodb:; set it to sqs: and the address of a queue' },
    ];
  if (!isTable && wakeups) return [{ name: 'STORE', message: 'must be dynamodb: and a table beside WAKEUPS' }];
  return [];
}

/** In a simulated account everybody may change everything, so nothing there may lead to a real one. */
function simulated(env: Env): Problem[] {
  const sides = (env['OPSJACK_SIMULATED'] ?? '').split(',').map((side) => side.trim());
  const message = 'must be a loopback address, because OPSJACK_SIMULATED says this side is simulated';
  const names: string[] = [];
  if (sides.includes('slack')) names.push('SLACK_API_URL');
  if (sides.includes('aws')) {
    names.push('AWS_ENDPOINT_URL', ...Object.keys(env).filter((name) => name.startsWith('AWS_ENDPOINT_URL_')));
  }
  const problems = names.filter((name) => !isLoopback(env[name])).map((name) => ({ name, message }));
  // With it the SDK would go to the real account: https://docs.aws.amazon.com/sdkref/latest/guide/feature-ss-endpoints.html
  const ignore = env['AWS_IGNORE_CONFIGURED_ENDPOINT_URLS'];
  if (sides.includes('aws') && ignore && ignore !== 'false') {
    problems.push({ name: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', message: 'must not be set where AWS is simulated' });
  }
  return problems;
}

function isLoopback(address: string | undefined): boolean {
  const url = URL.parse(address ?? '');
  return url !== null && /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname);
}

/** Tokens travel to it: never in the clear, but on this machine. */
function isSafeUrl(address: string): boolean {
  return URL.parse(address)?.protocol === 'https:' || (/^http:/i.test(address) && isLoopback(address));
}
