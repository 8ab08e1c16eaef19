// The bot as a process of its own, started again when it dies, as a supervisor would.
import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';

export type Child = {
  /** Resolves when the bot is connected, now or after a restart; rejects with why when it is not coming back. */
  ready(): Promise<{ port: number | undefined }>;
  /** Asks the bot to end; kills it when it does not within ten seconds. */
  stop(): Promise<void>;
  /** Resolves when the bot has ended and is not coming back by itself. */
  gone: Promise<void>;
};

const restarts = 3;
const between = 1_000;
/** A bot that lived this long died of something new. */
const longLife = 60_000;
const patience = 10_000;
const shown = 5;

type Options = {
  /** The bot's main file. */
  main: string;
  env: Record<string, string>;
  /** Where its output goes. */
  log: string;
  /** Called with each thing a person should know, as lines. */
  tell(lines: string[]): void;
  /** Called each time the bot is connected. */
  onReady(found: { port: number | undefined }): void;
};

type Found = { port: number | undefined };

/** Starts the bot. A start that never gets ready is not repeated: it would fail again. */
export function startChild(options: Options): Child {
  const log = createWriteStream(options.log, { flags: 'a' });
  let child: ChildProcess | undefined;
  let state = Promise.withResolvers<Found>();
  const gone = Promise.withResolvers<void>();
  let wasReady = false;
  let born = 0;
  let died = 0;
  let stopping = false;

  function start(): void {
    const last: string[] = [];
    const started = spawn(process.execPath, ['--import', import.meta.resolve('./tether.ts'), options.main], {
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    born = Date.now();
    child = started;
    const take = (line: string): void => {
      log.write(`${line}\n`);
      last.push(line);
      if (last.length > shown) last.shift();
      const ready = readyLine(line);
      if (!ready) return;
      wasReady = true;
      options.onReady(ready);
      state.resolve(ready);
    };
    for (const input of [started.stdout, started.stderr]) if (input) createInterface({ input }).on('line', take);
    started.on('error', (error) => take(error.message));
    started.once('close', (code, signal) => void ended(signal ?? `exit code ${code}`, last));
  }

  async function ended(how: string, last: string[]): Promise<void> {
    if (stopping) return;
    died = Date.now() - born > longLife ? 1 : died + 1;
    const again = wasReady && died <= restarts;
    const what = again ? 'starting it again' : 'it is not started again';
    const why = [`The bot ended by itself (${how}); ${what}. Its last lines:`, ...last.map((line) => `  ${line}`)];
    options.tell(why);
    if (!again) {
      state.reject(new Error(`the bot ended (${how})`));
      return gone.resolve();
    }
    state = Promise.withResolvers();
    state.promise.catch(() => undefined);
    await wait(between);
    if (!stopping) start();
  }

  state.promise.catch(() => undefined);
  start();
  return {
    ready: () => state.promise,
    gone: gone.promise,
    async stop() {
      stopping = true;
      if (child && child.exitCode === null && child.signalCode === null) {
        const closed = new Promise((resolve) => child?.once('close', resolve));
        child.kill('SIGTERM');
        const late = setTimeout(() => child?.kill('SIGKILL'), patience);
        await closed;
        clearTimeout(late);
      }
      await new Promise<void>((resolve) => {
        log.end(() => resolve());
      });
    },
  };
}

/** Set when the line says that the bot is connected. */
function readyLine(line: string): Found | undefined {
  if (!line.includes('"ready"')) return undefined;
  try {
    const said = JSON.parse(line) as { msg?: unknown; port?: unknown };
    return said.msg === 'ready' ? { port: typeof said.port === 'number' ? said.port : undefined } : undefined;
  } catch {
    return undefined;
  }
}
