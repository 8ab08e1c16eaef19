// Sample utterances for Lex from our templates: as few as let every option of every template have its turn.
import { catalog, type Intent, type Slot } from '../../intents/catalog.ts';
import { placeholders } from '../../intents/slots.ts';
import { parseTemplate, type Template } from '../../intents/template.ts';
import type { Sentences } from '../../intents/sentences.ts';

/** What a locale of Lex takes: utterances an intent, and characters of all. */
export type Room = { perIntent: number; characters: number };
const widest = 400;

/** Gives one sentence a turn; after `width` turns each option has been in one. */
type Turns = { width: number; next(): string };

/**
 * Utterances of each intent, slots as `{slot}`; the same words give the same list. A slot that the intent does not take is
 * its neutral word, and so is every other turn of those Lex could not read as that word. A sentence of two intents is the
 * earlier one's in the catalog, as it is for the embedded recognizer.
 */
export function utterances(sentences: Pick<Sentences, 'intents' | 'rules'>, room: Room): Record<Intent, string[]> {
  const templates = new Map(
    (Object.keys(catalog) as Intent[]).map((intent) => [
      intent,
      sentences.intents[intent].map((it) => parseTemplate(it, sentences.rules)),
    ]),
  );
  // What Lex has no room for is left out evenly: every template keeps its turn, long lists of options lose some.
  for (let most = widest; most > 1; most = Math.floor(most * 0.8)) {
    const found = drawn(templates, most);
    const texts = Object.values(found);
    const characters = texts.flat().reduce((sum, it) => sum + it.length, 0);
    if (characters <= room.characters && texts.every((it) => it.length <= room.perIntent)) return found;
  }
  return drawn(templates, 1);
}

function drawn(templates: ReadonlyMap<Intent, readonly Template[]>, most: number): Record<Intent, string[]> {
  const taken = new Set<string>();
  const found = {} as Record<Intent, string[]>;
  for (const intent of Object.keys(catalog) as Intent[]) {
    found[intent] = [];
    for (const text of templates.get(intent)!.flatMap((it) => spread(it, intent, most))) {
      const key = sameness(text);
      if (text === '' || text.includes('}{') || taken.has(key)) continue;
      taken.add(key);
      found[intent].push(text);
    }
  }
  return found;
}

/** What two utterances have in common that Lex would take for the same. */
export function sameness(utterance: string): string {
  return utterance
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{M}\p{N}{}]+/gu, ' ')
    .trim();
}

function spread(template: Template, intent: Intent, most: number): string[] {
  const turns = turnsOf(template, (slot) => forms(slot as Slot, catalog[intent].slots), { offset: 0 });
  const all = Array.from({ length: turns.width }, () => plain(turns.next()));
  const step = Math.max(1, all.length / most);
  return Array.from({ length: Math.min(all.length, most) }, (_, at) => all[Math.floor(at * step)]!);
}

/** How a slot is written: what the type of Lex can read, and the neutral word that stands for what was read before Lex is asked. */
function forms(slot: Slot, taken: readonly Slot[]): string[] {
  if (!taken.includes(slot)) return [placeholders[slot]];
  if (slot === 'time') return ['{time}', '{day}', placeholders.time];
  return slot === 'duration' ? ['{duration}', placeholders.duration] : [`{${slot}}`];
}

function turnsOf(template: Template, fill: (slot: string) => string[], ones: { offset: number }): Turns {
  if (template.kind === 'text') return { width: 1, next: () => template.text };
  if (template.kind === 'slot')
    return oneOf(
      fill(template.name).map((text) => ({ width: 1, next: () => text })),
      ones,
    );
  if (template.kind === 'one')
    return oneOf(
      template.options.map((it) => turnsOf(it, fill, ones)),
      ones,
    );
  const parts = template.parts.map((it) => turnsOf(it, fill, ones));
  return { width: Math.max(1, ...parts.map((it) => it.width)), next: () => parts.map((it) => it.next()).join('') };
}

/** Each begins at another option, so that neighbours do not go in step. */
function oneOf(options: readonly Turns[], ones: { offset: number }): Turns {
  const order = options.flatMap((it) => Array.from({ length: it.width }, () => it));
  let at = ones.offset;
  ones.offset += 1;
  return {
    width: order.length,
    next() {
      const turn = order[at % order.length]!;
      at += 1;
      return turn.next();
    },
  };
}

/** Letters of any script, digits, and the marks that AWS's own examples have; anything else is a space. */
function plain(text: string): string {
  return text
    .normalize('NFC')
    .replaceAll('’', "'")
    .replaceAll(/[^\p{L}\p{M}\p{N}{}',.?!_-]+/gu, ' ')
    .trim();
}
