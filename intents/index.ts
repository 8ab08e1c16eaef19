// Loads every locale's words, and refuses all of them with every fault at once when one is wrong.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import type { Locale } from './catalog.ts';
import { replies as catalogOfReplies } from './replies.ts';
import { checkSentences, type Fault, type Sentences } from './sentences.ts';

export type { Fault, Sentences } from './sentences.ts';

/** What people can say, without what the bot answers: all that understanding needs. */
export type Wording = { locales: readonly Locale[]; sentences: Readonly<Record<Locale, Sentences>> };
export type Intents = Wording & { replies: Readonly<Record<Locale, Readonly<Record<string, string>>>> };

/** Every fault of every file: `file, key, reason`. */
export class IntentsError extends Error {
  readonly faults: readonly Fault[];
  constructor(faults: readonly Fault[]) {
    super(faults.map((it) => `${it.file}, ${it.key}, ${it.reason}`).join('\n'));
    this.name = 'IntentsError';
    this.faults = faults;
  }
}

const here = dirname(fileURLToPath(import.meta.url));

/** Words of all locales. Throws an IntentsError naming every fault. */
export function loadIntents(folder = here): Intents {
  const faults: Fault[] = [];
  const wording = readWording(folder, faults);
  const replies: Record<Locale, Record<string, string>> = {};
  for (const locale of wording.locales) {
    replies[locale] = readReplies(folder, locale, wording.sentences[locale]?.lacks ?? [], faults);
  }
  if (faults.length > 0) throw new IntentsError(faults);
  return { ...wording, replies };
}

/** The sentences of all locales alone. Throws an IntentsError naming every fault. */
export function loadWording(folder = here): Wording {
  const faults: Fault[] = [];
  const wording = readWording(folder, faults);
  if (faults.length > 0) throw new IntentsError(faults);
  return wording;
}

function readWording(folder: string, faults: Fault[]): Wording {
  const locales = readdirSync(folder, { withFileTypes: true })
    .filter((it) => it.isDirectory() && /^[a-z]{2,3}-[A-Z]{2}$/.test(it.name))
    .map((it) => it.name)
    .toSorted();
  const sentences: Record<Locale, Sentences> = {};
  for (const locale of locales) {
    const file = join(folder, locale, 'sentences.yaml');
    const checked = checkSentences(shown(folder, file), readYaml(folder, file, faults));
    faults.push(...checked.faults);
    if (checked.sentences) sentences[locale] = checked.sentences;
  }
  return { locales, sentences };
}

function readReplies(
  folder: string,
  locale: Locale,
  lacks: readonly string[],
  faults: Fault[],
): Record<string, string> {
  const path = join(folder, locale, 'replies.yaml');
  const file = shown(folder, path);
  const data = readYaml(folder, path, faults) ?? {};
  const fault = (key: string, reason: string): void => void faults.push({ file, key, reason });
  const known = catalogOfReplies as Readonly<Record<string, Readonly<Record<string, string>>>>;
  for (const [key, text] of Object.entries(data)) {
    const wanted = known[key];
    if (!wanted) fault(key, 'is not a reply');
    else if (typeof text !== 'string') fault(key, 'must be text');
    else for (const name of argumentsOf(text)) if (!(name in wanted)) fault(key, `{${name}} is not an argument`);
  }
  for (const key of Object.keys(known)) {
    if (key in data === lacks.includes(key))
      fault(key, key in data ? 'is listed as lacking but is there' : 'is missing');
  }
  for (const key of lacks) if (!(key in known)) fault(key, 'is listed as lacking but is no reply');
  return data as Record<string, string>;
}

/** Names of the arguments of an ICU message; braces of plural and select branches hold text again. */
export function argumentsOf(message: string): string[] {
  const found = new Set<string>();
  let depth = 0;
  for (let at = 0; at < message.length; at += 1) {
    const char = message[at];
    if (char === '{' && depth % 2 === 0) {
      const name = /^\s*([\w-]+)/.exec(message.slice(at + 1, at + 60))?.[1];
      if (name) found.add(name);
    }
    depth += char === '{' ? 1 : char === '}' ? -1 : 0;
  }
  return [...found];
}

function readYaml(folder: string, path: string, faults: Fault[]): Record<string, unknown> | undefined {
  const file = shown(folder, path);
  if (!existsSync(path)) {
    faults.push({ file, key: '', reason: 'is missing' });
    return undefined;
  }
  const document = parseDocument(readFileSync(path, 'utf8'), { prettyErrors: true });
  for (const error of document.errors) faults.push({ file, key: '', reason: error.message.split('\n')[0]! });
  return document.errors.length > 0 ? undefined : (document.toJS() as Record<string, unknown>);
}

function shown(folder: string, path: string): string {
  return relative(dirname(folder), path);
}
