// The terse grammar of `/ops`: the first word is the intent, the rest names and numbers and nothing else.
import { catalog, type Intent } from '../../intents/catalog.ts';
import { lasting } from './guard.ts';
import type { Lexicon } from './lexicon.ts';
import type { Marked } from './marks.ts';

const intents: ReadonlyMap<string, Intent> = new Map(
  (Object.keys(catalog) as Intent[]).flatMap((intent) => catalog[intent].terse.map((word) => [word, intent] as const)),
);

/** First words of terse commands: they belong to no language, but for one that is everyday English. */
export const terseWords: ReadonlySet<string> = new Set([...intents.keys()].filter((word) => word !== 'who'));

/** The intent of a terse command; nothing when any word is left that the grammar does not know. */
export function terseIntent(marked: Marked, lexicon: Lexicon): Intent | undefined {
  const [, word, rest] = /^ ?\/?([a-z]+)(?= |$)(.*)$/is.exec(marked.text) ?? [];
  const intent = word === undefined ? undefined : intents.get(word.toLowerCase());
  if (!intent || rest!.includes('?')) return undefined;
  const known = intent === 'Scale' ? [...lexicon.amounts, ...lexicon.filters] : lexicon.filters;
  let left = rest!;
  for (const { regex } of known) left = left.replaceAll(regex, ' ');
  if (intent === 'Traffic') left = left.replaceAll(lexicon.share, ' ');
  if (lasting.includes(intent)) left = left.replaceAll(lexicon.until, ' ');
  left = left
    .replaceAll(/\uE000[A-Z]\d+\uE001/g, ' ')
    .replaceAll(/(?<=^|\s)(?:to|from|on|for|of|last|in|at|now|please)(?=\s|$)/gi, ' ');
  if (intent === 'Language') left = left.replace(/^\s*[a-z]{2}(?:-[a-z]{2})?\s*$/i, '');
  if (left.trim() !== '') return undefined;
  const isFleet = intent === 'Status' && !/\uE000[TX]/.test(marked.text) && rest!.trim() !== '';
  return isFleet ? 'Fleet' : intent;
}
