// What Lex V2 would refuse, found before AWS is asked. https://docs.aws.amazon.com/lexv2/latest/dg/quotas.html
// Lengths are UTF-16 units, as Lex counts them.
import type { Fault } from '../../intents/sentences.ts';
import { folderOf } from './lex-locales.ts';
import { fallbackIntent, mentioned, type LexBot, type LexIntent, type LexLocale, type LexSlot } from './lex-model.ts';
import { sameness, type Room } from './lex-utterances.ts';

export const limits = {
  description: 200,
  utterance: 500,
  utterancesPerIntent: 1500,
  slotsPerIntent: 100,
  /** The quotas page says 30, the API takes five message groups. */
  promptsPerSlot: 5,
  prompt: 1000,
  retries: 5,
  /** The quotas page says 500, the API's own model 140: the stricter. */
  value: 140,
  valuesPerType: 10_000,
  valuesPerLocale: 50_000,
  idleSeconds: [60, 86_400],
  /** The first number is for English of Australia, Britain and the United States, the second for all others. */
  intentsPerLocale: [1000, 250],
  slotTypesPerLocale: [250, 100],
  utteranceTextPerLocale: [2_000_000, 200_000],
} as const;

const wide = ['en_AU', 'en_GB', 'en_US'];

/** How much text of utterances a locale takes. */
export function roomIn(lexLocale: string): Room {
  const characters = limits.utteranceTextPerLocale[wide.includes(lexLocale) ? 0 : 1];
  return { perIntent: limits.utterancesPerIntent, characters };
}

const nameShape = /^(?:[0-9a-zA-Z][_-]?){1,100}$/;
const builtIn = /^AMAZON\.[A-Za-z]+$/;

type Report = (key: string, reason: string) => void;

/** Every limit that the bot breaks, as the file and key of `intents/` to change; nothing when Lex can take it. */
export function lexFaults(bot: LexBot): Fault[] {
  const faults: Fault[] = [];
  const [least, most] = limits.idleSeconds;
  const table = (key: string, reason: string): void =>
    void faults.push({ file: 'intents/descriptions.ts', key, reason });
  if (!nameShape.test(bot.name)) table('name', `"${bot.name}" is no name for a bot`);
  if (bot.idleSeconds < least || bot.idleSeconds > most)
    table('idle', `${bot.idleSeconds} s is not ${least} to ${most}`);
  long(table, 'botDescription', bot.description, limits.description);
  if (bot.locales.length === 0) table('', 'Lex has none of the locales');
  for (const locale of bot.locales) {
    const folder = `intents/${folderOf(locale.id)}`;
    const sentences = (key: string, reason: string): void =>
      void faults.push({ file: `${folder}/sentences.yaml`, key, reason });
    const replies = (key: string, reason: string): void =>
      void faults.push({ file: `${folder}/replies.yaml`, key, reason });
    checkLocale(locale, sentences);
    checkTypes(locale, sentences, table);
    for (const intent of locale.intents) checkIntent(intent, locale, sentences, replies, table);
    checkTwice(locale, sentences);
  }
  return unique(faults);
}

function checkLocale(locale: LexLocale, report: Report): void {
  const size = wide.includes(locale.id) ? 0 : 1;
  const text = locale.intents.flatMap((it) => it.utterances).reduce((sum, it) => sum + it.length, 0);
  many(report, 'intents', 'characters of utterances', text, limits.utteranceTextPerLocale[size]);
  many(report, 'intents', 'intents', locale.intents.length, limits.intentsPerLocale[size]);
  many(report, 'intents', 'slot types', locale.slotTypes.length, limits.slotTypesPerLocale[size]);
  if (!(locale.threshold >= 0 && locale.threshold <= 1)) report('', `the threshold ${locale.threshold} is not 0 to 1`);
  const fallbacks = locale.intents.filter((it) => it.parent === fallbackIntent).length;
  if (fallbacks !== 1) report('intents', `${fallbacks} fallback intents, Lex needs one`);
  for (const name of repeated(locale.intents.map((it) => it.name))) report(`intents.${name}`, 'is there twice');
}

function checkIntent(intent: LexIntent, locale: LexLocale, sentences: Report, replies: Report, table: Report): void {
  const key = `intents.${intent.name}`;
  if (!nameShape.test(intent.name)) sentences(key, 'is no name for an intent');
  long(table, key, intent.description, limits.description);
  many(sentences, key, 'utterances', intent.utterances.length, limits.utterancesPerIntent);
  many(sentences, key, 'slots', intent.slots.length, limits.slotsPerIntent);
  const isFallback = intent.parent === fallbackIntent;
  if (isFallback && intent.utterances.length + intent.slots.length > 0) sentences(key, 'a fallback takes no sentences');
  if (!intent.parent && intent.utterances.length === 0) sentences(key, 'has no sentence of its own left');
  for (const text of intent.utterances) checkUtterance(text, intent, sentences);
  for (const slot of intent.slots) checkSlot(slot, intent, locale, replies, table);
  for (const name of repeated(intent.slots.map((it) => it.name))) sentences(key, `the slot ${name} is there twice`);
}

