// Runs the bot until it is told to stop.
import { setTimeout as schedule } from 'node:timers';
import { loadConfig, reloader } from './config.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock } from './core/ports.ts';
import { logger } from './log.ts';
import { run } from './run.ts';
import { endOnSignals } from './signals.ts';

const clock: Clock = {
  now: () => Date.now(),
  after(ms, work) {
    const timer = schedule(work, ms);
    return () => clearTimeout(timer);
  },
};

try {
  const config = loadConfig({ env: process.env, needs: ['slack', 'aws'] });
  const log = logger({ level: config.logLevel });
  const reload = reloader({ env: process.env, needs: ['slack', 'aws'] });
  let bot: Awaited<ReturnType<typeof run>> | undefined;
  endOnSignals({ clock, log, stop: async () => bot?.stop() });
  bot = await run(config, { clock, log, reload });
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.problems.join('\n')}\n`);
  process.exit(1);
}
