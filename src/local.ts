// The local workspace: a simulated Slack and AWS in this process, the bot as a child process pointed at them.
import { join } from 'node:path';
import { loadIntents } from '../intents/index.ts';
import { ask, chat, terminal, type Terminal } from './local/chat.ts';
import { startChild } from './local/child.ts';
import { desk, type Desk } from './local/desk.ts';
import { botEnvironment, openHome } from './local/home.ts';
import { intro } from './local/intro.ts';
import { plainScreen, type Screen } from './local/screen.ts';
import { play } from './local/script.ts';
import { lexBot } from './nlu/lex-bot.ts';
import { lexFiles } from './nlu/lex-files.ts';
import { simAws, type LexBotFiles } from './sim/aws/server.ts';
import { simSlack } from './sim/slack/server.ts';

const who = 'alice';
/** A deployment of ten minutes takes one. */
const speed = 10;

type Env = Readonly<Record<string, string | undefined>>;
type Workspace = Awaited<ReturnType<typeof open>>;

/** Runs until it is ended; the exit code. */
async function run({ env }: { env: Env }): Promise<number> {
  const { stdin, stdout } = process;
  const isTerminal = stdin.isTTY && stdout.isTTY;
  const seat = isTerminal ? terminal(stdin, stdout, !env['NO_COLOR']) : undefined;
  const screen = seat?.screen ?? plainScreen(stdout);
  const stopped = signalled();
  const workspace = await open(env, screen);
  try {
    return await Promise.race([stopped, use(workspace, screen, seat, stopped)]);
  } finally {
    seat?.lines.close();
    await workspace.close();
  }
}

async function use(workspace: Workspace, screen: Screen, seat: Terminal | undefined, stopped: Promise<number>) {
  try {
    await workspace.bot.ready();
  } catch {
    return 1;
  }
  const confirm = seat ? (question: string[]) => ask(seat, question) : saidYes(screen);
  const table = desk({ ...workspace, screen, who, patience: 10_000, confirm });
  try {
    if (!seat) return await piped(table, screen, () => serve(workspace, screen, stopped));
    await chat(seat, table.enter);
    return 0;
  } finally {
    table.close();
  }
}

async function piped(table: Desk, screen: Screen, serving: () => Promise<number>): Promise<number> {
  const { lines, bad, unfinished } = await play(process.stdin, table, screen, who);
  if (lines === 0) return serving();
  if (unfinished) screen.say(['A change was still under way after 120 s.']);
  if (bad > 0) screen.say([`${bad} of ${lines} lines were not answered.`]);
  return bad > 0 || unfinished ? 1 : 0;
}

function serve({ slack, aws, bot }: Workspace, screen: Screen, stopped: Promise<number>): Promise<number> {
  screen.say([
    `The simulated Slack is at ${slack.apiUrl}, the simulated AWS at ${aws.url}.`,
    'No lines came in: serving until stopped (Ctrl-C or SIGTERM).',
  ]);
  return Promise.race([stopped, bot.gone.then(() => 1)]);
}

/** Everything started and connected with each other. */
async function open(env: Env, screen: Screen) {
  const home = openHome('.opsjack');
  const [slack, aws] = await Promise.all([simSlack(), simAws({ speed, lex: lexBots(env['NLU']) })]);
  const http = Boolean(env['PORT']?.trim());
  screen.say(intro({ who, speed, log: home.log, http }));
  const bot = startChild({
    main: join(import.meta.dirname, 'main.ts'),
    env: botEnvironment({ slack, aws, home, env }),
    log: home.log,
    tell: (lines) => screen.say(lines),
    onReady({ port }) {
      if (http) slack.deliverTo({ url: `http://127.0.0.1:${port}/slack/events` });
    },
  });
  return {
    slack,
    aws,
    bot,
    async close() {
      await bot.stop();
      await Promise.all([slack.close(), aws.close()]);
      home.leave();
    },
  };
}

/** The Lex bot that `lex:export` writes, under the ids the setting names. */
function lexBots(nlu = ''): LexBotFiles[] {
  const [, botId, aliasId] = /^lex:(\w+)\/(\w+)$/u.exec(nlu.trim()) ?? [];
  if (botId === undefined || aliasId === undefined) return [];
  return [{ botId, aliasId, files: Object.fromEntries(lexFiles(lexBot(loadIntents()))) }];
}

/** In a script there is nobody to ask. */
function saidYes(screen: Screen) {
  return (question: string[]): Promise<boolean> => {
    screen.say([...question, 'y/n> y']);
    return Promise.resolve(true);
  };
}

/** Resolves with the exit code when this process is told to end. */
function signalled(): Promise<number> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve(0));
    // Nobody reads any more.
    process.stdout.once('error', () => resolve(0));
  });
}

process.exit(await run({ env: process.env }));
