// Who the bot is, asked once before anything else: a wrong token is said clearly, a short outage is waited out.
import { z } from 'zod';
import { ConfigError } from '../core/errors.ts';
import type { Clock } from '../core/ports.ts';
import { isRefusal, type Call } from './calls.ts';
import { wait } from './edits.ts';
import type { Self } from './inbound.ts';

const answer = z.object({ team_id: z.string().min(1), user_id: z.string().min(1), bot_id: z.string().min(1) });
const tries = 5;

/** Team, user and bot id of the token. Throws a ConfigError when Slack refuses it, a PlatformError when it cannot be asked. */
export async function identify(call: Call, clock: Clock): Promise<Self> {
  for (let attempt = 1; ; attempt++) {
    const outcome = await call('auth.test', {});
    if (outcome.kind === 'ok') return selfOf(outcome.data);
    if (outcome.kind === 'refused')
      throw new ConfigError([`SLACK_BOT_TOKEN: Slack refuses it (${outcome.refused.code})`]);
    if (attempt === tries) throw outcome.error;
    await wait(clock, outcome.kind === 'limited' ? outcome.after : 1000 * 2 ** (attempt - 1));
  }
}

/** Waits for the connection. A ConfigError when Slack refuses the app-level token. */
export async function connecting<T>(connection: Promise<T>): Promise<T> {
  try {
    return await connection;
  } catch (error) {
    if (!isRefusal(error)) throw error;
    throw new ConfigError([`SLACK_APP_TOKEN: Slack refuses it (${error.data.error})`]);
  }
}

function selfOf(data: Record<string, unknown>): Self {
  const read = answer.safeParse(data);
  if (!read.success) throw new ConfigError(['SLACK_BOT_TOKEN: not the token of a bot (it starts with xoxb-)']);
  return { team: read.data.team_id, user: read.data.user_id, bot: read.data.bot_id };
}
