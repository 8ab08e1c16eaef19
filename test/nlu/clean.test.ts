import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clean } from '../../src/nlu/clean.ts';

describe('clean', () => {
  test.each([
    ['<@U0BOT> status api-prod', 'status api-prod'],
    ['<@U0BOT|ops> status <#C1|ops> api-prod <!here> <!subteam^S1|@team>', 'status api-prod'],
    ['scale api-prod &gt; 4 &amp; go', 'scale api-prod > 4 & go'],
    ['deploy <http://registry.example.com|registry.example.com>/app:1.2', 'deploy registry.example.com/app:1.2'],
    ['deploy <https://shop.example.com/x>', 'deploy shop.example.com/x'],
    ['mail <mailto:a@example.com|a@example.com>', 'mail a@example.com'],
    ['scale “api-prod” to ‘4’', `scale "api-prod" to '4'`],
    ['scale api-prod —max 4', 'scale api-prod --max 4'],
    ['scale api-prod 4–12', 'scale api-prod 4-12'],
    ['scale\u00A0api-prod\u200B 4', 'scale api-prod 4'],
    ['api\u200B-prod\u202E', 'api-prod'],
    ['scale api-prod to １２', 'scale api-prod to 12'],
    ['scale api-prod to ٣', 'scale api-prod to 3'],
    ['*scale* _api-prod_ to `4`', `scale api-prod to '4'`.replaceAll("'", "'")],
    ['deploy release_2026-11-20 to api_prod_2', 'deploy release_2026-11-20 to api_prod_2'],
    ['> scale api-prod to 4', ''],
    ['&gt; scale api-prod to 4\nwhat is this', 'what is this'],
    ['hm\n&gt;&gt;&gt; scale api-prod\nto 4', 'hm'],
    ['```\nscale api-prod 4\nscale api-prod 5\n``` look', 'look'],
    ['~scale api-prod to 4~', ''],
    [':rocket: deploy 1.2 :tada:', 'deploy 1.2'],
    ['deploy api &lt;!channel&gt;', 'deploy api'],
    ['ㅋㅋㅋ', 'ㅋㅋㅋ'],
    ['한글'.normalize('NFD'), '한글'],
    ['<@U1> <@U2>', ''],
  ])('%j reads %j', (raw, text) => {
    expect(clean(raw)).toBe(text);
  });

  test('a text too long to be a request is nothing', () => {
    expect(clean(`scale api-prod to 4 ${'really '.repeat(1000)}`)).toBe('');
  });

  test('any text becomes one line without invisible characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (raw) => {
        expect(clean(raw)).not.toMatch(/[\n\r\t\u200B\u202E\uE000\uE001]|^ | $/u);
      }),
    );
  });

  test('names and versions survive byte for byte', () => {
    const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(-[a-z0-9]{1,6}){1,3}$/);
    const version = fc.stringMatching(/^v?[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}(-rc\.[0-9])?(\+build[0-9])?$/);
    fc.assert(
      fc.property(name, version, (one, other) => {
        expect(clean(`<@U1> deploy ${one} ${other}를`)).toBe(`deploy ${one} ${other}를`);
      }),
    );
  });
});
