// Why, in the person's own words: while a reason is awaited any text is one, but a plain command.
import type { Scored } from './embedded.ts';
import { clean } from './clean.ts';

/** The reason a text gives; nothing where the person says something else: word for word a command, or to leave it. */
export function reasonIn(raw: string, best: Scored | undefined, isTerse: boolean): string | undefined {
  const text = clean(raw);
  if (text === '' || isTerse || text.endsWith('?')) return undefined;
  if (best?.confidence === 1) return undefined;
  return best?.intent === 'Cancel' && best.confidence >= 0.75 ? undefined : text;
}
