import { describe, expect, it } from 'vitest';
import { readBots } from '../../../src/sim/aws/lex-bots.ts';
import { english, exported, fallback, ids, intent, slotType } from './lex-bot.ts';

const read = (files: Record<string, string>) => readBots([{ botId: ids.botId, aliasId: ids.botAliasId, files }]);
const locale = (inside: object) => exported({}, { en_US: { ...fallback, ...inside } });
const target = slotType('Target', 'ORIGINAL_VALUE', { target: [] });
const folder = 'Shop/BotLocales/en_US';

describe('an export', () => {
  it('is read with its locales, intents, slots and values', () => {
    const [bot] = read(exported());

    expect(bot).toMatchObject({ name: 'Shop', idleSeconds: 300 });
    expect(bot?.locales.map((one) => [one.id, one.threshold, one.intents.length, one.slotTypes.length])).toEqual([
      ['en_US', 0.4, 5, 3],
      ['ko_KR', 0.4, 3, 1],
    ]);
    expect(bot?.locales[0]?.intents.find((one) => one.name === 'Scale')?.slots.map((one) => one.name)).toEqual([
      'Target',
      'Max',
      'Min',
    ]);
  });

  it('may call its manifest manifest.json, and have members nobody knows', () => {
    const old = { metadata: { schemaVersion: '1', fileFormat: 'LexJson', resourceType: 'BOT', more: 1 } };

    expect(() => read(exported({ 'Manifest.json': undefined, 'manifest.json': old }))).not.toThrow();
  });

  it.each<[string, Record<string, string>, string]>([
    ['without a manifest', exported({ 'Manifest.json': undefined }), 'Manifest.json: is missing'],
    ['that is not JSON', exported({ 'Shop/Bot.json': '{' }), 'Shop/Bot.json: is not JSON'],
    ['without privacy', exported({ 'Shop/Bot.json': { name: 'Shop', idleSessionTTLInSeconds: 300 } }), 'childDirected'],
    [
      'with an idle time of a second',
      exported({
        'Shop/Bot.json': { name: 'Shop', dataPrivacy: { childDirected: false }, idleSessionTTLInSeconds: 1 },
      }),
      'idleSessionTTLInSeconds',
    ],
    ['of a locale Lex does not have', exported({}, { th_TH: english }), 'th_TH is not a locale'],
    [
      'in the words of the API',
      exported({ [`${folder}/BotLocale.json`]: { identifier: 'en_US', nluIntentConfidenceThreshold: 0.4 } }),
      'nluConfidenceThreshold must be 0 to 1',
    ],
    ['without a fallback', exported({}, { en_US: target }), 'AMAZON.FallbackIntent'],
    ['with a bad name', locale(intent('Scale!', [])), 'name "Scale!" is not allowed'],
    ['with a slot no utterance may name', locale(intent('A', ['scale {Target}'])), 'names no slot Target'],
    ['with half a slot', locale(intent('A', ['scale {Target'])), 'a brace without its other'],
    ['with a type that is not there', locale(intent('A', [], { X: { type: 'Y' } })), 'no slot type "Y"'],
    ['with an utterance twice', locale(intent('A', ['go', 'Go '])), 'is there twice'],
    ['with an utterance of two intents', locale({ ...intent('A', ['go']), ...intent('B', ['Go']) }), "is A's too"],
    ['with a long utterance', locale(intent('A', ['x'.repeat(501)])), 'utterance of 501 characters'],
    [
      'with too many utterances',
      locale(
        intent(
          'A',
          Array.from({ length: 1501 }, (_, n) => `go ${n}`),
        ),
      ),
      '1500 are allowed',
    ],
    [
      'with free text in an utterance',
      locale(intent('A', ['note {N}'], { N: { type: 'AMAZON.FreeFormInput' } })),
      'FreeFormInput N cannot be in an utterance',
    ],
    [
      'with a priority of no slot',
      locale(intent('A', ['go'], {}, { slotPriorities: [{ priority: 1, slotName: 'X' }] })),
      'slotPriorities names no slot X',
    ],
    ['with a type without values', locale(slotType('Empty', 'TOP_RESOLUTION', {})), 'has no slotTypeValues'],
    ['with an unknown strategy', locale(slotType('Odd', 'TOP', { a: [] })), 'resolutionStrategy'],
  ])('%s is refused with the reason', (_what, files, reason) => {
    expect(() => read(files)).toThrow(reason);
  });

  it('is refused with every reason at once', () => {
    const files = locale({ ...intent('A', ['{X}']), ...slotType('Odd', 'TOP', {}) });

    expect(() => read(files)).toThrow(/names no slot X[^]*SlotType.json|SlotType.json[^]*names no slot X/u);
  });
});
