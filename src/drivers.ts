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
  store,
}: Pick<Config, 'nlu' | 'translator' | 'store'>): Promise<Pick<Platform, 'id' | 'permissions' | 'implied'>[]> {
  const used = [
    ...(nlu.engine === 'lex' ? [{ id: 'lex', from: await import('./nlu/lex.ts') }] : []),
    ...(store.engine === 'dynamodb'
      ? [
          { id: 'dynamodb', from: await import('./stores/dynamodb.ts') },
          { id: 'sqs', from: await import('./wakeups/sqs.ts') },
        ]
      : []),
    ...(engine === 'amazon' ? [{ id: 'translate', from: await import('./translators/amazon.ts') }] : []),
  ];
  return used.map(({ id, from }) => ({ id, permissions: from.permissions, implied: [] }));
}

type Kept = Pick<Config, 'store' | 'wakeups' | 'regions'>;
type EngineOptions = { config: Kept; clock: Clock; log: Log };
const storeDrivers: Record<Config['store']['engine'], (options: EngineOptions) => Promise<Store>> = {
  sqlite: async ({ config, clock }) => (await import('./stores/sqlite.ts')).sqlite({ path: fileOf(config), clock }),
  dynamodb: async ({ config, clock }) => (await import('./stores/dynamodb.ts')).dynamodb({ ...tableOf(config), clock }),
};
const wakeupDrivers: Record<'sqlite' | 'sqs', (options: EngineOptions) => Promise<Wakeups>> = {
  sqlite: async ({ config, clock, log }) =>
    (await import('./wakeups/sqlite.ts')).sqliteWakeups({ path: fileOf(config), clock, log }),
  sqs: async ({ config: { wakeups, regions }, clock, log }) =>
    (await import('./wakeups/sqs.ts')).sqs({ url: wakeups!.url, region: regions[0]!, clock, log }),
};

/** Where records and wake-ups are kept. Throws a ConfigError when another process has the file, or no table or queue is there. */
export async function state(config: Kept, clock: Clock, log: Log): Promise<{ store: Store; wakeups: Wakeups }> {
  const options = { config, clock, log };
  const store = await storeDrivers[config.store.engine](options);
  return { store, wakeups: await wakeupDrivers[config.wakeups ? 'sqs' : 'sqlite'](options) };
}

/** What is kept, for commands beside the bot: they read and change nothing. */
export async function records(config: Kept, clock: Clock): Promise<Pick<Store, 'get' | 'list' | 'close'>> {
  if (config.store.engine === 'dynamodb') return storeDrivers.dynamodb({ config, clock, log: silent });
  return (await import('./stores/sqlite.ts')).sqliteReader({ path: fileOf(config), clock });
}

const silent: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };

function fileOf({ store }: Kept): string {
  return store.engine === 'sqlite' ? store.path : '';
}

function tableOf({ store, regions }: Kept): { table: string; region: string } {
  return { table: store.engine === 'dynamodb' ? store.table : '', region: regions[0]! };
}
