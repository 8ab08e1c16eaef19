// A change that is denied, asked about, imagined, retold or over is not a request for it.
import { catalog, type Intent } from '../../intents/catalog.ts';
import type { Reading } from '../core/ports.ts';
import type { Lexicon } from './lexicon.ts';
import { plain, type Marked } from './marks.ts';

/** The read that answers what is behind a change nobody asked for. */
export const helpful: Readonly<Partial<Record<Intent, Intent>>> = {
  Scale: 'Status',
  Deploy: 'Versions',
  Rollback: 'Versions',
  Undo: 'Running',
  Abort: 'Running',
};

export function isChange(intent: Intent): boolean {
  return catalog[intent].risk === 'change';
}

/** Why the text is no request for a change, if it is none. Polite questions ("can you ...") are requests. */
export function held(marked: Marked, lexicon: Lexicon): Reading['held'] {
  if (isQuoted(marked.text)) return 'reported';
  const polite = matches(lexicon.polite, marked.text);
  const text = marked.text.replaceAll(lexicon.polite, ' ');
  for (const { hold, regex } of lexicon.guards) {
    if (hold === 'question' && polite) continue;
    if (matches(regex, text)) return hold;
  }
  return !polite && /\?[\s?!.;)]*$/.test(plain(marked)) ? 'question' : undefined;
}

/** Somebody's words between quotation marks; a name or a version alone is just careful typing. */
function isQuoted(text: string): boolean {
  const quotes = text.match(/"[^"]*"/g) ?? [];
  return quotes.some((quote) => {
    const said = quote.replaceAll(/\uE000[A-Z]\d+\uE001/g, ' ');
    const words = said.match(/\p{L}{2,}/gu)?.length ?? 0;
    return words >= 2 || (words === 1 && said !== quote) || /[^\p{ASCII}\p{Script=Latin}\p{P}\s]{4}/u.test(said);
  });
}

function matches(regex: RegExp, text: string): boolean {
  regex.lastIndex = 0;
  const found = regex.test(text);
  regex.lastIndex = 0;
  return found;
}
