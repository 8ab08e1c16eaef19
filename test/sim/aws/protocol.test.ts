import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { awsError } from '../../../src/sim/aws/errors.ts';
import { page } from '../../../src/sim/aws/params.ts';
import { toWire } from '../../../src/sim/aws/protocol-json.ts';
import { queryAnswer, queryError, readForm } from '../../../src/sim/aws/protocol-query.ts';

describe('the Query protocol', () => {
  it('reads nested members and numbered lists', () => {
    const form = 'Action=X&A.member.1=a&A.member.2=b&B.member.1.Name=n&B.member.1.Value=v%20w&C=1&D=';

    expect(readForm(form)).toEqual({ Action: 'X', A: ['a', 'b'], B: [{ Name: 'n', Value: 'v w' }], C: '1', D: '' });
  });

  it('reads a list of any length in its order', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 30 }), (values) => {
        const form = new URLSearchParams(
          Object.fromEntries(values.map((value, index) => [`L.member.${index + 1}`, value])),
        );

        expect(readForm(form.toString())).toEqual({ L: values });
      }),
    );
  });

  it('never lets a value break out of its element', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value) => {
        const { body } = queryAnswer('urn:x', 'Do', { Value: value }, 'id');

        const inner = /<Value>(.*)<\/Value>/su.exec(body)?.[1] ?? '';
        expect(inner).not.toMatch(/[<>]|[^\P{Cc}\t\n\r]/u);
        expect(body.match(/<\/Value>/gu)).toHaveLength(1);
      }),
    );
  });

  it('writes dates, lists and errors as AWS does', () => {
    const at = new Date('2026-11-23T11:32:00.5Z');

    expect(queryAnswer('urn:x', 'Do', { At: at, List: [1, 'a'], None: undefined }, 'id').body).toBe(
      '<DoResponse xmlns="urn:x"><DoResult><At>2026-11-23T11:32:00.500Z</At><List><member>1</member><member>a</member></List></DoResult><ResponseMetadata><RequestId>id</RequestId></ResponseMetadata></DoResponse>',
    );
    const error = queryError('urn:x', awsError('Throttling', 'Rate <exceeded>'), 'id');
    expect(error.body).toMatch('<Type>Sender</Type><Code>Throttling</Code><Message>Rate &lt;exceeded&gt;</Message>');
  });
});

describe('the JSON protocol', () => {
  it('writes dates as epoch seconds and leaves absent members out', () => {
    expect(toWire({ at: new Date(1_500), none: undefined, list: [{ at: new Date(0) }] })).toEqual({
      at: 1.5,
      list: [{ at: 0 }],
    });
  });
});

describe('pages', () => {
  it('hold everything once, in order, whatever their size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer()), fc.integer({ min: 1, max: 20 }), (all, size) => {
        const seen: number[] = [];
        let token: string | undefined;
        do {
          const found = page(all, size, token);
          expect(found.page.length).toBeLessThanOrEqual(size);
          seen.push(...found.page);
          token = found.next;
        } while (token !== undefined);

        expect(seen).toEqual(all);
      }),
    );
  });
});
