// A whole workspace for a dialog: simulated Slack and AWS on loopback, and the real bot between them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadIntents } from '../../intents/index.ts';
import { lexBot } from '../../src/nlu/lex-bot.ts';
import { lexFiles } from '../../src/nlu/lex-files.ts';
import { loadConfig, reloader } from '../../src/config.ts';
import type { Clock } from '../../src/core/ports.ts';
import { logger } from '../../src/log.ts';
import { run } from '../../src/run.ts';
import { simAws } from '../../src/sim/aws/server.ts';
import { simSlack } from '../../src/sim/slack/server.ts';

/** How many times faster than life the bot and AWS live; Slack keeps real time. */
const rate = 3;
/** On top of it, so that a deployment takes seconds. */
const awsSpeed = 20;

const lexIds = { botId: 'OPSJACKBOT', aliasId: 'OPSJACKLIV' };

export type Workspace = Awaited<ReturnType<typeof workspace>>;

/** A message as it reads: its text without the marks of bold type. */
export const words = (message: { text: string }): string => message.text.replaceAll('*', '');

/** What a card's header says; nothing for a plain sentence. */
export function title(message: { blocks?: readonly object[] }): string {
  const [first] = (message.blocks ?? []) as { type: string; text?: { text: string } }[];
  return first?.type === 'header' ? (first.text?.text ?? '') : '';
}

/** Time that runs `rate` times faster and can jump. */
export function fastClock(): Clock & { jump(ms: number): void } {
  const begun = Date.now();
  let jumped = 0;
  const now = () => begun + (Date.now() - begun) * rate + jumped;
  const timers = new Set<{ due: number; fire: () => void }>();
  return {
    now,
    after(ms, work) {
      const timer = { due: now() + ms, fire: () => undefined as void };
      const handle = setTimeout(() => timer.fire(), ms / rate);
      timer.fire = () => {
        clearTimeout(handle);
        if (timers.delete(timer)) work();
      };
      timers.add(timer);
      return () => {
        clearTimeout(handle);
        timers.delete(timer);
      };
    },
    jump(ms) {
      jumped += ms;
      for (const timer of timers) if (timer.due <= now()) timer.fire();
    },
  };
}

/** Starts everything; `mode` is how Slack delivers. `changes`: who may change things; everybody unless said. */
export async function workspace(
  options: {
    mode?: 'socket' | 'http';
    changes?: readonly string[];
    history?: boolean;
    nlu?: 'embedded' | 'lex';
    env?: Readonly<Record<string, string>>;
    channels?: Readonly<Record<string, string>>;
    /** More of opsjack.yaml. */
    settings?: string;
  } = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'opsjack-'));
  const clock = fastClock();
  const files = options.nlu === 'lex' ? Object.fromEntries(lexFiles(lexBot(loadIntents()))) : undefined;
  const aws = await simAws({ clock, speed: awsSpeed, lex: files ? [{ ...lexIds, files }] : [] });
  const slack = await simSlack({ history: options.history ?? false });
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
  });
  const http = options.mode === 'http';
  const channels = Object.entries(options.channels ?? {}).map(([id, locale]) => `  ${id}: { language: ${locale} }`);
  const head = [
    `regions: [ap-northeast-2, us-west-2]`,
    ...(options.changes?.length
      ? [`grants: [{ who: [${options.changes.join(', ')}], may: [scale, deploy, rollback] }]`]
      : []),
    ...(channels.length > 0 ? ['channels:', ...channels] : []),
  ];
  const file = { yaml: [...head, options.settings ?? ''].join('\n') };
  const sources = {
    env: {
      SLACK_BOT_TOKEN: slack.botToken,
      ...(http ? { SLACK_SIGNING_SECRET: slack.signingSecret, PORT: '0' } : { SLACK_APP_TOKEN: slack.appToken }),
      SLACK_API_URL: slack.apiUrl,
      AWS_ENDPOINT_URL: aws.url,
      STORE: `sqlite:${join(folder, 'opsjack.db')}`,
      ...(files ? { NLU: `lex:${lexIds.botId}/${lexIds.aliasId}` } : {}),
      ...options.env,
      ...(options.changes ? {} : { OPSJACK_SIMULATED: 'slack,aws' }),
    },
    path: 'opsjack.yaml',
    readFile: () => file.yaml,
  };
  const config = loadConfig(sources);
  const lines: string[] = [];
  const log = logger({ level: 'debug', stream: { write: (line: string) => void lines.push(line) } });
  const bot = await run(config, { clock, log, reload: reloader(sources) });
  if (http) slack.deliverTo({ url: `http://127.0.0.1:${bot.port}/slack/events` });
  return {
    aws,
    slack,
    clock,
    /** Log lines so far. */
    lines,
    /** The file records are kept in. */
    store: join(folder, 'opsjack.db'),
    /** Somebody edits opsjack.yaml while it runs; what follows `regions`, `grants` and `channels` is this. */
    settings(text: string) {
      file.yaml = [...head, text].join('\n');
      clock.jump(6000);
    },
    async close() {
      await bot.stop();
      await slack.close();
      await aws.close();
      for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name];
      Object.assign(process.env, before);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
