// The Lex bot that `intents/` describes: one utterance in, intent and slots out. The dialog is the core's, not Lex's.
import { IntlMessageFormat } from 'intl-messageformat';
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import { botDescription, intentDescriptions, slotDescriptions } from '../../intents/descriptions.ts';
import type { Intents } from '../../intents/index.ts';
import { assistedNluIn, lexLocaleOf } from './lex-locales.ts';
import { byName, fallbackIntent, type AssistedNlu, type LexBot, type LexIntent, type LexSlot } from './lex-model.ts';
import { slotTypeOf, slotTypes } from './lex-slot-types.ts';
import { roomIn } from './lex-limits.ts';
import { utterances } from './lex-utterances.ts';

/** Where Lex puts its fallback first; the embedded recognizer's scores mean the same. */
const threshold = 0.4;
const idleSeconds = 300;
const retries = 1;

type LexSlotName = keyof typeof slotTypeOf;

/** The bot in every locale that Lex has in that mode, in a fixed order. Same words, same bot. */
export function lexBot(intents: Intents, options: { name?: string; assistedNlu?: AssistedNlu } = {}): LexBot {
  const { name = 'OpsJack', assistedNlu = 'off' } = options;
  const locales = intents.locales.flatMap((locale) => {
    const id = lexLocaleOf(locale, assistedNlu);
    if (id === undefined) return [];
    return [
      {
        id,
        threshold,
        assistedNlu: assistedNluIn(id, assistedNlu),
        intents: intentsOf(intents, locale, id),
        slotTypes: slotTypes(intents, locale),
      },
    ];
  });
  const sorted = locales.toSorted((a, b) => byName({ name: a.id }, { name: b.id }));
  return { name, description: botDescription, idleSeconds, locales: sorted };
}

function intentsOf(intents: Intents, locale: Locale, id: string): LexIntent[] {
  const texts = utterances(intents.sentences[locale]!, roomIn(id));
  const own = (Object.keys(catalog) as Intent[]).map((name): LexIntent => ({
    name,
    description: intentDescriptions[name],
    utterances: texts[name],
    slots: slotNames(name).map((slot) => slotOf(intents, locale, name, slot)),
  }));
  const fallback: LexIntent = {
    name: 'FallbackIntent',
    description: 'Intent for what is none of the others.',
    parent: fallbackIntent,
    utterances: [],
    slots: [],
  };
  return [...own, fallback].toSorted(byName);
}

/** A `time` of ours may be a day and a time; Lex reads each with a type of its own. A reason is in nobody's words but the person's. */
function slotNames(intent: Intent): LexSlotName[] {
  return catalog[intent].slots.flatMap((slot): LexSlotName[] => {
    if (slot === 'reason') return [];
    return slot === 'time' ? ['day', 'time'] : [slot];
  });
}

function slotOf(intents: Intents, locale: Locale, intent: Intent, name: LexSlotName): LexSlot {
  return {
    name,
    description: slotDescriptions[name],
    type: slotTypeOf[name],
    required: false,
    prompts: [prompt(intents, locale, intent, name)],
    retries,
  };
}

/** The question that the core asks in words of the locale. Lex puts the target's value in by itself where `{target}` is. */
function prompt(intents: Intents, locale: Locale, intent: Intent, name: LexSlotName): string {
  const words = (key: string): IntlMessageFormat => {
    const own = intents.replies[locale]?.[key];
    return new IntlMessageFormat(
      own ?? intents.replies['en-US']![key]!,
      own === undefined ? 'en-US' : locale,
      undefined,
      {
        ignoreTag: true,
      },
    );
  };
  const hasTarget = name !== 'target' && slotNames(intent).includes('target');
  const values = {
    intent: String(words(`intent.${intent}`).format()),
    target: hasTarget ? '{target}' : String(words('slot.target').format()),
  };
  return String(words(`ask.${name === 'day' ? 'time' : name}`).format(values));
}
