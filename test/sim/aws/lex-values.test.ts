import { describe, expect, it } from 'vitest';
import { date, duration, number, time } from '../../../src/sim/aws/lex-values.ts';

const now = Date.parse('2026-11-23T11:32:00Z');

describe('a built-in type', () => {
  it.each([
    [number, 'en_US', 'make it 12 please', '12'],
    [number, 'en_US', 'four', '4'],
    [number, 'ko_KR', '두 대', '2'],
    [number, 'ja_JP', '三台', '3'],
    [number, 'zh_CN', '两台', '2'],
    [number, 'de_DE', 'drei', '3'],
    [number, 'fr_FR', 'deux', '2'],
    [number, 'es_ES', 'cinco', '5'],
    [date, 'ko_KR', '내일', '2026-11-24'],
    [date, 'ja_JP', '昨日', '2026-11-22'],
    [date, 'zh_CN', '今天', '2026-11-23'],
    [date, 'de_DE', 'morgen', '2026-11-24'],
    [date, 'fr_FR', 'demain', '2026-11-24'],
    [date, 'es_ES', 'mañana', '2026-11-24'],
    [date, 'en_US', 'on 2026-12-01', '2026-12-01'],
    [time, 'en_US', '5pm', '17:00'],
    [time, 'en_US', '9 in the morning', '09:00'],
    [time, 'ko_KR', '오후 5시 30분', '17:30'],
    [time, 'ja_JP', '午後3時', '15:00'],
    [time, 'zh_CN', '下午3点', '15:00'],
    [time, 'de_DE', '17 Uhr', '17:00'],
    [time, 'fr_FR', '17h30', '17:30'],
    [duration, 'en_US', 'for two days', 'P2D'],
    [duration, 'ko_KR', '2시간', 'PT2H'],
    [duration, 'ja_JP', '30分', 'PT30M'],
    [duration, 'zh_CN', '2个小时', 'PT2H'],
    [duration, 'de_DE', '3 Stunden', 'PT3H'],
    [duration, 'fr_FR', '10 minutes', 'PT10M'],
    [duration, 'es_ES', '2 semanas', 'P2W'],
  ])('%o reads in %s "%s" as %s', (read, locale, text, value) => {
    expect(read(text, locale, now)?.value).toBe(value);
  });

  it.each([
    [number, 'v1.42'],
    [number, 'api-2'],
    [number, 'someone'],
    [date, 'soon'],
    [time, '5'],
    [time, 'at 42 in the evening'],
    [duration, '2'],
  ])('%o reads nothing in "%s"', (read, text) => {
    expect(read(text, 'en_US', now)).toBeUndefined();
  });
});
