import { describe, expect, test, vi } from 'vitest';
import { PlatformError } from '../../src/core/errors.ts';
import { lexWarnings } from '../../src/nlu/lex.ts';
import { testClock } from '../clock.ts';
import { driver, simulatedLex } from './simulated-lex.ts';

const silent = { ...testClock(), after: () => () => undefined };
const failure = (work: Promise<unknown>) =>
  work.then(
    () => expect.fail('it answered'),
    (error: unknown) => error as PlatformError,
  );

describe('a simulated Lex', () => {
  test('says the intent of a sentence, with the slots of the best one only', async () => {
    const { recognizer, lines, control } = await simulatedLex();

    const found = await recognizer.recognize('scale target to 6', 'en-US');

    expect(found[0]).toMatchObject({ intent: 'Scale', slots: { target: { said: 'target', value: 'target' } } });
    expect(found.slice(1).filter(({ slots }) => slots)).toEqual([]);
    expect(control.calls()).toMatchObject([{ operation: 'RecognizeText', region: 'eu-west-1', status: 200 }]);
    expect(lines).toEqual([
      { message: 'Lex answered', fields: expect.objectContaining({ locale: 'en_US', intent: 'Scale', source: 'Lex' }) },
    ]);
  });

  test('gives guesses where its fallback comes first', async () => {
    const { recognizer } = await simulatedLex();

    const found = await recognizer.recognize('where shall we go and have some lunch today', 'en-US');

    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(({ confidence = 1 }) => confidence >= 0.4)).toEqual([]);
  });

  test('may leave scores out', async () => {
    const { recognizer, control } = await simulatedLex();
    control.fault({ service: 'lex', kind: 'no-score' });

    const found = await recognizer.recognize('target를 6대로 늘려줘', 'ko-KR');

    expect(found[0]?.intent).toBe('Scale');
    expect(found.filter((it) => 'confidence' in it)).toEqual([]);
  });

  test('reads the first 1,024 characters, without half of one', async () => {
    const { recognizer, control } = await simulatedLex();

    await recognizer.recognize(`a${'😀'.repeat(600)}`, 'en-US');

    const [call] = control.calls();
    expect(call?.status).toBe(200);
    expect(String(call?.params['text'])).toHaveLength(1024);
    expect(String(call?.params['text']).isWellFormed()).toBe(true);
  });
});

describe('what goes wrong', () => {
  test.each([
    ['throttle', 'throttled', 'ThrottlingException'],
    ['conflict', 'busy', 'ConflictException'],
    ['dependency', 'invalid', 'DependencyFailedException'],
    ['error', 'broken', 'InternalServerException'],
    ['deny', 'denied', 'AccessDeniedException'],
    ['garbage', 'broken', 'SyntaxError'],
    ['timeout-before', 'unreachable', expect.any(String)],
    ['timeout-after', 'unreachable', expect.any(String)],
  ] as const)('%s is told once, and not tried again', async (kind, reason, code) => {
    const { recognizer, control } = await simulatedLex();
    control.fault({ service: 'lex', kind });

    const error = await failure(recognizer.recognize('help', 'en-US'));

    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ platform: 'lex', operation: 'RecognizeText', reason, code, unsure: false });
    expect(control.calls()).toHaveLength(1);
  });

  test('an answer later than 1.5 s is not waited for', async () => {
    const clock = testClock();
    const { recognizer, control } = await simulatedLex({ clock });
    control.fault({ service: 'lex', kind: 'latency', ms: 60_000 });
    const waiting = failure(recognizer.recognize('help', 'en-US'));
    await vi.waitFor(() => expect(control.calls()).toHaveLength(1));

    await clock.advance(1499);
    expect(await Promise.race([waiting, Promise.resolve('still waiting')])).toBe('still waiting');
    await clock.advance(1);

    expect(await waiting).toMatchObject({ reason: 'timeout' });
  });

  test('a locale that Lex has not is not asked about', async () => {
    const { recognizer, control } = await simulatedLex();

    expect(await failure(recognizer.recognize('สวัสดี', 'th-TH'))).toMatchObject({ code: 'NoSuchLocale' });
    expect(control.calls()).toEqual([]);
  });

  test('the forty-first at once is refused, and there is room again after', async () => {
    const { recognizer, control } = await simulatedLex();
    const all = Array.from({ length: 40 }, () => recognizer.recognize('help', 'en-US'));

    expect(await failure(recognizer.recognize('help', 'en-US'))).toMatchObject({ reason: 'throttled' });
    await Promise.all(all);
    await recognizer.recognize('help', 'en-US');

    expect(control.calls().map(({ status }) => status)).toEqual(Array.from({ length: 41 }, () => 200));
  });
});

/** Three failures behind it, and well again. */
async function broken() {
  const clock = testClock();
  const { recognizer, control } = await simulatedLex({ clock });
  const ask = (locale = 'en-US') => recognizer.recognize('help', locale);
  control.fault({ service: 'lex', kind: 'error', times: 3 });
  for (let time = 0; time < 3; time += 1) await failure(ask());
  return { clock, control, ask };
}

describe('after three failures in a row', () => {
  test('it is left alone for half a minute, then asked again', async () => {
    const { clock, control, ask } = await broken();

    await clock.advance(29_999);
    expect(await failure(ask())).toMatchObject({ code: 'Resting', reason: 'unreachable' });
    expect(control.calls()).toHaveLength(3);
    await clock.advance(1);

    expect((await ask())[0]?.intent).toBe('Help');
  });

  test('one more failure is enough for another rest', async () => {
    const { clock, control, ask } = await broken();
    await clock.advance(30_000);
    control.fault({ service: 'lex', kind: 'error', times: 1 });

    await failure(ask());

    expect(await failure(ask())).toMatchObject({ code: 'Resting' });
  });

  test('other languages go on', async () => {
    const { ask } = await broken();

    expect(await ask('ko-KR')).not.toEqual([]);
  });

  test('an answer in between starts the count anew', async () => {
    const { recognizer, control } = await simulatedLex();
    for (let time = 0; time < 2; time += 1) {
      control.fault({ service: 'lex', kind: 'throttle', times: 2 });
      for (let failed = 0; failed < 2; failed += 1) await failure(recognizer.recognize('help', 'en-US'));
      await recognizer.recognize('help', 'en-US');
    }

    expect(control.calls()).toHaveLength(6);
  });
});

test('what stands in the way of Lex is said at the start', () => {
  expect(lexWarnings('OPSJACKLIV', ['en-US', 'ko-KR'], 'off')).toEqual([]);
  expect(lexWarnings('TSTALIASID', ['en-US'], 'off')).toEqual([expect.stringContaining('TSTALIASID')]);
  expect(lexWarnings('OPSJACKLIV', ['en-US', 'th-TH'], 'off')).toEqual([expect.stringContaining('th-TH')]);
  expect(lexWarnings('OPSJACKLIV', ['en-US', 'th-TH'], 'primary')).toEqual([]);
});

test('a driver that cannot be reached is a PlatformError', async () => {
  vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:9');
  const { recognizer } = driver({ clock: silent });

  expect(await failure(recognizer.recognize('help', 'en-US'))).toMatchObject({ reason: 'unreachable' });
});
