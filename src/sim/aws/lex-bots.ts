// Reads the exports of bots as Lex's importer and build would: tolerant of unknown members, strict in what they refuse.
import { nameOf, openExport, type Import } from './lex-files.ts';
import { readIntents } from './lex-intents.ts';
import { readSlotTypes } from './lex-slot-types.ts';
import type { LexBot, LexBotFiles, LexLocale } from './lex-types.ts';
import { isParams, number, text } from './params.ts';

// https://docs.aws.amazon.com/lexv2/latest/dg/how-languages.html, without those of the assisted mode only.
const locales =
  'ar_AE ca_ES de_AT de_DE en_AU en_GB en_IN en_US en_ZA es_419 es_ES es_US fi_FI fr_CA fr_FR hi_IN it_IT ja_JP ko_KR nl_NL no_NO pl_PL pt_BR pt_PT sv_SE zh_CN zh_HK'.split(
    ' ',
  );

/** The bots, built. Throws an Error with every reason when one would be refused. */
export function readBots(given: readonly LexBotFiles[]): LexBot[] {
  return given.map(({ botId, aliasId, files }) => {
    const from = openExport(files);
    if (!/^[0-9a-zA-Z]{10}$/u.test(botId)) from.say('botId', 'must be 10 letters and digits');
    if (!/^([0-9a-zA-Z]{10})$/u.test(aliasId)) from.say('aliasId', 'must be 10 letters and digits');
    const bot = { botId, aliasId, ...readBot(from, files) };
    if (from.problems.length > 0) throw new Error(`Lex would not import this bot:\n${from.problems.join('\n')}`);
    return bot;
  });
}

function readBot(from: Import, files: Record<string, string>): Omit<LexBot, 'botId' | 'aliasId'> {
  readManifest(from, files);
  const [folder = 'Bot', ...others] = from.folders('');
  if (others.length > 0) from.say(others.join(', '), 'one bot a file');
  const path = `${folder}/Bot.json`;
  const file = from.read(path) ?? {};
  const name = nameOf(from, path, file, folder);
  const privacy = file['dataPrivacy'];
  if (!isParams(privacy) || typeof privacy['childDirected'] !== 'boolean') {
    from.say(path, 'dataPrivacy.childDirected must be true or false');
  }
  const idleSeconds = number(file, 'idleSessionTTLInSeconds') ?? 0;
  if (idleSeconds < 60 || idleSeconds > 86_400) from.say(path, 'idleSessionTTLInSeconds must be 60 to 86400');
  const found = from.folders(`${folder}/BotLocales`).map((it) => readLocale(from, `${folder}/BotLocales/${it}`, it));
  if (found.length === 0) from.say(folder, 'has no locale');
  return { name, idleSeconds, locales: found };
}

/** Real exports write both names of the file and of its member. */
function readManifest(from: Import, files: Record<string, string>): void {
  const path = Object.hasOwn(files, 'manifest.json') ? 'manifest.json' : 'Manifest.json';
  const file = from.read(path);
  const held = file?.['metaData'] ?? file?.['metadata'];
  const expected = { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' };
  for (const [name, value] of Object.entries(expected)) {
    if (file && (!isParams(held) || text(held, name) !== value)) from.say(path, `metaData.${name} must be ${value}`);
  }
}

function readLocale(from: Import, folder: string, id: string): LexLocale {
  const path = `${folder}/BotLocale.json`;
  const file = from.read(path) ?? {};
  if (!locales.includes(id)) from.say(path, `${id} is not a locale of Lex V2`);
  if (text(file, 'identifier') !== id) from.say(path, 'identifier is not the folder');
  const threshold = file['nluConfidenceThreshold'];
  if (typeof threshold !== 'number' || threshold < 0 || threshold > 1) {
    from.say(path, 'nluConfidenceThreshold must be 0 to 1');
  }
  const english = id.startsWith('en_');
  const slotTypes = readSlotTypes(from, `${folder}/SlotTypes`, english ? 250 : 100);
  const known = new Set(slotTypes.map((it) => it.name));
  const intents = readIntents(from, `${folder}/Intents`, known, english ? 1000 : 250);
  const letters = intents.flatMap((it) => it.utterances).reduce((sum, it) => sum + it.length, 0);
  const most = english ? 2_000_000 : 200_000;
  if (letters > most) from.say(folder, `${letters} characters of utterances, ${most} are allowed`);
  return { id, threshold: typeof threshold === 'number' ? threshold : 0, intents, slotTypes };
}
