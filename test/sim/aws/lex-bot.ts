// A small bot as Lex V2 exports it, written by hand: two languages, three intents, every kind of slot.
import type { LexBotFiles } from '../../../src/sim/aws/server.ts';

export const ids = { botId: 'BOT0000001', botAliasId: 'ALIAS00001' };

type Slot = { type: string; required?: boolean; prompt?: string };

const message = (value: string) => ({
  message: { plainTextMessage: { value }, customPayload: null },
  variations: null,
});
const prompt = (value: string, maxRetries = 1) => ({
  allowInterrupt: true,
  maxRetries,
  messageGroupsList: [message(value)],
});

export function intent(name: string, said: string[], slots: Record<string, Slot> = {}, more: object = {}) {
  const files: Record<string, unknown> = {
    [`Intents/${name}/Intent.json`]: {
      name,
      identifier: 'ABCDEFGHIJ',
      parentIntentSignature: null,
      displayName: null,
      sampleUtterances: said.map((utterance) => ({ utterance })),
      slotPriorities: Object.keys(slots).map((slotName, priority) => ({ priority, slotName })),
      ...more,
    },
  };
  for (const [slot, { type, required, prompt: asked }] of Object.entries(slots)) {
    files[`Intents/${name}/Slots/${slot}/Slot.json`] = {
      name: slot,
      slotTypeName: type,
      valueElicitationSetting: {
        slotConstraint: required ? 'Required' : 'Optional',
        promptSpecification: required ? prompt(asked ?? `Which ${slot}?`) : null,
      },
    };
  }
  return files;
}

export function slotType(name: string, resolutionStrategy: string, values: Record<string, string[]>) {
  const slotTypeValues = Object.entries(values).map(([value, synonyms]) => ({
    sampleValue: { value },
    synonyms: synonyms.map((it) => ({ value: it })),
  }));
  const file = { name, parentSlotTypeSignature: null, slotTypeValues, valueSelectionSetting: { resolutionStrategy } };
  return { [`SlotTypes/${name}/SlotType.json`]: file };
}

export const fallback = intent('FallbackIntent', [], {}, { parentIntentSignature: 'AMAZON.FallbackIntent' });

const confirmed = {
  intentConfirmationSetting: {
    isActive: true,
    promptSpecification: prompt('Order {Count} {Flower}?', 1),
    declinationResponse: { allowInterrupt: true, messageGroupsList: [message('Not ordered.')] },
  },
};

export const english = {
  ...fallback,
  ...intent(
    'Scale',
    ['scale {Target} to {Max}', 'scale {Target} between {Min} and {Max}', 'set the size of {Target}'],
    {
      Target: { type: 'Target', required: true, prompt: 'Which one?' },
      Max: { type: 'AMAZON.Number', required: true, prompt: 'How many for {Target}?' },
      Min: { type: 'AMAZON.Number' },
    },
  ),
  ...intent('Status', ['how is {Target} doing', 'status of {Target}', 'is everything healthy'], {
    Target: { type: 'Target' },
    Kind: { type: 'Kind' },
  }),
  ...intent(
    'Flowers',
    ['i would like to order flowers', 'order {Flower}', 'get me a bunch of {Flower}'],
    {
      Flower: { type: 'Flower', required: true, prompt: 'What type of flowers?' },
      Count: { type: 'AMAZON.Number', required: true, prompt: 'How many {Flower}?' },
    },
    confirmed,
  ),
  ...intent('Remind', ['remind me', 'remind me at {At} on {Day} for {Length}'], {
    At: { type: 'AMAZON.Time', required: true, prompt: 'When?' },
    Day: { type: 'AMAZON.Date', required: true, prompt: 'Which day?' },
    Length: { type: 'AMAZON.Duration', required: true, prompt: 'For how long?' },
    Note: { type: 'AMAZON.FreeFormInput', required: true, prompt: 'What about?' },
  }),
  ...slotType('Target', 'ORIGINAL_VALUE', { target: [], 'api-prod': ['the api'] }),
  ...slotType('Kind', 'TOP_RESOLUTION', { health: ['health', 'well-being'], load: ['cpu'] }),
  ...slotType('Flower', 'ORIGINAL_VALUE', { roses: [], tulips: [] }),
};

const korean = {
  ...fallback,
  ...intent('Scale', ['{Target}를 {Max}대로 늘려줘', '{Target} 늘려줘'], {
    Target: { type: 'Target', required: true, prompt: '무엇을요?' },
    Max: { type: 'AMAZON.Number' },
  }),
  ...intent('Status', ['{Target} 상태 알려줘', '{Target} 어때'], { Target: { type: 'Target' } }),
  ...slotType('Target', 'ORIGINAL_VALUE', { target: [] }),
};

/** The files of an export; `change` may put others in place, or leave some out with undefined. */
export function exported(
  change: Record<string, unknown> = {},
  locales: Record<string, object> = { en_US: english, ko_KR: korean },
) {
  const files: Record<string, unknown> = {
    'Manifest.json': { metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' } },
    'Shop/Bot.json': {
      name: 'Shop',
      version: 'DRAFT',
      dataPrivacy: { childDirected: false },
      idleSessionTTLInSeconds: 300,
    },
  };
  for (const [locale, inside] of Object.entries(locales)) {
    const folder = `Shop/BotLocales/${locale}`;
    files[`${folder}/BotLocale.json`] = {
      name: locale,
      identifier: locale,
      nluConfidenceThreshold: 0.4,
      voiceSettings: null,
    };
    for (const [path, file] of Object.entries(inside)) files[`${folder}/${path}`] = file;
  }
  const all = Object.entries({ ...files, ...change }).filter(([, file]) => file !== undefined);
  return Object.fromEntries(all.map(([path, file]) => [path, typeof file === 'string' ? file : JSON.stringify(file)]));
}

export function bot(aliasId = ids.botAliasId, botId = ids.botId): LexBotFiles {
  return { botId, aliasId, files: exported() };
}
