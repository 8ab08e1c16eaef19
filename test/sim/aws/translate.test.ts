import { TranslateTextCommand, type TranslateTextCommandInput } from '@aws-sdk/client-translate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { translated } from '../../../src/sim/aws/translate-html.ts';
import { languages } from '../../../src/sim/aws/translate-types.ts';
import { account, type Account } from './account.ts';

const span = (inside: string) => `<span translate="no">${inside}</span>`;

/** What must come through any translation. */
function kept(text: string): string[] {
  return text.match(/<span translate="no">.*?<\/span>|\d+|&amp;|\n/gu) ?? [];
}

function ask(on: Account, Text: string, from: string, to: string, more: Partial<TranslateTextCommandInput> = {}) {
  const input = { Text, SourceLanguageCode: from, TargetLanguageCode: to, ...more };
  return on.translate.send(new TranslateTextCommand(input));
}

async function words(on: Account, text: string, from: string, to: string): Promise<string | undefined> {
  return (await ask(on, text, from, to)).TranslatedText;
}

describe('into English', () => {
  it.each([
    ['th', `ช่วยปรับขนาด ${span('target')} เป็น ${span('4')} หน่อยครับ`, `scale ${span('target')} to ${span('4')}`],
    ['th', 'ดีพลอย v42 ไปที่ api-prod', 'deploy v42 to api-prod'],
    [
      'th',
      `อย่าดีพลอย ${span('version')} ไปที่ ${span('target')}`,
      `do not deploy ${span('version')} to ${span('target')}`,
    ],
    ['th', `เราควรย้อนกลับ ${span('target')} ไหม`, `should we roll back ${span('target')}?`],
    ['th', 'มีอะไรไม่ปกติบ้าง', 'what is unhealthy'],
    ['vi', `trạng thái của ${span('target')} nhé`, `status of ${span('target')}`],
    ['vi', `đừng khôi phục ${span('target')}!`, `do not roll back ${span('target')}!`],
    ['vi', 'Xác nhận', 'confirm'],
    ['pt', `Por favor, reverta o ${span('target')}.`, `roll back ${span('target')}.`],
    [
      'id',
      `jangan deploy ${span('version')} ke ${span('target')}`,
      `do not deploy ${span('version')} to ${span('target')}`,
    ],
    ['it', `come sta ${span('target')}?`, `status of ${span('target')}?`],
  ])('from %s knows "%s"', async (language, text, english) => {
    expect(await words(await account(), text, language, 'en')).toBe(english);
  });

  it('keeps what it knows of a sentence it does not know, a negation above all', async () => {
    const on = await account();

    expect(await words(on, `ขออย่าดีพลอย ${span('target')} วันนี้`, 'th', 'en')).toMatch(
      /^‹en› .*do not deploy <span translate="no">target<\/span>/u,
    );
    expect(await words(on, `Hôm qua Minh đã triển khai ${span('target')}`, 'vi', 'en')).toMatch(
      /^‹en› yesterday .* deploy/u,
    );
  });
});

describe('out of English', () => {
  it('says what it knows in the other language', async () => {
    const on = await account();

    expect(await words(on, 'Confirm', 'en', 'vi')).toBe('Xác nhận');
    expect(await words(on, `${span('api-prod')} is healthy.`, 'en', 'th')).toBe(`${span('api-prod')} ปกติดี.`);
  });

  it('changes everything else so that one sees it, with spans, tags, entities, digits and marks in place', async () => {
    const text = `Scaling ${span('api-prod')} from 2 to <b>4</b> &lt;tasks&gt; & more!`;

    expect(await words(await account(), text, 'en', 'th')).toBe(
      `‹th› Sçälïñg ${span('api-prod')} fröm 2 tö <b>4</b> &lt;täškš&gt; &amp; mörë!`,
    );
  });

  it('leaves plain text without tags plain', async () => {
    expect(await words(await account(), 'Cats & dogs', 'en', 'vi')).toBe('‹vi› Cätš & dögš');
  });

  it('never loses a span, a digit or a line, and never leaves letters as they are', () => {
    const word = fc.constantFrom('deploy', 'the', 'Service', '12', '3.5%', '&amp;', '—', span('a.b. c'), span('7'));
    fc.assert(
      fc.property(fc.array(fc.array(word, { minLength: 1 }), { minLength: 1, maxLength: 4 }), (lines) => {
        const text = lines.map((one) => one.join(' ')).join('\n');
        const out = translated(text, 'en', 'vi');

        expect(kept(out)).toEqual(kept(text));
        expect(out === text).toBe(!/deploy|the|Service/u.test(text));
      }),
    );
  });
});

