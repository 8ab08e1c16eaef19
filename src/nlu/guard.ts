// A change that is denied, asked about, imagined, retold or over is not a request for it.
import { catalog, type Intent } from '../../intents/catalog.ts';
import type { Reading } from '../core/ports.ts';
import { plain } from './marks.ts';
import type { Scene } from './scene.ts';

/** The read that answers what is behind a change nobody asked for. */
export const helpful: Readonly<Partial<Record<Intent, Intent>>> = {
  Scale: 'Status',
  Deploy: 'Versions',
  Rollback: 'Versions',
  Promote: 'Versions',
  Undo: 'Running',
  Abort: 'Running',
  Freeze: 'Fleet',
  Unfreeze: 'Fleet',
};

/** What lasts until a time; all else begins then. */
export const lasting: readonly Intent[] = ['Lock', 'Freeze'];

export function isChange(intent: Intent): boolean {
  return catalog[intent].risk === 'change';
}

/** What a reason may tell of: it can be news, or somebody's words. What it denies, asks or supposes is meant for the request. */
const told: readonly Reading['held'][] = ['reported', 'past'];

/** Why the text is no request for a change, if it is none. Polite questions ("can you ...") are requests. */
export function held(
  { marked, lexicon, why }: Pick<Scene, 'marked' | 'lexicon' | 'why'>,
  intent?: Intent,
): Reading['held'] {
  const whole = why?.whole ?? marked;
  const asked = why?.isLoose ? whole : marked;
  if (isQuoted(asked.text)) return 'reported';
  const polite = matches(lexicon.polite, marked.text);
  const bare = (text: string): string => {
    const left = text.replaceAll(lexicon.polite, ' ');
    return intent && lasting.includes(intent) ? left.replaceAll(lexicon.until, ' ') : left;
  };
  const [all, own] = [bare(whole.text), bare(asked.text)];
  for (const { hold, regex } of lexicon.guards) {
    if (hold === 'question' && polite) continue;
    if (matches(regex, told.includes(hold) ? own : all)) return hold;
  }
  return !polite && /\?[\s?!.;)]*$/.test(plain(whole)) ? 'question' : undefined;
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
