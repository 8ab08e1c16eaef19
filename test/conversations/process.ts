// The bot as a process of its own, to be killed at will; the simulators live on in the test.
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { simAws } from '../../src/sim/aws/server.ts';
import { simSlack } from '../../src/sim/slack/server.ts';

type Sides = { aws: Awaited<ReturnType<typeof simAws>>; slack: Awaited<ReturnType<typeof simSlack>> };

/**
 * Simulated Slack and AWS (`speed` times faster than life) and a bot that can be started and killed. `beside`: another
 * bot, whose Slack and AWS are this one's too.
 */
export async function processes(options: { speed: number; env?: Readonly<Record<string, string>>; beside?: Sides }) {
  const folder = mkdtempSync(join(tmpdir(), 'opsjack-'));
  const aws = options.beside?.aws ?? (await simAws({ speed: options.speed }));
  const slack = options.beside?.slack ?? (await simSlack());
  writeFileSync(join(folder, 'opsjack.yaml'), 'regions: [ap-northeast-2, us-west-2]\n');
  let child: ChildProcess | undefined;
  let said = '';

  async function start(): Promise<void> {
    said = '';
    const started = spawn(process.execPath, ['src/main.ts'], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        PATH: process.env['PATH'],
        SLACK_BOT_TOKEN: slack.botToken,
        SLACK_APP_TOKEN: slack.appToken,
        SLACK_API_URL: slack.apiUrl,
        AWS_ENDPOINT_URL: aws.url,
        AWS_ACCESS_KEY_ID: 'simulated',
        AWS_SECRET_ACCESS_KEY: 'simulated',
        AWS_EC2_METADATA_DISABLED: 'true',
        OPSJACK_SIMULATED: 'slack,aws',
        OPSJACK_CONFIG: join(folder, 'opsjack.yaml'),
        STORE: `sqlite:${join(folder, 'opsjack.db')}`,
        ...options.env,
      },
    });
    child = started;
    await new Promise<void>((resolve, reject) => {
      const read = (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('"msg":"ready"')) resolve();
      };
      started.stdout.on('data', read);
      started.stderr.on('data', read);
      started.once('exit', () => reject(new Error(`the bot stopped:\n${said}`)));
    });
    started.removeAllListeners('exit');
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }

  /** Sends a signal; the exit code of the process once it has ended. */
  async function tell(signal: 'SIGTERM' | 'SIGINT'): Promise<number | null> {
    const told = child;
    if (!told) throw new Error('the bot does not run');
    const gone = once(told, 'exit');
    told.kill(signal);
    await gone;
    return told.exitCode;
  }

  return {
    aws,
    slack,
    start,
    kill,
    tell,
    /** What the running process wrote to its log. */
    log: () => said,
    async close() {
      await kill();
      if (!options.beside) {
        await slack.close();
        await aws.close();
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
