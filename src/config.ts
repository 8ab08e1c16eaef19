// The only reader of the environment and of opsjack.yaml. Everything wrong is reported at once.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  readEnvironment,
  variables,
  type Env,
  type Environment,
  type Nlu,
  type StoreSetting,
} from './config/environment.ts';
import { members, readSettings, type SettingsFile } from './config/settings-file.ts';
import { ConfigError } from './core/errors.ts';
import type { FreezeWindow } from './core/freeze-windows.ts';
import type { Rules } from './core/grants.ts';
import { scrub } from './log.ts';

export type SlackSettings = { botToken: string; apiUrl?: string } & (
  | { mode: 'socket'; appToken: string }
  | { mode: 'http'; signingSecret: string; port: number }
);

export type Config = {
  /** Nothing where Slack is not set up. */
  slack?: SlackSettings;
  /** AWS regions to look at; endpoints and credentials are the SDK's own business. */
  regions: readonly string[];
  /** Who may do what, who must agree, what is too much. */
  rules: Rules;
  /** When nobody changes a stage. */
  freezes: readonly FreezeWindow[];
  aliases: Readonly<Record<string, string>>;
  stages: Readonly<Record<string, readonly string[]>>;
  channelLocales: Readonly<Record<string, string>>;
  /** Target name -> further repositories its images may come from. */
  images: Readonly<Record<string, readonly string[]>>;
  /** What changes are made with; nothing where that is the process itself. */
  writeRole?: { arn: string; externalId?: string };
  store: StoreSetting;
  /** The queue of wake-ups, where records are in a table. */
  wakeups: { url: string } | undefined;
  nlu: Nlu;
  lex: { region: string | undefined; assistedNlu: 'off' | 'fallback' | 'primary' };
  translator: 'none' | 'amazon';
  /** Characters a day. */
  translateBudget: number;
  logLevel: 'debug' | 'info' | 'warn' | 'error';
  /** Where `/live` and `/ready` are answered. */
  healthPort?: number | undefined;
  /** How many processes share the Slack app. */
  replicas: number;
  simulated: { slack: boolean; aws: boolean };
};

type Sources = {
  env: Env;
  /** The settings file, instead of OPSJACK_CONFIG. */
  path?: string;
  /** The text of a file; nothing when there is none. */
  readFile?: (path: string) => string | undefined;
  /** What cannot be left out by this caller. */
  needs?: readonly ('slack' | 'aws')[];
};

/** The settings of `env` and the settings file. Throws one ConfigError with every problem; none of them names a secret. */
export function loadConfig({ env, path, readFile = read, needs = [] }: Sources): Config {
  const environment = readEnvironment(env);
  const named = path ?? env['OPSJACK_CONFIG']?.trim();
  const file = readNamed(named || undefined, readFile);
  const problems = [...environment.problems, ...file.problems, ...missing(env, file.values, needs)];
  if (problems.length > 0 || !environment.values || !file.values) {
    throw new ConfigError(problems.map((problem) => scrub(problem)));
  }
  return config(environment.values, file.values);
}

/** What loads the settings again where their file has another text than before, and nothing where it has not. */
export function reloader({ env, path, readFile = read, needs }: Sources): () => Config | undefined {
  const name = path ?? (env['OPSJACK_CONFIG']?.trim() || 'opsjack.yaml');
  let last = readFile(name);
  return () => {
    const text = readFile(name);
    if (text === last) return undefined;
    last = text;
    return loadConfig({ env, readFile, ...(path ? { path } : {}), ...(needs ? { needs } : {}) });
  };
}

