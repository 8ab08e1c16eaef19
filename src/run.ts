// The bot put together: settings -> drivers -> core -> Slack.
import { loadIntents } from '../intents/index.ts';
import { audit } from './core/audit.ts';
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
import { operations } from './operations/advance.ts';
import { identity } from './identity.ts';
import { slackApp } from './slack/app.ts';
import { slackChat } from './slack/chat.ts';
import { people as slackPeople } from './slack/people.ts';

const defaultLocale = 'en-US';

/** Starts the bot; `stop` drains it. Throws a ConfigError when a setting, a token or another process is in the way. */
export async function run(
  config: Config,
  given: { clock: Clock; log: ReturnType<typeof logger> },
): Promise<{ port: number | undefined; stop(): Promise<void> }> {
  const { clock, log } = given;
  if (!config.slack) throw new ConfigError(['environment SLACK_BOT_TOKEN: missing']);
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
  const chat = slackChat({ settings, words, translation: translations, clock, log, ...banner });
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
      aliases: config.aliases,
      stages: config.stages,
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
    audit: audit({ store, clock }),
    defaultLocale,
    locales: intents.locales,
    translates: translations !== undefined,
    people,
    channelLocales: config.channelLocales,
  };
  const { advance } = operations(world);
  const bot = createBot({ world, handlers, advance });
  const waits = async (place: Parameters<typeof keys.awaiting>[0], by: string) =>
    (await store.get(keys.awaiting(place, by))) !== undefined;
  const edge = slackApp({ settings, bot, chat, words, clock, log, waits, language: (asked) => bot.language(asked) });

  const answerLeftovers = await bot.recover();
  const { port, team } = await edge.start();
  wakeups.start(advance);
  await answerLeftovers();
  // So that the first question does not wait for it.
  await world.inventory.all().catch((error: unknown) => log.warn({ err: error }, 'no inventory yet'));
  // The bot runs without: reads then say what AWS answered, and the log says it first.
  const aws = await identity(config.regions[0]!).catch((error: unknown) => {
    log.error({ err: error }, 'AWS does not accept the credentials');
  });
  log.info({ team, port, aws, regions: config.regions, simulated: config.simulated }, 'ready');
  return {
    port,
    async stop() {
      await edge.stop();
      await wakeups.close();
      await store.close();
    },
  };
}
