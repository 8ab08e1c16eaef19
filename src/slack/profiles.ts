// Language and time zone of people's Slack profiles, looked up when first needed and kept for an hour.
import type { Clock } from '../core/ports.ts';
import type { Profile } from '../core/world.ts';
import { caller } from './calls.ts';
import type { Log } from './log.ts';

const fresh = 3_600_000;
const most = 5000;

/** What looks profiles up; nothing where Slack does not tell. https://docs.slack.dev/reference/methods/users.info */
export function profiles(given: {
  settings: { botToken: string; apiUrl?: string | undefined };
  clock: Clock;
  log: Log;
}): (person: string) => Promise<Profile | undefined> {
  const { clock, log } = given;
  const call = caller(given.settings, log);
  const known = new Map<string, { at: number; profile: Promise<Profile | undefined> }>();

  async function ask(person: string): Promise<Profile | undefined> {
    const outcome = await call('users.info', { user: person, include_locale: true });
    if (outcome.kind !== 'ok') {
      log.debug({ code: outcome.error.code }, 'no profile');
      return undefined;
    }
    const user = (outcome.data['user'] ?? {}) as { locale?: unknown; tz?: unknown };
    return {
      ...(typeof user.locale === 'string' ? { locale: user.locale } : {}),
      ...(typeof user.tz === 'string' ? { zone: user.tz } : {}),
    };
  }

  return (person) => {
    const held = known.get(person);
    if (held && clock.now() - held.at < fresh) return held.profile;
    const profile = ask(person);
    known.delete(person);
    known.set(person, { at: clock.now(), profile });
    if (known.size > most) known.delete(known.keys().next().value!);
    return profile;
  };
}
