// The settings file while the bot runs: what it says about rights counts soon after it was saved; a bad edit changes nothing.
import type { Config } from './config.ts';
import type { Audit } from './core/audit.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock } from './core/ports.ts';
import type { Log } from './core/world.ts';

const every = 5000;

/** What is read once, at the start. */
const fixed = ['regions', 'images', 'lex', 'writeRole'] as const;

/** Looks at the settings every few seconds; returns what ends it. `reload`: the settings where they changed, else nothing. */
export function follow(parts: {
  first: Config;
  reload: () => Config | undefined;
  apply: (config: Config) => void;
  audit: Audit;
  clock: Clock;
  log: Log;
}): () => void {
  const { reload, apply, audit, clock, log } = parts;
  let current = parts.first;
  let cancel = clock.after(every, look);

  function look(): void {
    cancel = clock.after(every, look);
    try {
      const next = reload();
      if (next) take(next);
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      log.error({ problems: error.problems }, 'the settings are wrong: those from before stay');
      note(`refused, ${current.rules.hash} stays: ${error.problems.slice(0, 5).join('; ')}`);
    }
  }

  function take(next: Config): void {
    const late = fixed.filter((name) => JSON.stringify(next[name]) !== JSON.stringify(current[name]));
    if (late.length > 0) log.warn({ settings: late }, 'these settings count after a restart');
    current = next;
    apply(next);
    log.info({ rules: next.rules.hash }, 'settings taken');
    note(`rules ${next.rules.hash}`);
  }

  function note(what: string): void {
    const at = clock.now();
    audit
      .note({ id: `config/${current.rules.hash}/${at}`, kind: 'config', by: 'opsjack', what })
      .catch((error: unknown) => {
        log.error({ err: error }, 'a change of settings could not be noted');
      });
  }

  note(`rules ${current.rules.hash}`);
  return () => cancel();
}
