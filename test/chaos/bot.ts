// The bot as production runs it, but for its time, which is faster and can jump, and for writes that fail or kill.
import { DatabaseSync } from 'node:sqlite';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { loadConfig } from '../../src/config.ts';
import { logger } from '../../src/log.ts';
import { run } from '../../src/run.ts';
import { endOnSignals } from '../../src/signals.ts';
import { fastClock, type Beginning } from './clock.ts';

/** What a process is told at its start. `writes`: its own faults; they count from the start, or from `arm`. */
export type Given = { clock: Beginning; armed: boolean; writes: WriteFaults };
export type WriteFaults = { kill?: { nth: number; when: 'before' | 'after' }; fail?: { nth: number; times: number } };
/** What it is told later: time jumps; faults of writes begin to count; nothing goes wrong any more. */
export type Told = { jump: number } | 'arm' | 'calm';

const given = JSON.parse(process.env['OPSJACK_CHAOS']!) as Given;
const clock = fastClock(given.clock);
let { armed } = given;
let written = 0;
process.on('message', (told: Told) => {
  if (typeof told === 'object') clock.jump(told.jump);
  else armed = told === 'arm';
});
// Without whom it was started for it has nobody to talk to.
process.on('disconnect', () => process.exit(1));

/** A process cannot be killed more suddenly than by itself; it waits until it is. */
function die(): void {
  process.kill(process.pid, 'SIGKILL');
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}

const exec = Object.getOwnPropertyDescriptor(DatabaseSync.prototype, 'exec')!.value as (sql: string) => void;
DatabaseSync.prototype.exec = function commit(this: DatabaseSync, sql: string): void {
  if (sql !== 'COMMIT' || !armed) return exec.call(this, sql);
  written += 1;
  const { kill, fail } = given.writes;
  if (kill?.nth === written && kill.when === 'before') die();
  if (fail && written >= fail.nth && written < fail.nth + fail.times) {
    throw Object.assign(new Error('database is locked'), { code: 'ERR_SQLITE_ERROR', errcode: 5 });
  }
  exec.call(this, sql);
  if (kill?.nth === written && kill.when === 'after') die();
};

/** Writes of a table are counted and hindered as those of a file are. */
const send =
  Object.getOwnPropertyDescriptor(DynamoDBClient.prototype, 'send') ?? inherited(DynamoDBClient.prototype, 'send');
const writing = new Set(['PutItemCommand', 'UpdateItemCommand', 'DeleteItemCommand']);
DynamoDBClient.prototype.send = async function hindered(this: DynamoDBClient, ...args: never[]): Promise<never> {
  const call = send.value as (...given: never[]) => Promise<never>;
  const { constructor } = args[0] as unknown as object;
  if (!armed || !writing.has(constructor.name)) return call.apply(this, args);
  written += 1;
  const nth = written;
  const { kill, fail } = given.writes;
  if (kill?.nth === nth && kill.when === 'before') die();
  if (fail && nth >= fail.nth && nth < fail.nth + fail.times) {
    throw Object.assign(new Error('Internal server error'), {
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500 },
    });
  }
  const answer = await call.apply(this, args);
  if (kill?.nth === nth && kill.when === 'after') die();
  return answer;
} as typeof DynamoDBClient.prototype.send;

function inherited(from: object, name: string): PropertyDescriptor {
  const above = Object.getPrototypeOf(from) as object;
  return Object.getOwnPropertyDescriptor(above, name) ?? inherited(above, name);
}

const config = loadConfig({ env: process.env, needs: ['slack', 'aws'] });
const log = logger({ level: config.logLevel });
let bot: Awaited<ReturnType<typeof run>> | undefined;
endOnSignals({ clock, log, stop: async () => bot?.stop() });
bot = await run(config, { clock, log });
