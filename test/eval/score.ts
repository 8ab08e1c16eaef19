// How well a language is understood: every sentence of test/sentences/<locale>.yaml read by the real reader.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Slots } from '../../intents/catalog.ts';
import type { Reader } from '../../src/core/ports.ts';
import { outcomeOf } from '../../src/core/outcome.ts';

export type Row = [text: string, intent: string, slots: Slots, outcome: string];
/** `rows` ask something of the bot, `quiet` names changes that nobody asked for, `chatter` is not for the bot. */
export type Sentences = { targets: string[]; now: string; rows: Row[]; quiet: string[]; chatter: string[] };

export type Answer = {
  text: string;
  want?: unknown[];
  got: { intent: string | undefined; slots: Slots; outcome: string };
};
export type Score = {
  locale: string;
  rows: number;
  outside: number;
  /** Shares of the rows, 0 to 1: the intent is right; intent and all slots are; and what would follow is, too. */
  intent: number;
  exact: number;
  outcome: number;
  /** Share of the chatter that is left alone. */
  rejected: number;
  /** Changes planned where none was asked, or with other values than asked. */
  dangerous: Answer[];
  wrong: Answer[];
  answered: Answer[];
};

/** The sentences of a locale. */
export function sentencesOf(locale: string): Sentences {
  return parse(readFileSync(join(import.meta.dirname, '..', 'sentences', `${locale}.yaml`), 'utf8')) as Sentences;
}

/** Reads every sentence and counts. */
export async function score(locale: string, file: Sentences, reader: Reader): Promise<Score> {
  const read = async (text: string): Promise<Answer['got']> => {
    const reading = await reader.read(text, { targets: file.targets, language: locale });
    return { intent: reading.intent, slots: reading.slots, outcome: outcomeOf(reading, file.targets) };
  };
  const answers: (Answer & { row: Row })[] = [];
  for (const row of file.rows) answers.push({ text: row[0], want: row.slice(1), got: await read(row[0]), row });
  const quiet = await all(file.quiet, read);
  const chatter = await all(file.chatter, read);
  const share = (right: (answer: (typeof answers)[number]) => boolean) => answers.filter(right).length / answers.length;
  const isIntent = ({ row, got }: (typeof answers)[number]) => got.intent === row[1];
  const isExact = (it: (typeof answers)[number]) => isIntent(it) && same(it.got.slots, it.row[2]);
  const isRight = (it: (typeof answers)[number]) => isExact(it) && it.got.outcome === it.row[3];
  const fired = answers.filter((it) => it.got.outcome === 'plan' && !isRight(it));
  return {
    locale,
    rows: answers.length,
    outside: chatter.length,
    intent: share(isIntent),
    exact: share(isExact),
    outcome: share(isRight),
    rejected: chatter.filter(({ got }) => got.outcome === 'fallback').length / chatter.length,
    dangerous: [...fired, ...[...quiet, ...chatter].filter(({ got }) => got.outcome === 'plan')].map(plainly),
    wrong: answers.filter((it) => !isRight(it)).map(plainly),
    answered: chatter.filter(({ got }) => got.outcome !== 'fallback'),
  };
}

async function all(texts: readonly string[], read: (text: string) => Promise<Answer['got']>): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (const text of texts) answers.push({ text, got: await read(text) });
  return answers;
}

function plainly({ text, want, got }: Answer): Answer {
  return want ? { text, want, got } : { text, got };
}

function same(got: Slots, want: Slots): boolean {
  return ordered(got) === ordered(want);
}

function ordered(slots: Slots): string {
  return JSON.stringify(Object.entries(slots).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
