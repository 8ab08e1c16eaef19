// The bot as the files of an import zip, in the JSON that Lex V2's own exports have. The sample on the documentation's page
// (https://docs.aws.amazon.com/lexv2/latest/dg/import-export-format.html) differs from them; where it does, the exports are right.
import { folderOf } from './lex-locales.ts';
import {
  fallbackIntent,
  type LexBot,
  type LexIntent,
  type LexLocale,
  type LexSlot,
  type LexSlotType,
} from './lex-model.ts';

/** Path within the zip to its text, sorted by path. Same bot, same texts. */
export function lexFiles(bot: LexBot): Map<string, string> {
  const files = new Map<string, string>();
  const put = (path: string, content: object): void => void files.set(path, `${JSON.stringify(content, null, 2)}\n`);
  put('Manifest.json', { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' } });
  put(`${bot.name}/Bot.json`, {
    name: bot.name,
    version: 'DRAFT',
    description: orNull(bot.description),
    identifier: identifier(bot.name),
    dataPrivacy: { childDirected: false },
    idleSessionTTLInSeconds: bot.idleSeconds,
  });
  for (const locale of bot.locales) {
    const folder = `${bot.name}/BotLocales/${locale.id}`;
    put(`${folder}/BotLocale.json`, localeJson(locale));
    for (const type of locale.slotTypes) {
      put(
        `${folder}/SlotTypes/${type.name}/SlotType.json`,
        typeJson(type, identifier(`${folder}/SlotTypes/${type.name}`)),
      );
    }
    for (const intent of locale.intents) {
      const at = `${folder}/Intents/${intent.name}`;
      put(`${at}/Intent.json`, intentJson(intent, intent.parent === fallbackIntent ? 'FALLBCKINT' : identifier(at)));
      for (const slot of intent.slots) {
        put(`${at}/Slots/${slot.name}/Slot.json`, slotJson(slot, identifier(`${at}/Slots/${slot.name}`)));
      }
    }
  }
  return new Map([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function localeJson(locale: LexLocale): object {
  const names = new Intl.DisplayNames(['en'], { type: 'language', languageDisplay: 'standard' });
  const mode = { fallback: 'Fallback', primary: 'Primary', off: undefined }[locale.assistedNlu];
  return {
    name: names.of(folderOf(locale.id)),
    identifier: locale.id,
    version: null,
    description: null,
    // Text alone is spoken to: no voice.
    voiceSettings: null,
    nluConfidenceThreshold: locale.threshold,
    ...(mode && {
      generativeAISettings: { runtimeSettings: { nluImprovement: { enabled: true, assistedNluMode: mode } } },
    }),
  };
}

function intentJson(intent: LexIntent, id: string): object {
  return {
    name: intent.name,
    identifier: id,
    description: orNull(intent.description),
    parentIntentSignature: intent.parent ?? null,
    sampleUtterances: intent.parent === undefined ? intent.utterances.map((utterance) => ({ utterance })) : null,
    intentConfirmationSetting: null,
    intentClosingSetting: null,
    inputContexts: null,
    outputContexts: null,
    kendraConfiguration: null,
    dialogCodeHook: { enabled: false },
    fulfillmentCodeHook: {
      fulfillmentUpdatesSpecification: null,
      postFulfillmentStatusSpecification: null,
      enabled: false,
    },
    slotPriorities: intent.slots.map((slot, at) => ({ priority: at + 1, slotName: slot.name })),
  };
}

function slotJson(slot: LexSlot, id: string): object {
  return {
    name: slot.name,
    identifier: id,
    description: orNull(slot.description),
    slotTypeName: slot.type,
    obfuscationSetting: null,
    multipleValuesSetting: null,
    valueElicitationSetting: {
      slotConstraint: slot.required ? 'Required' : 'Optional',
      defaultValueSpecification: null,
      sampleUtterances: null,
      waitAndContinueSpecification: null,
      promptSpecification: {
        allowInterrupt: true,
        maxRetries: slot.retries,
        messageGroupsList: slot.prompts.map((value) => ({
          message: { plainTextMessage: { value }, customPayload: null, ssmlMessage: null, imageResponseCard: null },
          variations: null,
        })),
      },
    },
  };
}

function typeJson(type: LexSlotType, id: string): object {
  return {
    name: type.name,
    identifier: id,
    description: orNull(type.description),
    parentSlotTypeSignature: null,
    slotTypeValues: type.values.map(({ value, synonyms }) => ({
      sampleValue: { value },
      synonyms: synonyms.map((it) => ({ value: it })),
    })),
    valueSelectionSetting: {
      resolutionStrategy: type.resolution === 'top' ? 'TOP_RESOLUTION' : 'ORIGINAL_VALUE',
      regexFilter: null,
    },
  };
}

/** Ten characters 0-9 A-Z from a name. Lex gives its own at import; ours need only be steady and apart. */
export function identifier(name: string): string {
  let hash = 0xcbf29ce484222325n;
  for (const char of name) hash = BigInt.asUintN(64, (hash ^ BigInt(char.codePointAt(0)!)) * 0x100000001b3n);
  return hash.toString(36).toUpperCase().padStart(13, '0').slice(-10);
}

function orNull(text: string): string | null {
  return text === '' ? null : text;
}
