import { describe, expect, test } from 'vitest';
import { languageOf } from '../../src/nlu/language.ts';

const locales = ['de-DE', 'en-US', 'fr-FR', 'ja-JP', 'ko-KR', 'zh-CN'];

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

  test('a script without words falls back to what can be read', async () => {
    expect(await languageOf('扩容', ['en-US', 'ko-KR'], 'ko-KR')).toBe('en-US');
  });
});
