// The bot put together: settings -> drivers -> core -> Slack.
import { loadIntents } from '../intents/index.ts';
import { audit } from './core/audit.ts';
import { publishHeads } from './core/audit-heads.ts';
import { bot as createBot } from './core/bot.ts';
import { ConfigError } from './core/errors.ts';
import { inventory } from './core/inventory.ts';
import { keys } from './core/records.ts';
import { policy } from './core/policy.ts';
import { say } from './core/reply.ts';
import { words as createWords } from './core/words.ts';
import type { Clock } from './core/ports.ts';
import type { World } from './core/world.ts';
import type { Config } from './config.ts';
import type { logger } from './log.ts';
import { translation, inbound } from './core/translation.ts';
import { cloud, platforms, state, translator } from './drivers.ts';
import { handlers } from './handlers/index.ts';
import { embedded } from './nlu/embedded.ts';
import { reader } from './nlu/read.ts';
import { follow } from './reload.ts';
import { operations } from './operations/advance.ts';
import { healthServer } from './health.ts';
import { identity } from './identity.ts';
import { slackApp } from './slack/app.ts';
import { slackChat } from './slack/chat.ts';
import { people as slackPeople } from './slack/people.ts';

const defaultLocale = 'en-US';

/** Starts the bot; `stop` drains it. Throws a ConfigError when a setting, a token or another process is in the way. */
export async function run(
  config: Config,
  given: { clock: Clock; log: ReturnType<typeof logger>; reload?: () => Config | undefined },
): Promise<{ port: number | undefined; health: number | undefined; stop(): Promise<void> }> {
  const { clock, log } = given;
  if (!config.slack) throw new ConfigError(['environment SLACK_BOT_TOKEN: missing']);
  const status = { phase: 'starting', slack: () => 0 };
  const health = config.healthPort === undefined ? undefined : await healthOf(config.healthPort, status);
  const intents = loadIntents();
  const words = createWords(intents.replies);
  const { store, wakeups } = await state(config, clock, log);
  const recognizer = embedded({ intents });
  // It learns a language when first asked, half a second each; nobody's first message should wait for the usual ones.
  for (const locale of new Set([defaultLocale, ...Object.values(config.channelLocales)])) {
    if (intents.locales.includes(locale)) await recognizer.recognize('help', locale);
  }
  const { mode: _mode, ...settings } = config.slack;
  const banner = config.simulated.slack || config.simulated.aws ? { banner: say('simulated') } : {};
  const [machine, lex] = await Promise.all([translator(config), cloud(config, intents.locales, clock, log)]);
  const { translateBudget: charactersPerDay } = config;
  const translations = machine && translation({ translator: machine, store, clock, charactersPerDay, log });
  const { replicas: processes } = config;
  const chat = slackChat({ settings, words, translation: translations, clock, log, processes, ...banner });
  let current = config;
  const people = slackPeople({ settings, clock, log });
  const world: World = {
    clock,
    store,
    wakeups,
    chat,
    log,
    inventory: inventory({
      platforms: await platforms(config, clock),
      clock,
      get aliases() {
        return current.aliases;
      },
      get stages() {
        return current.stages;
      },
    }),
    reader: reader({
      intents,
      recognizer,
      defaultLocale,
      clock,
      cloud: lex && {
        recognizer: lex,
        failed: (error) => log.warn({ nlu: 'embedded', err: error }, 'the embedded engine answered alone'),
      },
      translate: translations && inbound(translations),
    }),
    policy: policy({ rules: () => current.rules, people, tags: (target) => world.inventory.tags(target) }),
    audit: audit({ store, clock, log }),
    defaultLocale,
    locales: intents.locales,
    translates: translations !== undefined,
    people,
    freezes: () => current.freezes,
    get channelLocales() {
      return current.channelLocales;
    },
  };
  const { advance } = operations(world);
  const bot = createBot({ world, handlers, advance });
  const waits = async (place: Parameters<typeof keys.awaiting>[0], by: string) =>
    (await store.get(keys.awaiting(place, by))) !== undefined;
  const language = (asked: Parameters<typeof bot.language>[0]) => bot.language(asked);
  const edge = slackApp({ settings, bot, chat, words, clock, log, waits, language, processes });
  status.slack = () => edge.open();

  const answerLeftovers = await bot.recover(config.store.engine === 'sqlite');
  const { port, team } = await edge.start();
  wakeups.start(advance);
  await answerLeftovers();
  // So that the first question does not wait for it.
  await world.inventory.all().catch((error: unknown) => log.warn({ err: error }, 'no inventory yet'));
  // The bot runs without: reads then say what AWS answered, and the log says it first.
  const aws = await identity(config.regions[0]!).catch((error: unknown) => {
    log.error({ err: error }, 'AWS does not accept the credentials');
  });
  const quietHeads = publishHeads({ audit: world.audit, clock, log });
  const unfollow = given.reload
    ? follow({ first: config, reload: given.reload, apply: (next) => (current = next), audit: world.audit, clock, log })
    : undefined;
  status.phase = 'running';
  log.info({ team, port, health: health?.port, aws, regions: config.regions, simulated: config.simulated }, 'ready');
  return {
    port,
    health: health?.port,
    async stop() {
      status.phase = 'draining';
      unfollow?.();
      await edge.stop();
      await wakeups.close();
      await quietHeads();
      await store.close();
      await health?.close();
    },
  };
}

/** Ready is who runs and whom Slack can reach. */
function healthOf(port: number, status: { phase: string; slack: () => number }) {
  const readiness = () => {
    const slack = status.slack();
    const phase = status.phase === 'running' ? [] : [status.phase];
    return { slack, why: slack > 0 ? phase : [...phase, 'no-slack-connection'] };
  };
  return healthServer({ port, readiness });
}
