// The process that is measured: OpsJack, or the bare Bolt app it is measured against.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** `resident`: its memory now, in MiB. */
export type Child = { url: string; resident(): number; stop(): Promise<void> };
/** Where the child finds Slack and AWS, and what proves to it that Slack calls. */
export type Around = { slackUrl: string; botToken: string; signingSecret: string; awsUrl: string };

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The bot as it runs in production, over signed HTTP, with its records in a folder that is removed at the end. */
export async function opsjack(around: Around): Promise<Child> {
  const folder = mkdtempSync(join(tmpdir(), 'opsjack-bench-'));
  writeFileSync(join(folder, 'opsjack.yaml'), 'regions: [ap-northeast-2]\n');
  const child = await start('src/main.ts', /"port":(\d+).*"msg":"ready"/u, {
    ...environment(around),
    OPSJACK_SIMULATED: 'slack,aws',
    OPSJACK_CONFIG: join(folder, 'opsjack.yaml'),
    STORE: `sqlite:${join(folder, 'opsjack.db')}`,
  });
  return {
    ...child,
    url: `${child.url}/slack/events`,
    async stop() {
      await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A Bolt app without anything else; `asks`: it asks AWS about this ECS service before it posts. */
export async function bareBolt(around: Around, asks?: { cluster: string; service: string }): Promise<Child> {
  const child = await start('test/bench/bare-bolt.ts', /listening on (\d+)/u, {
    ...environment(around),
    AWS_REGION: 'ap-northeast-2',
    ...(asks ? { ASKS_CLUSTER: asks.cluster, ASKS_SERVICE: asks.service } : {}),
  });
  return { ...child, url: `${child.url}/slack/events` };
}

function environment(around: Around): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    ...(process.env['BENCH_NODE_OPTIONS'] ? { NODE_OPTIONS: process.env['BENCH_NODE_OPTIONS'] } : {}),
    SLACK_API_URL: around.slackUrl,
    SLACK_BOT_TOKEN: around.botToken,
    SLACK_SIGNING_SECRET: around.signingSecret,
    PORT: '0',
    AWS_ENDPOINT_URL: around.awsUrl,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}

async function start(script: string, ready: RegExp, env: Record<string, string>): Promise<Child> {
  const child = spawn(process.execPath, [script], { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
  const port = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      if (said.length < 100_000) said += chunk.toString();
      const found = ready.exec(said)?.[1];
      if (!found) return;
      clearTimeout(late);
      resolve(found);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    const late = setTimeout(() => {
      child.kill('SIGKILL');
      reject(new Error(`${script} was not ready within 30 s:\n${said}`));
    }, 30_000);
    child.once('exit', () => reject(new Error(`${script} stopped:\n${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    resident() {
      const [, kilobytes] = /VmRSS:\s+(\d+)/u.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
      return Math.round(Number(kilobytes) / 1024);
    },
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}
