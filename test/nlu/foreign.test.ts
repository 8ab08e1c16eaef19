// Texts in a language without words of its own, translated before they are read.
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadIntents } from '../../intents/index.ts';
import type { Segment } from '../../src/core/ports.ts';
import { embedded } from '../../src/nlu/embedded.ts';
import { fromSegments, toSegments, type Mark } from '../../src/nlu/marks.ts';
import { reader } from '../../src/nlu/read.ts';
import { testClock } from '../clock.ts';

type Translate = (text: readonly Segment[], from: string) => Promise<Segment[] | undefined>;
const intents = loadIntents();
const recognizer = embedded({ intents });
beforeAll(() => recognizer.recognize('help', 'en-US'));

function reads(translate?: Translate) {
  return reader({ intents, recognizer, defaultLocale: 'en-US', clock: testClock(), zone: 'UTC', translate });
}

/** English around the pieces that were kept, in their order. */
function into(english: string): Translate {
  return async (text) => {
    const kept = text.filter((part) => typeof part !== 'string');
    return english.split(/(\{\d\})/u).map((part) => (part.startsWith('{') ? kept[Number(part[1])]! : part));
  };
}

const context = { targets: ['api-prod', 'web'] };

describe('a text in a language without words', () => {
  test('is read by its English, its names and numbers as typed', async () => {
    const reading = await reads(into('scale {0} to {1}')).read('ปรับขนาด api-prod เป็น ๔', context);

    expect(reading).toMatchObject({ locale: 'th', intent: 'Scale', slots: { target: 'api-prod', count: 4 } });
  });

  test('keeps a sign with its number', async () => {
    const sent: (readonly Segment[])[] = [];
    const translate: Translate = (text, from) => {
      sent.push(text);
      return into('scale {0} {1}')(text, from);
    };

    const reading = await reads(translate).read('ปรับ api-prod +2', context);

    expect(sent[0]!.filter((part) => typeof part !== 'string').map(({ keep }) => keep)).toEqual(['api-prod', '+2']);
    expect(reading.slots).toMatchObject({ count: '+2' });
  });

  test('that was lost is unread, and answered in its own language', async () => {
    expect(
      await reads(async () => undefined).read('ปรับขนาด api-prod เป็น 4', { ...context, language: 'ko-KR' }),
    ).toEqual({
      locale: 'th',
      unread: 'th',
      confidence: 0,
      slots: {},
      guesses: [],
    });
  });

  test('is unread and answered as usual where nothing translates', async () => {
    const reading = await reads().read('ปรับขนาด api-prod เป็น 4', { ...context, language: 'ko-KR' });

    expect(reading).toMatchObject({ locale: 'ko-KR', unread: 'th' });
  });

  test.each(['do not deploy v42 to {0}', 'should we deploy v42 to {0}?', 'if it fails, deploy v42 to {0}'])(
    'is no request where its English is none: %s',
    async (english) => {
      const reading = await reads(into(english)).read('ดีพลอย v42 ไปที่ web', context);

      expect(reading.held).toBeDefined();
      expect(reading.intent).not.toBe('Deploy');
    },
  );
});

describe('scripts of several languages', () => {
  test.each([
    ['Как дела у api-prod?', undefined, 'ru'],
    ['Що з api-prod сьогодні, є помилки?', undefined, 'uk'],
    ['Какво става с api-prod', 'bg', 'bg'],
    ['Шта се дешава са api-prod, је ли све у реду', undefined, 'sr'],
    ['ما حالة api-prod', undefined, 'ar'],
    ['api-prod کی حالت کیا ہے ٹھیک', undefined, 'ur'],
    ['api-prod की स्थिति', undefined, 'hi'],
  ])('%s (known: %s) is %s', async (text, language, code) => {
    const asked: string[] = [];
    const translate: Translate = async (_, from) => {
      asked.push(from);
      return undefined;
    };

    await reads(translate).read(text, { ...context, ...(language ? { language } : {}) });

    expect(asked).toEqual([code]);
  });

  test('a name with letters that look Latin makes no Russian of English', async () => {
    const asked: string[] = [];
    await reads(async (_, from) => {
      asked.push(from);
      return undefined;
    }).read('please scale \u0430\u0440\u0456-prod to 3', context);

    expect(asked).toEqual([]);
  });
});

test('marks survive as segments, in any order', () => {
  const marks: Mark[] = [
    { kind: 'target', names: ['web'], raw: 'web' },
    { kind: 'number', value: 2, raw: '2', digits: true },
    { kind: 'number', value: 50, raw: '50', digits: true },
  ];
  const pieces = ['\uE000T0\uE001', '+\uE000N1\uE001', '\uE000N2\uE001%'];
  fc.assert(
    fc.property(fc.shuffledSubarray(pieces, { minLength: 3 }), fc.constantFrom(' ', ' и ', ' x '), (order, between) => {
      const text = ` ${order.join(between)} `;

      expect(fromSegments(toSegments({ text, marks }), marks).text).toBe(text);
    }),
  );
});
