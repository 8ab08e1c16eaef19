// The registry: one line a driver, loaded on first use.
import type { Config } from './config.ts';
import type { Locale } from '../intents/catalog.ts';
import { ConfigError } from './core/errors.ts';
import type { Clock, Platform, Recognizer, Store, Translator, Wakeups } from './core/ports.ts';
import type { Log } from './core/world.ts';

type PlatformOptions = Pick<Config, 'regions' | 'images' | 'writeRole'> & { clock: Clock };
const platformDrivers: Record<string, (options: PlatformOptions) => Promise<Platform>> = {
  ecs: async (options) => (await import('./platforms/ecs.ts')).ecs(options),
  'elastic-beanstalk': async (options) => (await import('./platforms/elastic-beanstalk.ts')).elasticBeanstalk(options),
};

/** Every platform, over the configured regions. Calls nothing yet. */
export function platforms(config: Pick<Config, 'regions' | 'images' | 'writeRole'>, clock: Clock): Promise<Platform[]> {
  const { regions, images, writeRole } = config;
  const options = { regions, images, clock, ...(writeRole ? { writeRole } : {}) };
  return Promise.all(Object.values(platformDrivers).map((driver) => driver(options)));
}

type Translators = Record<Config['translator'], (region: string) => Promise<Translator | undefined>>;
const translators: Translators = {
  none: () => Promise.resolve(undefined),
  amazon: async (region) => (await import('./translators/amazon.ts')).amazon({ region }),
};

/** What translates; nothing where translation is off. Calls nothing yet. */
export function translator(config: Pick<Config, 'translator' | 'regions'>): Promise<Translator | undefined> {
  return translators[config.translator](config.regions[0]!);
}

/** The recognizer in the cloud, to stand beside the embedded one; nothing where there is none. Calls nothing yet. */
export async function cloud(
  { nlu, lex }: Pick<Config, 'nlu' | 'lex'>,
  locales: readonly Locale[],
  clock: Clock,
  log: Log,
): Promise<Recognizer | undefined> {
  if (nlu.engine === 'embedded') return undefined;
  const driver = await import('./nlu/lex.ts');
  const { botId, aliasId } = nlu;
  const { region, assistedNlu } = lex;
  if (region === undefined) throw new ConfigError(['environment AWS_REGION: is missing; NLU=lex needs a region']);
  for (const warning of driver.lexWarnings(aliasId, locales, assistedNlu)) log.warn({ nlu: 'lex' }, warning);
  log.info({ nlu: 'lex', botId, aliasId, region, assistedNlu }, 'Lex beside the embedded engine');
  return driver.lex({ botId, aliasId, region, assistedNlu, clock, log });
}

/** The IAM actions of what is used beside the platforms. */
export async function services({
  nlu,
  translator: engine,
}: Pick<Config, 'nlu' | 'translator'>): Promise<Pick<Platform, 'id' | 'permissions' | 'implied'>[]> {
  const used = [
    ...(nlu.engine === 'lex' ? [{ id: 'lex', from: await import('./nlu/lex.ts') }] : []),
    ...(engine === 'amazon' ? [{ id: 'translate', from: await import('./translators/amazon.ts') }] : []),
  ];
  return used.map(({ id, from }) => ({ id, permissions: from.permissions, implied: [] }));
}

type Records = Pick<Store, 'get' | 'list' | 'close'>;
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

const readers: Record<Config['store']['engine'], (options: Pick<EngineOptions, 'path' | 'clock'>) => Promise<Records>> =
  {
    sqlite: async (options) => (await import('./stores/sqlite.ts')).sqliteReader(options),
  };

/** What is kept, for commands beside the bot: they read and change nothing. */
export function records(config: Pick<Config, 'store'>, clock: Clock): Promise<Records> {
  return readers[config.store.engine]({ path: config.store.path, clock });
}

/** Where records and wake-ups are kept. Throws a ConfigError when another process has them. */
export function state(
  config: Pick<Config, 'store'>,
  clock: Clock,
  log: Log,
): Promise<{ store: Store; wakeups: Wakeups }> {
  return engines[config.store.engine]({ path: config.store.path, clock, log });
}
