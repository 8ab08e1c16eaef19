import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { argumentsOf, IntentsError, loadIntents, loadWording, type Fault } from '../../intents/index.ts';

const source = join(import.meta.dirname, '../../intents');
let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'intents-')), 'intents');
  cpSync(source, folder, { recursive: true });
});
afterEach(() => rmSync(join(folder, '..'), { recursive: true }));

function change(file: string, edit: (text: string) => string): void {
  const path = join(folder, file);
  writeFileSync(path, edit(readFileSync(path, 'utf8')));
}

function faults(): readonly Fault[] {
  try {
    loadWording(folder);
  } catch (error) {
    if (error instanceof IntentsError) return error.faults;
    throw error;
  }
  return [];
}

test('the words in the repository are whole', () => {
  const { locales, sentences, replies } = loadIntents();
  expect(locales).toEqual(expect.arrayContaining(['en-US', 'ko-KR']));
  expect(Object.keys(sentences)).toEqual(locales);
  expect(Object.keys(replies)).toEqual(locales);
});

describe('every fault is reported at once, as file, key and reason', () => {
  test('in sentences', () => {
    change('en-US/sentences.yaml', (text) =>
      text.replace(
        '  Whoami:',
        "  Dance:\n    - 'dance'\n  Whoami:\n    - 'who is {nobody}'\n    - '(broken'\n    - '<nothing>'",
      ),
    );
    change('ko-KR/sentences.yaml', (text) => text.replace('joined: true', 'joined: maybe'));

    expect(faults()).toEqual([
      { file: 'intents/en-US/sentences.yaml', key: 'intents.Dance', reason: 'is not in the catalog' },
      {
        file: 'intents/en-US/sentences.yaml',
        key: 'intents.Whoami',
        reason: '{nobody} is not a slot here, in "who is {nobody}"',
      },
      { file: 'intents/en-US/sentences.yaml', key: 'intents.Whoami', reason: 'missing ")" in "(broken"' },
      { file: 'intents/en-US/sentences.yaml', key: 'intents.Whoami', reason: 'no rule <nothing>, used in "<nothing>"' },
      { file: 'intents/ko-KR/sentences.yaml', key: 'joined', reason: 'must be true or false' },
    ]);
  });

  test('in YAML that is none', () => {
    writeFileSync(join(folder, 'en-US/sentences.yaml'), 'rules: [');
    expect(faults()[0]).toMatchObject({ file: 'intents/en-US/sentences.yaml', key: '' });
  });

  test('in a file that is missing', () => {
    rmSync(join(folder, 'ko-KR/sentences.yaml'));
    expect(faults()).toContainEqual({ file: 'intents/ko-KR/sentences.yaml', key: '', reason: 'is missing' });
  });

  test('in replies, the message naming each', () => {
    change('ko-KR/replies.yaml', (text) => `${text}\nno.such: x\n`);
    change('en-US/replies.yaml', (text) => text.replace(/^error\.bug:/m, 'error.bugs:'));

    expect(() => loadIntents(folder)).toThrow(/en-US\/replies.yaml, error.bugs, is not a reply/);
    expect(() => loadIntents(folder)).toThrow(/en-US\/replies.yaml, error.bug, is missing/);
    expect(() => loadIntents(folder)).toThrow(/ko-KR\/replies.yaml, no.such, is not a reply/);
  });

  test('a reply may be lacking only where it is listed', () => {
    change('ko-KR/replies.yaml', (text) => text.replace(/^error\.bug:.*\n/m, ''));
    expect(() => loadIntents(folder)).toThrow(/ko-KR\/replies.yaml, error.bug, is missing/);

    change('ko-KR/sentences.yaml', (text) => text.replace('lacks: []', 'lacks: [error.bug]'));
    expect(() => loadIntents(folder)).not.toThrow();
  });
});

test('arguments of a message are found outside its branches', () => {
  expect(argumentsOf('{count, plural, one {# task of {target}} other {{count} tasks}} at {time}')).toEqual([
    'count',
    'target',
    'time',
  ]);
});
