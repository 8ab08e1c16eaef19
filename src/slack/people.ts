// Who people are to Slack: member or guest, in which groups, language and time zone.
import { PlatformError } from '../core/errors.ts';
import type { Clock, People, PersonKind } from '../core/ports.ts';
import { caller, failure, type Call, type Outcome } from './calls.ts';
import type { Log } from './log.ts';

const minute = 60_000;
/** How old what is known of a person may be, ms; and how old where Slack does not answer. */
const fresh = 10 * minute;
const stale = 24 * 60 * minute;
/** Rights hang on groups, so they are asked again sooner and never taken from the past. */
const freshGroup = minute;
const most = 5000;

type User = {
  locale?: unknown;
  tz?: unknown;
  team_id?: unknown;
  deleted?: unknown;
  is_bot?: unknown;
  is_stranger?: unknown;
  is_restricted?: unknown;
  is_ultra_restricted?: unknown;
};

/**
 * People of one workspace. https://docs.slack.dev/reference/methods/users.info and
 * https://docs.slack.dev/reference/methods/usergroups.users.list
 */
export function people(given: {
  settings: { botToken: string; apiUrl?: string | undefined };
  clock: Clock;
  log: Log;
}): People {
  const call = caller(given.settings, given.log);
  const users = remembered(given.clock, fresh, stale, (id) => user(call, id));
  const groups = remembered(given.clock, freshGroup, freshGroup, (id) => members(call, id));
  let team: Promise<string> | undefined;

  function ownTeam(): Promise<string> {
    team ??= call('auth.test', {}).then((outcome) => String(dataOf(outcome)['team_id']));
    team.catch(() => (team = undefined));
    return team;
  }

  return {
    async kind(person) {
      const found = await users(person);
      return found ? kindOf(found, await ownTeam()) : 'outsider';
    },
    members: groups,
    async profile(person) {
      const found = await users(person).catch((error: unknown): undefined => {
        given.log.debug({ err: error }, 'no profile');
      });
      return (
        found && {
          ...(typeof found.locale === 'string' ? { locale: found.locale } : {}),
          ...(typeof found.tz === 'string' ? { zone: found.tz } : {}),
        }
      );
    },
  };
}

function kindOf(found: User, team: string): PersonKind {
  if (found.deleted === true) return 'gone';
  if (found.is_bot === true) return 'bot';
  if (found.is_stranger === true || (typeof found.team_id === 'string' && found.team_id !== team)) return 'outsider';
  return found.is_restricted === true || found.is_ultra_restricted === true ? 'guest' : 'member';
}

/** Nothing for somebody Slack does not know. */
async function user(call: Call, id: string): Promise<User | undefined> {
  const outcome = await call('users.info', { user: id, include_locale: true });
  if (outcome.kind === 'refused' && /^user_not_(?:found|visible)$/u.test(outcome.refused.code)) return undefined;
  if (outcome.kind !== 'ok') throw outcome.error;
  return outcome.data['user'] ?? {};
}

async function members(call: Call, group: string): Promise<readonly string[]> {
  const { users } = dataOf(await call('usergroups.users.list', { usergroup: group }));
  if (Array.isArray(users)) return users.map(String);
  throw failure('usergroups.users.list', 'unreadable_answer', 'broken', { unsure: false, retryable: true });
}

function dataOf(outcome: Outcome): Record<string, unknown> {
  if (outcome.kind !== 'ok') throw outcome.error;
  return outcome.data;
}

/** What `ask` answers, kept for `fresh` ms; where it fails, what it said before, up to `old` ms ago. */
function remembered<T>(clock: Clock, keep: number, old: number, ask: (id: string) => Promise<T>) {
  const known = new Map<string, { at: number; value: Promise<T> }>();
  return async (id: string): Promise<T> => {
    const held = known.get(id);
    const age = held ? clock.now() - held.at : Infinity;
    if (held && age < keep) return held.value;
    const entry = { at: clock.now(), value: ask(id) };
    known.delete(id);
    known.set(id, entry);
    if (known.size > most) known.delete(known.keys().next().value!);
    try {
      return await entry.value;
    } catch (error) {
      if (known.get(id) === entry) known.delete(id);
      if (!held || age >= old || !(error instanceof PlatformError)) throw error;
      known.set(id, held);
      return held.value;
    }
  };
}