function checkUtterance(text: string, intent: LexIntent, report: Report): void {
  const key = `intents.${intent.name}`;
  const slots = mentioned(text);
  long(report, key, text, limits.utterance);
  const odd = /[^\p{L}\p{M}\p{N} {}',.?!_-]/u.exec(text)?.[0];
  if (odd !== undefined) report(key, `"${odd}" may not be in an utterance: "${shown(text)}"`);
  if (!/[\p{L}\p{N}]/u.test(text)) report(key, `says nothing: "${shown(text)}"`);
  if (text.includes('}{')) report(key, `two slots without a space between them: "${shown(text)}"`);
  if (/[{}]/.test(text.replaceAll(/\{[^{}]*\}/g, ''))) report(key, `a brace without its other: "${shown(text)}"`);
  for (const name of repeated(slots)) report(key, `{${name}} is there twice: "${shown(text)}"`);
  for (const name of slots) {
    const slot = intent.slots.find((it) => it.name === name);
    if (!slot) report(key, `{${name}} is not a slot of it: "${shown(text)}"`);
    else if (slot.type === 'AMAZON.FreeFormInput') report(key, `{${name}} takes anything, so no utterance may have it`);
  }
}

function checkSlot(slot: LexSlot, intent: LexIntent, locale: LexLocale, replies: Report, table: Report): void {
  const key = `ask.${slot.name}`;
  if (!nameShape.test(slot.name)) table(`slots.${slot.name}`, 'is no name for a slot');
  long(table, `slots.${slot.name}`, slot.description, limits.description);
  if (!builtIn.test(slot.type) && !locale.slotTypes.some((it) => it.name === slot.type))
    table(`slots.${slot.name}`, `${slot.type} is not a slot type of ${locale.id}`);
  if (slot.retries < 0 || slot.retries > limits.retries)
    table(`slots.${slot.name}`, `${slot.retries} retries are not 0 to ${limits.retries}`);
  if (slot.prompts.length === 0) replies(key, 'is missing: Lex must be able to ask');
  many(replies, key, 'prompts', slot.prompts.length, limits.promptsPerSlot);
  for (const text of slot.prompts) {
    if (text.trim() === '') replies(key, 'is empty');
    long(replies, key, text, limits.prompt);
    const unknown = mentioned(text).find((name) => !intent.slots.some((it) => it.name === name));
    if (unknown !== undefined) replies(key, `{${unknown}} is not a slot of ${intent.name}`);
  }
}

function checkTypes(locale: LexLocale, report: Report, table: Report): void {
  let all = 0;
  for (const { name, description, values } of locale.slotTypes) {
    const key = sectionOf(name);
    const texts = values.flatMap((it) => [it.value, ...it.synonyms]);
    all += texts.length;
    if (!nameShape.test(name)) report(key, `"${name}" is no name for a slot type`);
    long(table, `types.${name}`, description, limits.description);
    if (values.length === 0) report(key, 'has no words');
    many(report, key, 'words', texts.length, limits.valuesPerType);
    for (const text of texts) {
      if (text.trim() === '') report(key, 'an empty word');
      long(report, key, text, limits.value);
    }
    for (const text of repeated(texts.map((it) => it.toLowerCase()))) report(key, `"${shown(text)}" is there twice`);
  }
  for (const name of repeated(locale.slotTypes.map((it) => it.name))) report(sectionOf(name), 'is there twice');
  many(report, 'filters', 'words in all slot types', all, limits.valuesPerLocale);
}

function sectionOf(type: string): string {
  return type === 'Filter' ? 'filters' : type === 'Language' ? 'languages' : `types.${type}`;
}

function checkTwice(locale: LexLocale, report: Report): void {
  const owner = new Map<string, string>();
  for (const { name, utterances } of locale.intents) {
    for (const text of utterances) {
      const first = owner.get(sameness(text));
      if (first !== undefined) report(`intents.${name}`, `"${shown(text)}" is said for ${first} too`);
      else owner.set(sameness(text), name);
    }
  }
}

function long(report: Report, key: string, text: string, most: number): void {
  if (text.length > most) report(key, `${text.length} characters, Lex takes ${most}: "${shown(text)}"`);
}

function many(report: Report, key: string, what: string, count: number, most: number): void {
  if (count > most) report(key, `${count} ${what}, Lex takes ${most}`);
}

function repeated(texts: readonly string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(texts.filter((it) => seen.has(it) || !seen.add(it)))];
}

function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

/** Descriptions and names are the same in every locale, and one fault is said once. */
function unique(faults: readonly Fault[]): Fault[] {
  return [...new Map(faults.map((it) => [`${it.file}\n${it.key}\n${it.reason}`, it])).values()];
}
