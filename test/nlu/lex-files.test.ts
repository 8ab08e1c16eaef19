import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { loadIntents } from '../../intents/index.ts';
import { lexBot } from '../../src/nlu/lex-bot.ts';
import { identifier, lexFiles } from '../../src/nlu/lex-files.ts';
import { byName, fallbackIntent, type LexBot } from '../../src/nlu/lex-model.ts';
import { readLexFiles } from '../../src/nlu/lex-read.ts';

const bot = lexBot(loadIntents());
const json = (files: ReadonlyMap<string, string>, path: string) =>
  JSON.parse(files.get(path)!) as Record<string, unknown>;

describe('the files of an import', () => {
  const files = lexFiles(bot);
  const ko = 'OpsJack/BotLocales/ko_KR';

  test('are read back as the bot they were written from', () => {
    expect(readLexFiles(files)).toEqual({ bot, warnings: [] });
    const helped = lexBot(loadIntents(), { assistedNlu: 'primary' });
    expect(readLexFiles(lexFiles(helped))).toEqual({ bot: helped, warnings: [] });
  });

  test('are the same for the same words, in a fixed order', () => {
    expect([...lexFiles(lexBot(loadIntents()))]).toEqual([...files]);
    expect([...files.keys()]).toEqual([...files.keys()].toSorted());
  });

  test('are named and written as Lex exports them', () => {
    expect(json(files, 'Manifest.json')).toEqual({
      metaData: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT' },
    });
    expect(json(files, 'OpsJack/Bot.json')).toMatchObject({
      name: 'OpsJack',
      dataPrivacy: { childDirected: false },
      idleSessionTTLInSeconds: 300,
    });
    expect(json(files, `${ko}/BotLocale.json`)).toMatchObject({ identifier: 'ko_KR', nluConfidenceThreshold: 0.4 });
    expect(json(files, `${ko}/Intents/Deploy/Intent.json`)).toMatchObject({
      name: 'Deploy',
      identifier: expect.stringMatching(/^[0-9A-Z]{10}$/),
      parentIntentSignature: null,
      intentConfirmationSetting: null,
      dialogCodeHook: { enabled: false },
      fulfillmentCodeHook: { enabled: false },
      slotPriorities: [
        { priority: 1, slotName: 'target' },
        { priority: 2, slotName: 'version' },
        { priority: 3, slotName: 'day' },
        { priority: 4, slotName: 'time' },
      ],
    });
    expect(json(files, `${ko}/Intents/Deploy/Slots/day/Slot.json`)).toMatchObject({
      slotTypeName: 'AMAZON.Date',
      valueElicitationSetting: {
        slotConstraint: 'Optional',
        promptSpecification: {
          allowInterrupt: true,
          maxRetries: 1,
          messageGroupsList: [{ message: { plainTextMessage: { value: '언제 할까요?' } }, variations: null }],
        },
      },
    });
    expect(json(files, `${ko}/SlotTypes/Filter/SlotType.json`)).toMatchObject({
      valueSelectionSetting: { resolutionStrategy: 'TOP_RESOLUTION', regexFilter: null },
    });
    expect(json(files, `${ko}/Intents/FallbackIntent/Intent.json`)).toMatchObject({
      identifier: 'FALLBCKINT',
      parentIntentSignature: 'AMAZON.FallbackIntent',
      sampleUtterances: null,
    });
  });

  test('say that a language model helps only where it does', () => {
    expect(json(files, `${ko}/BotLocale.json`)).not.toHaveProperty('generativeAISettings');
    const helped = lexFiles(lexBot(loadIntents(), { assistedNlu: 'fallback' }));
    expect(json(helped, `${ko}/BotLocale.json`)).toMatchObject({
      generativeAISettings: { runtimeSettings: { nluImprovement: { enabled: true, assistedNluMode: 'Fallback' } } },
    });
  });

  test('have identifiers that differ', () => {
    const ids = [...files.keys()].map((path) => json(files, path)['identifier']);
    const own = ids.filter((id) => typeof id === 'string' && id !== 'FALLBCKINT' && /^[0-9A-Z]{10}$/.test(id));

    expect(own.length).toBeGreaterThan(60);
    expect(new Set(own).size).toBe(own.length);
    expect(identifier('')).toMatch(/^[0-9A-Z]{10}$/);
  });
});

const name = fc.stringMatching(/^[0-9a-zA-Z]([_-]?[0-9a-zA-Z]){0,8}$/);
const words = fc.string({ unit: 'grapheme', maxLength: 20 });
const named = <T extends object>(rest: fc.Arbitrary<T>, maxLength: number) =>
  fc
    .uniqueArray(fc.record({ name, rest }), { selector: (it) => it.name, maxLength })
    .map((all) => all.map((it) => ({ name: it.name, ...it.rest })));
const slots = named(
  fc.record({
    description: words,
    type: name,
    required: fc.boolean(),
    prompts: fc.array(words, { maxLength: 3 }),
    retries: fc.nat(5),
  }),
  3,
);
const intents = named(fc.record({ description: words, utterances: fc.array(words, { maxLength: 4 }), slots }), 3).map(
  (all) => [
    ...all.filter((it) => it.name !== 'FallbackIntent'),
    { name: 'FallbackIntent', description: '', parent: fallbackIntent, utterances: [], slots: [] },
  ],
);
const value = fc.record({ value: words, synonyms: fc.array(words, { maxLength: 3 }) });
const slotTypes = named(
  fc.record({
    description: words,
    resolution: fc.constantFrom('original' as const, 'top' as const),
    values: fc.array(value, { maxLength: 3 }),
  }),
  3,
);
const locales = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('en_US', 'ko_KR', 'ja_JP', 'zh_CN'),
    threshold: fc.double({ min: 0, max: 1, noNaN: true }).map(Math.abs),
    assistedNlu: fc.constantFrom('off' as const, 'fallback' as const, 'primary' as const),
    intents: intents.map((all) => all.toSorted(byName)),
    slotTypes: slotTypes.map((all) => all.toSorted(byName)),
  }),
  { selector: (it) => it.id, maxLength: 3 },
);
const bots: fc.Arbitrary<LexBot> = fc.record({
  name,
  description: words,
  idleSeconds: fc.integer({ min: 60, max: 86_400 }),
  locales: locales.map((all) => all.toSorted((a, b) => (a.id < b.id ? -1 : 1))),
});

