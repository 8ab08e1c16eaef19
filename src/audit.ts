// The audit log at the command line, beside a bot that runs: whether it is whole, and all of it as JSON lines.
import { parseArgs } from 'node:util';
import { loadConfig } from './config.ts';
import { keptFrom, verifyChain, type Readable } from './core/audit-chain.ts';
import type { AuditEntry } from './core/audit.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock } from './core/ports.ts';

const usage = `Usage: npm run -s audit -- verify | export [--target KEY] [--since 2026-11-24T09:00:00Z]

  verify    walks the audit log of STORE; prints what it found as one line of JSON
  export    prints every entry as a line of JSON, oldest first
            --target  only of this target: its key, as entries have it, or its name
            --since   only entries from then on (ISO 8601)

Exit code 1 where the log is not as it was written, 2 where it cannot be read.
`;
const iso = (at: number): string => new Date(at).toISOString();
const write = (line: string) => void process.stdout.write(`${line}\n`);
const clock: Clock = { now: () => Date.now(), after: () => () => undefined };

type Filter = { target?: string | undefined; since: number };

/** Writes the verdict as JSON; whether the log is whole. */
async function verify(store: Readable): Promise<boolean> {
  const verdict = await verifyChain(store);
  const { entries } = verdict;
  const said = verdict.whole
    ? { whole: true, entries, ...(verdict.since === undefined ? {} : { since: iso(verdict.since) }), ...verdict.head }
    : verdict;
  write(JSON.stringify(said));
  return verdict.whole;
}

/** Writes what is kept, also of a log that is broken. */
async function exportLog(store: Readable, filter: Filter): Promise<boolean> {
  for await (const { value } of keptFrom(store, 1)) {
    for (const entry of value.entries.filter((one) => fits(one, filter))) {
      write(JSON.stringify({ seq: value.seq, ...entry, at: iso(entry.at) }));
    }
  }
  const verdict = await verifyChain(store);
  if (!verdict.whole) process.stderr.write(`The audit log is broken at link ${verdict.at}: ${verdict.fault}\n`);
  return verdict.whole;
}

function fits({ target = '', at }: AuditEntry, filter: Filter): boolean {
  const isOf = filter.target === undefined || target === filter.target || target.split('/').at(-1) === filter.target;
  return isOf && at >= filter.since;
}

function options() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { target: { type: 'string' }, since: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
  });
  const since = values.since === undefined ? 0 : Date.parse(values.since);
  if (Number.isNaN(since)) throw new TypeError(`--since ${values.since}: not a date and time`);
  return { target: values.target, since, help: values.help, verb: positionals.join(' ') };
}

async function main(): Promise<number> {
  let given: ReturnType<typeof options>;
  try {
    given = options();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
    return 2;
  }
  if (given.help) process.stdout.write(usage);
  if (given.help) return 0;
  if (given.verb !== 'verify' && given.verb !== 'export') {
    process.stderr.write(usage);
    return 2;
  }
  const { records } = await import('./drivers.ts');
  const store = await records(loadConfig({ env: process.env }), clock);
  try {
    const isWhole = given.verb === 'verify' ? await verify(store) : await exportLog(store, given);
    return isWhole ? 0 : 1;
  } finally {
    await store.close();
  }
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
