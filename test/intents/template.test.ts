import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { draw, expand, parseTemplate, slotsOf, toPattern } from '../../intents/template.ts';

const sentences = (text: string, rules = {}) => expand(parseTemplate(text, rules), (slot) => slot.toUpperCase());

describe('templates', () => {
  test('optional parts, alternatives, slots and rules expand to sentences', () => {
    expect(sentences('[please] (scale|grow) {target}')).toEqual([
      'please scale TARGET',
      'please grow TARGET',
      'scale TARGET',
      'grow TARGET',
    ]);
    expect(sentences('<what> now', { what: '(a|b)' })).toEqual(['a now', 'b now']);
  });

  test('name their slots', () => {
    expect(slotsOf(parseTemplate('[{min}] (to|{max})'))).toEqual(['min', 'max']);
  });

  test.each(['(a', 'a)', '[a', '{a', '<a', 'a}', '<loop>'])('%s is refused', (text) => {
    expect(() => parseTemplate(text, { loop: 'x <loop>' })).toThrow(SyntaxError);
  });

  test('a pattern finds each sentence of its template', () => {
    const template = parseTemplate('[please] (scale|grow) {target} [to {n}|(up|down)]');
    const regex = new RegExp(`^${toPattern(template, (slot) => slot.toUpperCase(), ' ?')}$`);
    for (const text of expand(template, (slot) => slot.toUpperCase())) expect(text).toMatch(regex);
  });

  test('what is drawn is one of the sentences', () => {
    const template = parseTemplate('[a|b] (c|d [e]) f');
    const all = expand(template, () => '');
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 0.999, noNaN: true }), { minLength: 50, maxLength: 50 }),
        (numbers) => {
          let at = 0;
          for (const text of draw(
            template,
            () => '',
            3,
            () => numbers[at++ % 50]!,
          ))
            expect(all).toContain(text);
        },
      ),
    );
  });
});
