// A bot export of Lex V2 as a model, ours or somebody else's, and what of it we would leave out.
import {
  byName,
  fallbackIntent,
  type AssistedNlu,
  type LexBot,
  type LexIntent,
  type LexLocale,
  type LexSlot,
  type LexSlotType,
} from './lex-model.ts';
import { unused } from './lex-unused.ts';

export type Json = { readonly [key: string]: unknown };
type Files = ReadonlyMap<string, string>;

/**
 * The bot in the files of an export, and a warning for each part of it that this model does not have: its path and what it
 * is. Unknown keys are passed over. Throws an Error naming the file that is missing or is no JSON.
 */
export function readLexFiles(files: Files): { bot: LexBot; warnings: string[] } {
  const path = [...files.keys()].find((it) => /^[^/]+\/Bot\.json$/.test(it));
  if (path === undefined) throw new Error('Bot.json is missing');
  const root = path.slice(0, -'Bot.json'.length);
  const warnings: string[] = [];
  const read = (at: string): Json => {
    const json = parse(files, at);
    warnings.push(...unused(json).map((what) => `${at}: ${what}`));
    return json;
  };
  const json = read(path);
  const locales = under(files, `${root}BotLocales/`, 'BotLocale.json').map((at) => localeOf(files, at, read));
  return {
    bot: {
      name: text(json['name']),
      description: text(json['description']),
      idleSeconds: number(json['idleSessionTTLInSeconds'], 300),
      locales: locales.toSorted((a, b) => byName({ name: a.id }, { name: b.id })),
    },
    warnings,
  };
}

type Read = (path: string) => Json;

function localeOf(files: Files, path: string, read: Read): LexLocale {
  const folder = path.slice(0, -'BotLocale.json'.length);
  const json = read(path);
  return {
    id: text(json['identifier']),
    threshold: number(json['nluConfidenceThreshold'], 0.4),
    assistedNlu: assistedNlu(json),
    intents: under(files, `${folder}Intents/`, 'Intent.json')
      .map((at) => intentOf(files, at, read))
      .toSorted(byName),
    slotTypes: under(files, `${folder}SlotTypes/`, 'SlotType.json')
      .map((at) => typeOf(read(at)))
      .toSorted(byName),
  };
}

function assistedNlu(json: Json): AssistedNlu {
  const runtime = map(map(json['generativeAISettings'])['runtimeSettings']);
  const settings = map(runtime['nluImprovement'] ?? runtime['nluImprovementSpecification']);
  if (settings['enabled'] !== true) return 'off';
  return settings['assistedNluMode'] === 'Fallback' ? 'fallback' : 'primary';
}

function intentOf(files: Files, path: string, read: Read): LexIntent {
  const json = read(path);
  const slots = under(files, `${path.slice(0, -'Intent.json'.length)}Slots/`, 'Slot.json').map((at) =>
    slotOf(read(at)),
  );
  const parent = text(json['parentIntentSignature']);
  const order = new Map(list(json['slotPriorities']).map((it) => [text(it['slotName']), number(it['priority'], 0)]));
  const rank = (slot: LexSlot): number => order.get(slot.name) ?? Infinity;
  return {
    name: text(json['name'] ?? json['intentName']),
    description: text(json['description']),
    ...(parent !== '' && { parent }),
    utterances: parent === fallbackIntent ? [] : list(json['sampleUtterances']).map((it) => text(it['utterance'])),
    slots: slots.toSorted((a, b) => (rank(a) === rank(b) ? byName(a, b) : rank(a) - rank(b))),
  };
}

function slotOf(json: Json): LexSlot {
  const setting = map(json['valueElicitationSetting']);
  const asks = map(setting['promptSpecification']);
  return {
    name: text(json['name'] ?? json['slotName']),
    description: text(json['description']),
    type: text(json['slotTypeName']),
    required: setting['slotConstraint'] === 'Required',
    prompts: list(asks['messageGroupsList']).flatMap((group) => {
      const message = map(map(map(group)['message'])['plainTextMessage']);
      return typeof message['value'] === 'string' ? [message['value']] : [];
    }),
    retries: number(asks['maxRetries'], 0),
  };
}

function typeOf(json: Json): LexSlotType {
  const strategy = text(map(json['valueSelectionSetting'])['resolutionStrategy']);
  return {
    name: text(json['name'] ?? json['slotTypeName']),
    description: text(json['description']),
    resolution: /^top/i.test(strategy) ? 'top' : 'original',
    values: list(json['slotTypeValues']).map((it) => ({
      value: text(map(it['sampleValue'])['value']),
      synonyms: list(it['synonyms']).map((synonym) => text(synonym['value'])),
    })),
  };
}

/** Files of that name one folder below. */
function under(files: Files, folder: string, name: string): string[] {
  return [...files.keys()].filter((it) => {
    const [, file, ...more] = it.startsWith(folder) ? it.slice(folder.length).split('/') : [];
    return file === name && more.length === 0;
  });
}

function parse(files: Files, path: string): Json {
  try {
    return map(JSON.parse(files.get(path)!));
  } catch (error) {
    throw new Error(`${path} is no JSON: ${(error as Error).message}`, { cause: error });
  }
}

function map(value: unknown): Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : {};
}
function list(value: unknown): Json[] {
  return Array.isArray(value) ? value.map(map) : [];
}
function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
function number(value: unknown, fallback: number): number {
  return typeof value === 'number' ? value : fallback;
}
