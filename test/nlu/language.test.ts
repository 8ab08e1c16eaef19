import { describe, expect, test } from 'vitest';
import { languageOf as languageIn } from '../../src/nlu/language.ts';
import { vocabularies } from '../../src/nlu/lexicon.ts';
import { intents } from './reading.ts';

const locales = ['de-DE', 'en-US', 'fr-FR', 'ja-JP', 'ko-KR', 'zh-CN'];
const known = vocabularies(intents);
const languageOf = (text: string, among: string[], fallback: string) => languageIn(text, among, fallback, known);

describe('the language of a text', () => {
  test.each([
    ['api-prod 상태 어때', 'ko-KR'],
    ['scale api-prod 4 8 로 해줘', 'ko-KR'],
    ['api-prodを増やして', 'ja-JP'],
    ['扩容 api-prod', 'zh-CN'],
    ['please show me the status of the service', 'en-US'],
    ['wie geht es dem Dienst heute, bitte zeige mir den Zustand', 'de-DE'],
    ['montre-moi la santé du service de paiement', 'fr-FR'],
  ])('%s', async (text, locale) => {
    expect(await languageOf(text, locales, 'en-US')).toBe(locale);
  });

  test('too few words stay in the language already spoken', async () => {
    expect(await languageOf('api-prod', locales, 'de-DE')).toBe('de-DE');
    expect(await languageOf('api-prod v1.2.3 4 12', locales, 'fr-FR')).toBe('fr-FR');
  });

  test('a script without words of its own is named, not guessed at', async () => {
    expect(await languageOf('扩容', ['en-US', 'ko-KR'], 'ko-KR')).toBe('zh');
    expect(await languageOf('ปรับ api-prod เป็น 5', locales, 'en-US')).toBe('th');
    expect(await languageOf('hãy cho tôi xem trạng thái của api-prod ngay bây giờ', locales, 'en-US')).toBe('vi');
  });
});
