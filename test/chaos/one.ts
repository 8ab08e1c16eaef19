// One run from a seed to a verdict: a simulated Slack and AWS, real processes between them, faults, and then peace.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { simAws, type SimAws } from '../../src/sim/aws/server.ts';
import { simSlack, type SimSlack } from '../../src/sim/slack/server.ts';
import { over } from '../../src/core/records.ts';
import { truthOf } from './account.ts';
import type { WriteFaults } from './bot.ts';
import { bots as createBots, type Bots } from './bots.ts';
import { brokenAudit } from './audit.ts';
import { broken } from './check.ts';
import { fastClock, type FastClock } from './clock.ts';
import type { Drawn } from './draw.ts';
import type { Fault } from './faults.ts';
import { meddler } from './meddle.ts';
import { person, type Person } from './person.ts';
import { keep } from './keep.ts';
import type { ReadRecords, Records } from './records.ts';
import { scenarios } from './scenarios.ts';

/** How many times faster than life everything lives, and AWS's own work on top of it. */
const rate = 8;
const awsSpeed = 12;
const minute = 60_000;

export type Verdict = {
  drawn: Drawn;
  /** Broken promises. */
  problems: string[];
  happened: readonly Fault[];
  killed: number;
  /** What processes said last that ended by themselves. */
  ended: string[][];
  /** How each plan ended. */
  outcomes: string[];
  log: string[];
  took: number;
};

/** Runs it. `plant`: with a broken piece in the bot; `say` gets each line of the log as it comes. */
export async function runOne(
  drawn: Drawn,
  options: { plant?: string | undefined; say?: (line: string) => void } = {},
): Promise<Verdict> {
  const begun = Date.now();
  const log: string[] = [];
  const clock = fastClock({ began: begun, rate, jumped: 0 });
  const tell = (line: string): void => {
    const stamped = `${String(Date.now() - begun).padStart(6)} ${line}`;
    log.push(stamped);
    options.say?.(stamped);
  };
  const folder = mkdtempSync(join(tmpdir(), 'opsjack-chaos-'));
  const scenario = scenarios[drawn.scenario];
  const place = scenario.place ?? drawn.place;
  const meddle = meddler({ faults: drawn.faults, clock, tell });
  const aws = await simAws({ clock, speed: awsSpeed, strike: meddle.aws });
  const slack = await simSlack({
    clock,
    rateLimits: false,
    retryDelaysMs: [0, minute / rate, (2 * minute) / rate],
    strike: meddle.slack,
    between: meddle.between,
  });
  const kept = await keep(drawn.shape, { folder, aws, clock });
  const bots = createBots({
    replicas: drawn.shape.replicas,
    env: { ...environment(folder, scenario.settings ?? '', aws, slack), ...kept.env },
    clock,
    plant: options.plant,
    writes: writesOf(drawn.faults),
    tell,
  });
  const { read } = kept;
  const problems: string[] = [];
  let outcomes: string[] = [];
  try {
    await bots.start();
    const since = clock.now();
    const before = truthOf(aws, scenario.target, since);
    const people = ['alice', 'jiho', 'daniel'].map((who) => person({ slack, clock, place, who, tell }));
    const [alice, jiho, daniel] = people as [Person, Person, Person];
    const pass = (ms: number): void => {
      tell(`${Math.round(ms / minute)} minutes pass`);
      clock.jump(ms);
      bots.tell({ jump: ms });
    };
    meddle.begin({ bots, socket: slack.socket });
    await scenario.run({ alice, jiho, daniel, pass });
    tell('peace');
    meddle.end();
    await Promise.all([bots.ready(), meddle.arrived()]);
    const records = await settled({ read, clock, bots, tell });
    const now = truthOf(aws, scenario.target, since);
    outcomes = records.plans.map(({ state, outcome }) => outcome ?? state);
    problems.push(
      ...broken({
        scenario,
        records,
        slack,
        people,
        before,
        now,
        registered: meddle.registered(),
        audit: await brokenAudit(records),
      }),
    );
    if (problems.length > 0)
      for (const card of alice.ofBot(-1)) tell(`shown: ${card.text.replaceAll('\n', ' / ').slice(0, 300)}`);
  } catch (error) {
    problems.push(`broken off: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    meddle.end();
    await bots.close();
    await kept.close();
    await Promise.all([slack.close(), aws.close()]);
    rmSync(folder, { recursive: true, force: true });
  }
  const { killed, ended } = bots.deaths();
  for (const problem of problems) tell(`PROBLEM ${problem}`);
  return { drawn, problems, happened: meddle.happened(), killed, ended, outcomes, log, took: Date.now() - begun };
}

/** Waits until nothing is left to do. Time jumps over waits, so that what is forgotten shows soon. */
async function settled(about: {
  read: ReadRecords;
  clock: FastClock;
  bots: Bots;
  tell: (line: string) => void;
}): Promise<Records> {
  const { read, clock, bots, tell } = about;
  const late = Date.now() + 60_000;
  let last = '';
  let since = Date.now();
  let jumps = 0;
  let quiet = 0;
  for (;;) {
    await wait(150);
    // One may have killed itself at the very end.
    await bots.ready();
    const records = await read();
    // Once more: something may just have arrived.
    quiet = isQuiet(records) ? quiet + 1 : 0;
    if (quiet > 2) return records;
    const now = JSON.stringify([
      records.plans.map(({ state, told, progress, attempts }) => [state, told, progress, attempts]),
      records.reverts,
    ]);
    if (now !== last) {
      since = Date.now();
      jumps = 0;
    }
    last = now;
    if (Date.now() > late || jumps > 4) return records;
    if (Date.now() - since < 1500) continue;
    const next = Math.min(...records.wakeups.map(({ due }) => due)) - clock.now();
    // Far enough that five of them pass over whatever a crash has left to expire.
    const ms = Math.max(Number.isFinite(next) ? next : 0, 2 * minute);
    jumps += 1;
    tell(`nothing happens: ${Math.round(ms / 1000)} s on`);
    clock.jump(ms);
    bots.tell({ jump: ms });
    since = Date.now();
  }
}

function isQuiet({ plans, claims, intakes, reverts }: Records): boolean {
  return (
    plans.every((plan) => over(plan) && plan.told) &&
    claims.length === 0 &&
    reverts.every(({ state }) => state !== 'waiting') &&
    [...intakes.values()].every(({ state }) => state === 'done')
  );
}

/** Faults of writes happen inside the processes: each process that starts gets the next. */
function writesOf(faults: readonly Fault[]): WriteFaults[] {
  return faults.flatMap((fault): WriteFaults[] => {
    if (fault.kind === 'kill-write') return [{ kill: { nth: fault.nth, when: fault.when } }];
    return fault.kind === 'store' ? [{ fail: { nth: fault.nth, times: fault.times } }] : [];
  });
}

function environment(folder: string, settings: string, aws: SimAws, slack: SimSlack): Record<string, string> {
  const file = join(folder, 'opsjack.yaml');
  writeFileSync(file, `regions: [ap-northeast-2, us-west-2]\n${settings}`);
  return {
    PATH: process.env['PATH'] ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    AWS_ENDPOINT_URL: aws.url,
    AWS_ACCESS_KEY_ID: 'simulated',
    AWS_SECRET_ACCESS_KEY: 'simulated',
    AWS_EC2_METADATA_DISABLED: 'true',
    OPSJACK_SIMULATED: 'slack,aws',
    OPSJACK_CONFIG: file,
  };
}
