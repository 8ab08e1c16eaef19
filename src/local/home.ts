// What the bot is started with: an environment made from scratch, so that nothing real can leak into the simulation.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';

type Env = Readonly<Record<string, string | undefined>>;

/** Files of one run. */
export type Home = { log: string; database: string; settings: string; leave(): void };

const settings = [
  '# Settings of the local workspace, written at each start. Point OPSJACK_CONFIG at a file of yours to use that instead.',
  'regions: [ap-northeast-2, us-west-2]',
  'channels:',
  '  C0OPSKO: { language: ko-KR }',
  '# Changes of catalog-api-prod need somebody of @approvers (jiho, daniel) to agree. Edit it while the bot runs.',
  'approvals:',
  '  - { on: { name: catalog-api-prod }, need: 1, from: S0APPROVE }',
  '',
].join('\n');

/** Fresh files under `folder`. A second workspace at the same time gets names of its own. */
export function openHome(folder: string): Home {
  mkdirSync(folder, { recursive: true });
  const mark = join(folder, 'local.pid');
  const first = !running(mark);
  const name = first ? 'local' : `local-${process.pid}`;
  const home = {
    log: join(folder, `${name}.log`),
    database: join(folder, `${name}.db`),
    settings: join(folder, 'local.yaml'),
  };
  if (first) writeFileSync(mark, String(process.pid));
  removeDatabase(home.database);
  writeFileSync(home.settings, settings);
  writeFileSync(home.log, '');
  return {
    ...home,
    leave() {
      if (first) rmSync(mark, { force: true });
      else removeDatabase(home.database);
    },
  };
}

type Sides = {
  slack: { botToken: string; appToken: string; signingSecret: string; apiUrl: string };
  aws: { url: string };
  home: Home;
  env: Env;
};

/**
 * The bot's environment. Of the caller's only what finds programs, the log level, how to understand and
 * translate, `PORT` and `OPSJACK_CONFIG` are kept.
 */
export function botEnvironment({ slack, aws, home, env }: Sides): Record<string, string> {
  const kept = ['PATH', 'HOME', 'SystemRoot', 'LOG_LEVEL', 'NLU', 'TRANSLATOR', 'TRANSLATE_BUDGET'].flatMap((name) =>
    env[name] ? [[name, env[name]]] : [],
  );
  const port = env['PORT']?.trim();
  return {
    ...Object.fromEntries(kept),
    SLACK_BOT_TOKEN: slack.botToken,
    ...(port ? { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: port } : { SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL: aws.url,
    AWS_REGION: 'ap-northeast-2',
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
    // Profiles may name endpoints and credentials of real accounts.
    AWS_CONFIG_FILE: devNull,
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    STORE: `sqlite:${home.database}`,
    OPSJACK_SIMULATED: 'slack,aws',
    OPSJACK_CONFIG: env['OPSJACK_CONFIG']?.trim() || home.settings,
  };
}

function removeDatabase(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`, path.replace(/\.db$/u, '.lock')])
    rmSync(file, { force: true });
}

/** Whether the process that wrote the mark still lives. */
function running(mark: string): boolean {
  try {
    const pid = Number(readFileSync(mark, 'utf8'));
    return pid > 0 && pid !== process.pid && process.kill(pid, 0);
  } catch {
    return false;
  }
}
