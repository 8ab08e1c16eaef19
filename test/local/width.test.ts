import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paint, span, textOf, widthOf, wrap, type Look } from '../../src/local/spans.ts';
import { cut, split, tame, width } from '../../src/local/width.ts';

/** Without the spaces that wrapping may take away. */
// White space of any kind may go at the end of a line.
const letters = (text: string): string => text.replaceAll(/\s/gu, '');
const anyText = fc.string({ unit: 'grapheme', maxLength: 60 });

describe('width', () => {
  it.each([
    ['api-prod', 8],
    ['최소 4', 6],
    ['🟢', 2],
    ['⚠️', 2],
    ['é', 1],
    ['한', 2],
    ['、', 2],
    ['👩‍👩‍👧', 2],
  ])('of %s is %i', (text, columns) => {
    expect(width(text)).toBe(columns);
  });

  it('never cuts a character in half and never exceeds what was asked', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 0, max: 20 }), (text, most) => {
        const tamed = tame(text);
        const [head, tail] = split(tamed, most);

        expect(head + tail).toBe(tamed);
        expect(width(head)).toBeLessThanOrEqual(most);
        expect(width(cut(tamed, most))).toBeLessThanOrEqual(most);
        expect(cut(tamed, most).isWellFormed()).toBe(true);
      }),
    );
  });

  it('takes escape sequences, control characters and direction marks out', () => {
    expect(tame('a\u001B[31mb\u001B]0;title\u0007\u0007c\rd\u202Ee\ttab')).toBe('abc de tab');
  });
});

describe('wrap', () => {
  it('breaks between words, indents what hangs over, and keeps no-break parts together', () => {
    const lines = wrap([span('Capacity', 'bold'), span(' min\u00A02\u00A0≤\u00A03 · all healthy')], 20, 2);

    expect(lines.map(textOf)).toEqual(['Capacity min 2 ≤ 3 ·', '  all healthy']);
  });

  it('breaks a word that is wider than the line', () => {
    expect(wrap([span('abcdefghij')], 4).map(textOf)).toEqual(['abcd', 'efgh', 'ij']);
  });

  it('keeps every line within the width and loses no letter', () => {
    const spans = fc.array(fc.tuple(anyText, fc.constantFrom<Look | undefined>('bold', 'dim', undefined)));
    fc.assert(
      fc.property(spans, fc.integer({ min: 8, max: 40 }), fc.integer({ min: 0, max: 4 }), (given, columns, hanging) => {
        const line = given.map(([text, look]) => span(text, look));

        const lines = wrap(line, columns, hanging);

        for (const one of lines) expect(widthOf(one)).toBeLessThanOrEqual(columns);
        expect(letters(lines.map(textOf).join(''))).toBe(letters(textOf(line)));
      }),
    );
  });
});

describe('paint', () => {
  it('adds colours only where they are wanted', () => {
    expect(paint([span('up', 'good')], true)).toContain('\u001B[');
    expect(paint([span('up', 'good')], false)).toBe('up');
  });
});
