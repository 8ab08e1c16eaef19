// The registry: one line a driver, loaded on first use.
import type { Config } from './config.ts';
import type { Clock, Platform, Store, Wakeups } from './core/ports.ts';
import type { Log } from './core/world.ts';

type PlatformOptions = { regions: readonly string[]; clock: Clock; images: Config['images'] };
const platformDrivers: Record<string, (options: PlatformOptions) => Promise<Platform>> = {
  ecs: async (options) => (await import('./platforms/ecs.ts')).ecs(options),
  'elastic-beanstalk': async (options) => (await import('./platforms/elastic-beanstalk.ts')).elasticBeanstalk(options),
};

/** Every platform, over the configured regions. Calls nothing yet. */
export function platforms(config: Pick<Config, 'regions' | 'images'>, clock: Clock): Promise<Platform[]> {
  const options = { regions: config.regions, clock, images: config.images };
  return Promise.all(Object.values(platformDrivers).map((driver) => driver(options)));
}

type EngineOptions = { path: string; clock: Clock; log: Log };
const engines: Record<
  Config['store']['engine'],
  (options: EngineOptions) => Promise<{ store: Store; wakeups: Wakeups }>
> = {
  sqlite: async (options) => {
    const [stores, wakeups] = await Promise.all([import('./stores/sqlite.ts'), import('./wakeups/sqlite.ts')]);
    return { store: stores.sqlite(options), wakeups: wakeups.sqliteWakeups(options) };
  },
};

/** Where records and wake-ups are kept. Throws a ConfigError when another process has them. */
export function state(
  config: Pick<Config, 'store'>,
  clock: Clock,
  log: Log,
): Promise<{ store: Store; wakeups: Wakeups }> {
  return engines[config.store.engine]({ path: config.store.path, clock, log });
}
