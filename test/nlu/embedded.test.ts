import { describe, expect, test } from 'vitest';
import { embedded } from '../../src/nlu/embedded.ts';
import { intents } from './reading.ts';

describe('the embedded recognizer', () => {
  test('gives the same scores to the same words, whoever trained it', async () => {
    const texts = ['how is target', 'please deploy version to target', 'good morning'];
    for (const text of texts) {
      const first = await embedded({ intents }).recognize(text, 'en-US');
      expect(await embedded({ intents }).recognize(text, 'en-US')).toEqual(first);
    }
  });

  test('knows a sentence of its own for certain, with or without spaces', async () => {
    const engine = embedded({ intents });
    expect((await engine.recognize('target 상태 어때?', 'ko-KR'))[0]).toEqual({ intent: 'Status', confidence: 1 });
    expect((await engine.recognize('target상태어때', 'ko-KR'))[0]).toEqual({ intent: 'Status', confidence: 1 });
  });

  test('answers at most five, best first, and nothing for nothing or for an unknown locale', async () => {
    const engine = embedded({ intents });
    const found = await engine.recognize('deploy or roll back or scale target', 'en-US');
    expect(found.length).toBeLessThanOrEqual(5);
    expect(found).toEqual(found.toSorted((a, b) => b.confidence - a.confidence));
    expect(await engine.recognize('?!', 'en-US')).toEqual([]);
    expect(await engine.recognize('status', 'xx-XX')).toEqual([]);
  });
});