test('any bot is read back as it was written', () => {
  fc.assert(
    fc.property(bots, (it) => {
      expect(readLexFiles(lexFiles(it))).toEqual({ bot: it, warnings: [] });
    }),
    { numRuns: 200 },
  );
});

const foreign = (intent: object, slot: object = {}, type: object = {}) =>
  new Map(
    Object.entries({
      'manifest.json': { metadata: { schemaVersion: '1.0' } },
      'Pizza/Bot.json': { name: 'Pizza', idleSessionTTLInSeconds: 600, somethingNew: { enabled: true } },
      'Pizza/BotLocales/en_US/BotLocale.json': {
        name: 'English (US)',
        identifier: 'en_US',
        voiceSettings: { voiceId: 'Joanna' },
        nluConfidenceThreshold: 0.8,
      },
      'Pizza/BotLocales/en_US/Intents/Order/Intent.json': {
        name: 'Order',
        sampleUtterances: [{ utterance: 'a {size} pizza' }],
        slotPriorities: [{ priority: 1, slotName: 'size' }],
        ...intent,
      },
      'Pizza/BotLocales/en_US/Intents/Order/Slots/crust/Slot.json': { name: 'crust', slotTypeName: 'Crust' },
      'Pizza/BotLocales/en_US/Intents/Order/Slots/size/Slot.json': {
        name: 'size',
        slotTypeName: 'Size',
        valueElicitationSetting: { slotConstraint: 'Required' },
        ...slot,
      },
      'Pizza/BotLocales/en_US/SlotTypes/Size/SlotType.json': {
        name: 'Size',
        slotTypeValues: [{ sampleValue: { value: 'Big' }, synonyms: null }],
        ...type,
      },
    }).map(([path, content]) => [path, JSON.stringify(content)]),
  );
const warnings = (...parts: Parameters<typeof foreign>) => readLexFiles(foreign(...parts)).warnings;

describe("somebody else's export", () => {
  test('is read without what it leaves out or has besides', () => {
    const { bot: read, warnings: none } = readLexFiles(foreign({ displayName: 'Order' }));

    expect(none).toEqual([]);
    expect(read).toMatchObject({ name: 'Pizza', description: '', idleSeconds: 600 });
    expect(read.locales[0]).toMatchObject({ id: 'en_US', threshold: 0.8, assistedNlu: 'off' });
    expect(read.locales[0]!.intents[0]!.slots).toEqual([
      { name: 'size', description: '', type: 'Size', required: true, prompts: [], retries: 0 },
      { name: 'crust', description: '', type: 'Crust', required: false, prompts: [], retries: 0 },
    ]);
    expect(read.locales[0]!.slotTypes[0]!.values).toEqual([{ value: 'Big', synonyms: [] }]);
  });

  test.each([
    [{ dialogCodeHook: { enabled: true } }, 'a dialog code hook'],
    [{ fulfillmentCodeHook: { enabled: true } }, 'a fulfillment code hook'],
    [{ initialResponseSetting: { conditional: { isActive: true } } }, 'a conditional branch'],
    [{ initialResponseSetting: { codeHook: { isActive: true } } }, 'a code hook'],
    [{ intentConfirmationSetting: { promptSpecification: {} } }, 'a confirmation'],
    [{ qnAIntentConfiguration: { dataSourceConfiguration: {} } }, 'a QnA intent'],
    [{ bedrockAgentIntentConfiguration: { bedrockAgentConfiguration: {} } }, 'a Bedrock agent'],
    [{ outputContexts: [{ name: 'x' }] }, 'an output context'],
  ])('is warned about with %j', (intent, what) => {
    expect(warnings(intent)).toEqual([`Pizza/BotLocales/en_US/Intents/Order/Intent.json: ${what}`]);
  });

  test('is warned about in slots and slot types', () => {
    const found = warnings(
      {},
      {
        multipleValuesSetting: { allowMultipleValues: true },
        valueElicitationSetting: { slotCaptureSetting: { captureConditional: { isActive: true } } },
      },
      { compositeSlotTypeSetting: { subSlots: [{}] }, parentSlotTypeSignature: 'AMAZON.AlphaNumeric' },
    );

    expect(found.map((it) => it.split(': ')[1])).toEqual([
      'a conditional branch',
      'several values in a slot',
      'a composite slot type',
      'a slot type made from a built-in one',
    ]);
  });

  test('is not warned about for what is off or empty', () => {
    const off = {
      dialogCodeHook: { enabled: false },
      initialResponseSetting: { conditional: { isActive: false } },
      intentConfirmationSetting: { isActive: false, promptSpecification: {} },
      outputContexts: [],
      kendraConfiguration: null,
    };

    expect(warnings(off, { multipleValuesSetting: { allowMultipleValues: false } })).toEqual([]);
  });

  test('that is broken is named by its file', () => {
    expect(() => readLexFiles(new Map())).toThrow('Bot.json is missing');
    expect(() => readLexFiles(new Map([['Pizza/Bot.json', '{']]))).toThrow(/^Pizza\/Bot.json is no JSON/);
  });
});
