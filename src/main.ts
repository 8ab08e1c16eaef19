// Runs the bot until it is told to stop.
import { setTimeout as schedule } from 'node:timers';
import { loadConfig } from './config.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock } from './core/ports.ts';
import { logger } from './log.ts';
import { run } from './run.ts';

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
  // A rejection nobody handled leaves a state nobody knows: better a restart, which takes everything up again.
  process.on('unhandledRejection', (error) => {
    log.error({ err: error }, 'unhandled rejection');
    process.exit(1);
  });
  const bot = await run(config, { clock, log });
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      bot.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`${error.problems.join('\n')}\n`);
  process.exit(1);
}
