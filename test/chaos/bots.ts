// The bot's processes, started again whenever they die.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as wait } from 'node:timers/promises';
import type { FastClock } from './clock.ts';
import type { Given, Told, WriteFaults } from './bot.ts';

export type Bots = {
  /** Starts every replica; resolves when all are ready. */
  start(): Promise<void>;
  /** Kills all, or one, at once, as `kill -9` does. */
  kill(replica?: number): void;
  tell(told: Told): void;
  /** From now on nothing kills: neither those that run nor those to come. */
  calm(): void;
  /** Resolves when all are ready again. */
  ready(): Promise<void>;
  /** How often processes died: killed, or ended by themselves with the lines they said last. */
  deaths(): { killed: number; ended: string[][] };
  close(): Promise<void>;
};

type Options = {
  replicas: number;
  env: Record<string, string>;
  clock: FastClock;
  /** A broken piece put in the place of a good one; see break.ts. */
  plant?: string | undefined;
  /** Given out one by one to processes as they start. */
  writes: WriteFaults[];
  tell(line: string): void;
};

const entry = new URL('./bot.ts', import.meta.url).pathname;
const breaker = new URL('./break.ts', import.meta.url).href;
const mostDeaths = 40;
const pause = 100;

/** Processes over one store; nothing runs until `start`. */
export function bots(options: Options): Bots {
  const { clock, writes } = options;
  const running = new Map<number, ChildProcess>();
  const up = new Set<number>();
  const ended: string[][] = [];
  let killed = 0;
  let armed = false;
  let closing = false;
  let failed: Error | undefined;

  function spawnOne(replica: number): void {
    const given: Given = { clock: clock.beginning(), armed, writes: writes.shift() ?? {} };
    const plant = options.plant ? ['--import', breaker] : [];
    const child = spawn(process.execPath, [...plant, entry], {
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      env: {
        ...options.env,
        OPSJACK_CHAOS: JSON.stringify(given),
        ...(options.plant ? { OPSJACK_PLANT: options.plant } : {}),
      },
    });
    running.set(replica, child);
    const last: string[] = [];
    const take = (line: string): void => {
      options.tell(`${replica}| ${line}`);
      last.push(line);
      if (last.length > 6) last.shift();
      if (line.includes('"msg":"ready"') && !child.killed) up.add(replica);
    };
    for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', take);
    child.once('close', (code, signal) => gone(replica, code, signal, last));
  }

  function gone(replica: number, code: number | null, signal: string | null, last: string[]): void {
    running.delete(replica);
    up.delete(replica);
    options.tell(`${replica}| ended: ${signal ?? `code ${code}`}`);
    if (closing) return;
    if (signal === 'SIGKILL') killed += 1;
    else ended.push(last);
    if (killed + ended.length > mostDeaths) {
      failed = new Error(`the bot does not stay up: ${last.join('\n')}`);
      return;
    }
    setTimeout(() => {
      if (!closing) spawnOne(replica);
    }, pause);
  }

  const everyone = (): number[] => Array.from({ length: options.replicas }, (_, replica) => replica);
  const areUp = async (replicas: number[]): Promise<void> => {
    while (!replicas.every((replica) => up.has(replica))) {
      if (failed) throw failed;
      await wait(20);
    }
  };

  return {
    async start() {
      for (const replica of everyone()) {
        spawnOne(replica);
        // One after the other: two that begin at once only slow each other down.
        await areUp([replica]);
      }
    },
    ready: () => areUp(everyone()),
    kill(replica) {
      for (const [name, child] of running) {
        if (replica !== undefined && name !== replica) continue;
        // It may take a while to die.
        up.delete(name);
        child.kill('SIGKILL');
      }
    },
    tell(told) {
      if (told === 'arm') armed = true;
      for (const child of running.values()) if (child.connected) child.send(told, () => undefined);
    },
    calm() {
      armed = false;
      writes.length = 0;
      this.tell('calm');
    },
    deaths: () => ({ killed, ended: structuredClone(ended) }),
    async close() {
      closing = true;
      await Promise.all(
        [...running.values()].map(
          (child) =>
            new Promise<void>((resolve) => {
              child.once('close', () => resolve());
              child.kill('SIGKILL');
            }),
        ),
      );
    },
  };
}
