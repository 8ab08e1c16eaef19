// The language somebody is answered in, as they chose it.
import { languageCode, languageName, localeOf } from '../../intents/languages.ts';
import { sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { keys, type Person } from '../core/records.ts';
import { say } from '../core/reply.ts';

export const language: Handler = async ({ command, request, locale, world }) => {
  const wanted = command.slots.language;
  if (wanted === undefined) throw new Error('language needs a language');
  const key = keys.person(request.by);
  if (wanted === 'auto') {
    await world.store.put<Person>(key, { kind: 'person', schema: 1 });
    return { reply: sentence(say('language.auto')) };
  }
  const chosen = localeOf(wanted, world.locales) ?? (world.translates ? wanted : undefined);
  if (chosen === undefined) {
    const languages = world.locales.map((it) => languageName(languageCode(it), locale)).join(', ');
    return { reply: sentence(say('language.none', { language: languageName(wanted, locale), languages })) };
  }
  await world.store.put<Person>(key, { kind: 'person', schema: 1, language: chosen });
  const reply = sentence(say('language.set', { language: languageName(wanted, chosen) }));
  return { reply, locale: chosen };
};
