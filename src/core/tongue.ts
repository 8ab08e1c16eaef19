// Which language somebody is answered in: the one they chose, else their own words', else what is known of thread and person.
import type { Locale } from '../../intents/catalog.ts';
import { languages, localeOf, languageCode } from '../../intents/languages.ts';
import { keys, type Person, type Thread } from './records.ts';
import type { Place, Request } from './request.ts';
import type { World } from './world.ts';

const remembered = 1000;

export type Tongue = {
  /** What can be said at once, before anything is looked up. */
  now(asked: { by: string; place: Place }): Locale;
  /** What somebody chose for themselves. */
  chosen(by: string): Promise<Locale | undefined>;
  /** The language for a request whose own words do not tell. */
  of(request: Request): Promise<Locale>;
  /** A reader's own language, whatever the thread is in. */
  ofReader(asked: { by: string; place: Place }): Promise<Locale>;
  /** Somebody wrote in a language. */
  heard(by: string, locale: Locale): void;
  /** What somebody wrote before they chose a language says nothing any more. */
  forget(by: string): void;
};

/** The choice of language over a world. What people last wrote in is kept in memory only. */
export function tongue(world: World): Tongue {
  const spoken = new Map<string, Locale>();

  function now({ by, place }: { by: string; place: Place }): Locale {
    return spoken.get(by) ?? world.channelLocales[place.channel] ?? world.defaultLocale;
  }

  async function chosen(by: string): Promise<Locale | undefined> {
    const language = (await world.store.get<Person>(keys.person(by)))?.value.language;
    return language !== undefined && speaks(language) ? language : undefined;
  }

  /** A language chosen while translation was on is not spoken once it is off. */
  function speaks(locale: Locale): boolean {
    return world.translates || world.locales.includes(locale);
  }

  async function of(request: Request): Promise<Locale> {
    return request.language ?? (await chosen(request.by)) ?? (await ofThread(request)) ?? ofReader(request);
  }

  async function ofReader(asked: { by: string; place: Place }): Promise<Locale> {
    const known = (await chosen(asked.by)) ?? spoken.get(asked.by);
    return known ?? (await ofProfile(asked.by)) ?? now(asked);
  }

  async function ofThread({ place }: Request): Promise<Locale | undefined> {
    return place.thread ? (await world.store.get<Thread>(keys.thread(place)))?.value.locale : undefined;
  }

  async function ofProfile(by: string): Promise<Locale | undefined> {
    const locale = (await world.people.profile(by))?.locale;
    if (locale === undefined) return undefined;
    const language = languageCode(locale);
    const isTranslated = world.translates && languages.includes(language);
    return localeOf(language, world.locales) ?? (isTranslated ? language : undefined);
  }

  return {
    now,
    forget: (by) => void spoken.delete(by),
    chosen,
    of,
    ofReader,
    heard(by, locale) {
      spoken.delete(by);
      spoken.set(by, locale);
      if (spoken.size > remembered) spoken.delete(spoken.keys().next().value!);
    },
  };
}
