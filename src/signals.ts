// How the process ends: told to, told twice, too slow, or in a state nobody knows.
import type { Logger } from 'pino';
import type { Clock } from './core/ports.ts';

/** Containers are killed after ten seconds by default; what was taken may take eight of them. */
const deadline = 9_500;

/**
 * From now on SIGTERM and SIGINT run `stop` and end the process with 0; a second signal, or 9.5 s, end it with 1 at
 * once: every record is such that a process may die at any time. So does an error that nobody handled.
 */
export function endOnSignals(given: { clock: Clock; log: Logger; stop: () => Promise<void> }): void {
  const { clock, log } = given;
  let stopping = false;

  // A rejection nobody handled leaves a state nobody knows: better a restart, which takes everything up again.
  for (const kind of ['unhandledRejection', 'uncaughtException'] as const) {
    process.on(kind, (error: unknown) => {
      log.error({ err: error }, kind === 'unhandledRejection' ? 'unhandled rejection' : 'uncaught exception');
      process.exit(1);
    });
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) {
        log.warn({ signal }, 'told to stop twice, stopped at once');
        return process.exit(1);
      }
      stopping = true;
      log.info({ signal }, 'stopping');
      clock.after(deadline, () => {
        log.warn('stopped with work left, which goes on at the next start');
        process.exit(1);
      });
      void ended(given.stop(), log).then((code) => process.exit(code));
    });
  }
}

async function ended(stopped: Promise<void>, log: Logger): Promise<number> {
  try {
    await stopped;
    log.info('stopped');
    return 0;
  } catch (error) {
    log.error({ err: error }, 'not stopped cleanly');
    return 1;
  }
}