describe('what Translate refuses', () => {
  it('is more than 10,000 bytes, not characters', async () => {
    const on = await account();

    await expect(ask(on, 'ก'.repeat(3333), 'th', 'en')).resolves.toBeDefined();
    await expect(ask(on, 'ก'.repeat(3334), 'th', 'en')).rejects.toMatchObject({
      name: 'TextSizeLimitExceededException',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('is a pair it does not have, named by its codes', async () => {
    await expect(ask(await account(), 'hi', 'en', 'xx')).rejects.toMatchObject({
      name: 'UnsupportedLanguagePairException',
      SourceLanguageCode: 'en',
      TargetLanguageCode: 'xx',
    });
  });

  it('is no text, a setting that does not exist, and a terminology nobody imported', async () => {
    const on = await account();

    await expect(ask(on, '', 'en', 'th')).rejects.toMatchObject({ name: 'InvalidRequestException' });
    const odd = { Settings: { Formality: 'ODD' as 'FORMAL' } };
    await expect(ask(on, 'hi', 'en', 'ja', odd)).rejects.toMatchObject({ name: 'InvalidRequestException' });
    await expect(ask(on, 'hi', 'en', 'th', { TerminologyNames: ['ops'] })).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('is a language it is to detect and cannot', async () => {
    const on = await account();

    await expect(ask(on, 'สถานะ', 'auto', 'en')).resolves.toMatchObject({ SourceLanguageCode: 'th' });
    await expect(ask(on, 'status', 'auto', 'vi')).rejects.toMatchObject({
      name: 'DetectedLanguageLowConfidenceException',
    });
  });
});

describe('settings', () => {
  it('are taken, and formality applied only where the language has it', async () => {
    const on = await account();
    const settings = { Settings: { Formality: 'FORMAL', Profanity: 'MASK' } } as const;

    expect((await ask(on, 'hello', 'en', 'ja', settings)).AppliedSettings).toEqual(settings.Settings);
    expect((await ask(on, 'hello', 'en', 'th', settings)).AppliedSettings).toEqual({ Profanity: 'MASK' });
  });
});

describe('characters', () => {
  it('are counted by pair, but not of a text in its own language', async () => {
    const on = await account();
    await ask(on, 'สถานะ', 'th', 'en');
    await ask(on, 'hello', 'en', 'th');
    await ask(on, 'hello', 'en', 'en');

    expect(on.control.translations()).toEqual({
      total: { requests: 2, characters: 10 },
      pairs: { 'th-en': { requests: 1, characters: 5 }, 'en-th': { requests: 1, characters: 5 } },
    });
    on.control.reset();
    expect(on.control.translations().total).toEqual({ requests: 0, characters: 0 });
  });
});

describe('a protected part', () => {
  it.each([
    ['span-lost', `‹vi› Dëplöÿ tö ${span('b')} ñöw`],
    ['span-moved', `${span('api')} ‹vi› Dëplöÿ tö ${span('b')} ñöw`],
    ['span-doubled', `‹vi› Dëplöÿ ${span('api')} ${span('api')} tö ${span('b')} ñöw`],
    ['span-translated', `‹vi› Dëplöÿ ${span('äpï')} tö ${span('b')} ñöw`],
    ['span-spaced', `‹vi› Dëplöÿ  ${span(' api ')}  tö ${span('b')} ñöw`],
  ] as const)('suffers %s when asked to, once', async (kind, spoilt) => {
    const on = await account();
    on.control.fault({ service: 'translate', kind, times: 1 });
    const text = `Deploy ${span('api')} to ${span('b')} now`;

    expect(await words(on, text, 'en', 'vi')).toBe(spoilt);
    expect(await words(on, text, 'en', 'vi')).toBe(`‹vi› Dëplöÿ ${span('api')} tö ${span('b')} ñöw`);
  });

  it('is not touched by a fault of another service', async () => {
    const on = await account();
    on.control.fault({ kind: 'no-score' });

    expect(await words(on, 'Confirm', 'en', 'vi')).toBe('Xác nhận');
  });
});

describe('languages', () => {
  it('are the seventy-five of the service', () => {
    expect(new Set(languages).size).toBe(75);
  });
});
