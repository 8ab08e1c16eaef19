import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Segment } from '../../src/core/ports.ts';
import { fromMarkup, toMarkup } from '../../src/translators/markup.ts';

const scale: Segment[] = ['scale ', { keep: 'api-prod', id: 3 }, ' to ', { keep: '4', id: 7 }];
const span = (text: string, id: number) => `<span translate="no" id="${id}">${text}</span>`;
const shown = (made: readonly Segment[] | undefined) =>
  made?.map((part) => (typeof part === 'string' ? part : `[${part.keep}]`)).join('');

/** Texts with everything that could be taken for markup in them. */
const words = fc.oneof(
  fc.constantFrom(
    '<',
    '>',
    '&',
    '&amp;',
    '&lt;span',
    '</span>',
    '<span translate="no" id="0">',
    '"',
    ' a b ',
    '4',
    '\u0e44\u0e17\u0e22',
    '*',
  ),
  fc.string({ unit: 'grapheme', maxLength: 12 }),
);
const text = fc
  .array(
    fc.oneof(
      words,
      words.map((keep) => ({ keep, id: 0 })),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts): Segment[] => parts.map((it, id) => (typeof it === 'string' ? it : { keep: it.keep || 'x', id })));

function flat(of: readonly Segment[] | undefined): string | undefined {
  return of?.map((it) => (typeof it === 'string' ? it : `\uE000${it.id}${it.keep}\uE001`)).join('');
}

function kept(of: readonly Segment[]): Segment[] {
  return of.filter((it) => typeof it !== 'string').toSorted((x, y) => x.id - y.id);
}

describe('markup', () => {
  test('keeps pieces in spans and escapes everything', () => {
    expect(toMarkup(['a < b & ', { keep: '<x>&"', id: 2 }])).toBe(
      'a &lt; b &amp; <span translate="no" id="2">&lt;x&gt;&amp;&quot;</span>',
    );
  });

  test('is plain text where there is neither a piece nor a tag', () => {
    expect(toMarkup(['Cats & dogs'])).toBe('Cats & dogs');
    expect(fromMarkup('แมว & หมา &amp;', ['Cats & dogs'])).toEqual(['แมว & หมา &amp;']);
  });

  test('of any text comes back as it was, but for spaces beside pieces', () => {
    fc.assert(
      fc.property(text, (of) => {
        const back = fromMarkup(toMarkup(of), of);

        expect(flat(back)?.replaceAll(/\s/gu, '')).toBe(flat(of)?.replaceAll(/\s/gu, ''));
      }),
    );
  });
});

describe('a translation', () => {
  test('may put its pieces in another order', () => {
    expect(shown(fromMarkup(`${span('4', 7)} für ${span('api-prod', 3)} bitte`, scale))).toBe(
      '[4] für [api-prod] bitte',
    );
  });

  test('may write spans and entities in its own way', () => {
    const made = `d&#39;accord&nbsp;: <SPAN id='3' translate='no'> api-prod </SPAN > &agrave; <span id=7 translate=no>4</span>`;

    expect(shown(fromMarkup(made, scale))).toBe("d'accord\u0020: [api-prod] &agrave; [4]");
  });

  test.each([
    ['lost', `scale to ${span('4', 7)}`],
    ['doubled', `${span('api-prod', 3)} ${span('api-prod', 3)} ${span('4', 7)}`],
    ['altered', `scale ${span('API-prod', 3)} to ${span('4', 7)}`],
    ['renamed', `scale ${span('api-prod', 4)} to ${span('4', 7)}`],
    ['swapped', `scale ${span('4', 3)} to ${span('api-prod', 7)}`],
    ['torn', `scale <span translate="no" id="3">api-prod to ${span('4', 7)}`],
    ['added', `scale ${span('api-prod', 3)} to ${span('4', 7)}<span>`],
    ['nested', `<span id="3">${span('api-prod', 3)}</span> ${span('4', 7)}`],
    ['and all words lost', `${span('api-prod', 3)} ${span('4', 7)}`],
  ])('with a piece %s is none', (_, made) => {
    expect(fromMarkup(made, scale)).toBeUndefined();
  });

  test.each([
    ['a number changed', ['wait 5 minutes'], 'รอ 15 นาที'],
    ['a number lost', ['from 2 to 4'], 'เป็น 4'],
    ['a number added', ['wait'], 'รอ 3 นาที'],
  ])('with %s is none', (_, of, made) => {
    expect(fromMarkup(made, of)).toBeUndefined();
  });

  test.each([
    ['digits of its own', ['wait 5 of 12 minutes'], 'รอ ๕ จาก ๑๒ นาที'],
    ['digits grouped in its own way', ['1,000 in all'], 'insgesamt 1.000'],
    ['numbers in another order', ['2 of 5'], '5 มี 2'],
  ])('may have %s', (_, of, made) => {
    expect(fromMarkup(made, of)).toEqual([made]);
  });

  test('into English may have digits for number words, and loses none', () => {
    const said: Segment[] = ['ปรับขนาด ', { keep: 'api', id: 0 }, ' เป็นสอง'];

    expect(shown(fromMarkup(`scale ${span('api', 0)} to 2`, said, { moreNumbers: true }))).toBe('scale [api] to 2');
    expect(fromMarkup('scale to 2', ['เป็น 3'], { moreNumbers: true })).toBeUndefined();
  });

  test('gets the spaces back that stood beside a piece, where the language has spaces', () => {
    const of: Segment[] = ['the ', { keep: 'v42', id: 0 }, ' of ', { keep: 'api', id: 1 }, ' is new'];

    expect(shown(fromMarkup(`รุ่น${span('v42', 0)}${span('api', 1)}ใหม่`, of))).toBe('รุ่น [v42] [api] ใหม่');
    expect(shown(fromMarkup(`${span('api', 1)}의 ${span('v42', 0)}는 새것`, of))).toBe('[api]의 [v42]는 새것');
    expect(shown(fromMarkup(`${span('api', 1)}的${span('v42', 0)}是新的`, of))).toBe('[api]的[v42]是新的');
  });

  test('holds every piece exactly once or is none, whatever was done to the markup', () => {
    const harm = fc.array(
      fc.tuple(
        fc.constantFrom('cut', 'copy', 'insert', 'swap'),
        fc.nat(),
        fc.nat(),
        fc.constantFrom('<', '</span>', '<span>', 'x', '4'),
      ),
      { maxLength: 4 },
    );
    fc.assert(
      fc.property(text, harm, (of, harms) => {
        let made = toMarkup(of);
        for (const [kind, a, b, more] of harms) {
          const [from, to] = [a % (made.length + 1), b % (made.length + 1)].toSorted((x, y) => x - y) as [
            number,
            number,
          ];
          const part = made.slice(from, to);
          if (kind === 'cut') made = made.slice(0, from) + made.slice(to);
          if (kind === 'copy') made = made.slice(0, to) + part + made.slice(to);
          if (kind === 'insert') made = made.slice(0, from) + more + made.slice(from);
          if (kind === 'swap') made = part + made.slice(0, from) + made.slice(to);
        }

        const back = fromMarkup(made, of);

        expect(back === undefined ? [] : [kept(back)]).toEqual(back === undefined ? [] : [kept(of)]);
      }),
      { numRuns: 500 },
    );
  });
});