/** The settings as a table for the README, in Markdown. */
export function configTable(): string {
  const rows = [
    ['setting', 'default', 'meaning'],
    ['---', '---', '---'],
    ...variables.map(({ name, fallback, meaning }) => [`\`${name}\``, fallback ? `\`${fallback}\`` : '', meaning]),
    ...members.map(({ name, meaning }) => [`\`${name}\` in opsjack.yaml`, '', meaning]),
  ];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function config(env: Environment, file: SettingsFile): Config {
  const channels = Object.entries(file.channels ?? {});
  const simulated = env.OPSJACK_SIMULATED ?? [];
  const regions = file.regions ?? (env.AWS_REGION ? [env.AWS_REGION] : []);
  return {
    slack: slackOf(env),
    regions,
    rules: rulesOf(file, simulated.includes('aws')),
    freezes: file.freezes ?? [],
    aliases: file.aliases ?? {},
    stages: file.stages ?? {},
    channelLocales: Object.fromEntries(channels.flatMap(([id, { language }]) => (language ? [[id, language]] : []))),
    images: file.images ?? {},
    ...roleOf(file),
    store: env.STORE,
    wakeups: env.WAKEUPS,
    nlu: env.NLU,
    lex: { region: file.lex?.region ?? regions[0], assistedNlu: file.lex?.assistedNlu ?? 'off' },
    translator: env.TRANSLATOR,
    translateBudget: env.TRANSLATE_BUDGET,
    logLevel: env.LOG_LEVEL,
    healthPort: env.HEALTH_PORT,
    replicas: env.REPLICAS,
    simulated: { slack: simulated.includes('slack'), aws: simulated.includes('aws') },
  };
}

function roleOf({ roles }: SettingsFile): Pick<Config, 'writeRole'> {
  if (!roles) return {};
  const { write: arn, externalId } = roles;
  return { writeRole: { arn, ...(externalId === undefined ? {} : { externalId }) } };
}

/** In a simulated account without grants of its own anybody may do anything. */
function rulesOf(file: SettingsFile, isSimulated: boolean): Rules {
  const rules: Omit<Rules, 'hash'> = {
    grants: file.grants ?? (isSimulated ? 'everyone' : []),
    approvals: file.approvals ?? [],
    order: file.order ?? [],
    ceilings: file.ceilings ?? [],
    sharedChannels: Object.entries(file.channels ?? {}).flatMap(([id, { shared }]) => (shared ? [id] : [])),
  };
  return { ...rules, hash: createHash('sha256').update(JSON.stringify(rules)).digest('hex').slice(0, 12) };
}

function slackOf(env: Environment): SlackSettings | undefined {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, PORT: port } = env;
  if (botToken === undefined) return undefined;
  const slack = { botToken, ...(env.SLACK_API_URL !== undefined && { apiUrl: env.SLACK_API_URL }) };
  if (appToken !== undefined) return { ...slack, mode: 'socket', appToken };
  return signingSecret === undefined || port === undefined
    ? undefined
    : { ...slack, mode: 'http', signingSecret, port };
}

function missing(env: Env, file: SettingsFile | undefined, needs: readonly string[]): string[] {
  const problems: string[] = [];
  const tokens = ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'SLACK_SIGNING_SECRET'];
  if (needs.includes('slack') && !tokens.some((name) => env[name]?.trim())) {
    const other = 'and SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET and PORT for HTTP';
    problems.push(`environment SLACK_BOT_TOKEN: is missing; set it ${other}`);
  }
  if (needs.includes('aws') && file && !file.regions?.length && !env['AWS_REGION']?.trim()) {
    problems.push('environment AWS_REGION: is missing; set it, or list regions in opsjack.yaml');
  }
  return problems;
}

function readNamed(
  path: string | undefined,
  readFile: (path: string) => string | undefined,
): { values?: SettingsFile; problems: string[] } {
  const name = path ?? 'opsjack.yaml';
  try {
    const source = readFile(name);
    if (source !== undefined) return readSettings(name, source);
    if (path === undefined) return { values: {}, problems: [] };
    return { problems: [`environment OPSJACK_CONFIG: there is no file ${name}`] };
  } catch (error) {
    return { problems: [`${name}: cannot be read: ${error instanceof Error ? error.message : String(error)}`] };
  }
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
