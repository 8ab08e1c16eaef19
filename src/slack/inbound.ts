// What Slack sends -> a Request, or why it is none.
import type { Clock } from '../core/ports.ts';
import type { Place, Request } from '../core/request.ts';
import { decodeClick } from './clicks.ts';
import {
  blockActions,
  eventBody,
  messageEvent,
  slashCommand,
  type BlockActions,
  type MessageEvent,
} from './payloads.ts';
import { ownAction } from './render-actions.ts';

/** Who the bot is in this workspace. */
export type Self = { team: string; user: string; bot: string };

/**
 * `request`: to be accepted. `outdated`: a click on something this version did not write, to be told so. `thread`: plain
 * words in a thread, a request only if it waits for them. `ignored`: not for the bot; nothing of it is kept or logged.
 */
export type Inbound =
  | { kind: 'request'; request: Request }
  | { kind: 'thread'; request: Request }
  | { kind: 'outdated'; by: string; place: Place }
  | { kind: 'ignored'; why: 'foreign' | 'malformed' | 'bot' | 'subtype' | 'not-addressed' | 'link' };

/** Messages that are somebody's own words although they have a subtype. */
const ownWords = new Set(['file_share', 'thread_broadcast']);

/** Reads payloads for one workspace. Remembers channels seen to be shared, since commands and clicks do not say it. */
export function inbound(self: Self, clock: Clock) {
  const shared = new Set<string>();

  return {
    /** An Events API body with a message or mention. */
    event(body: unknown): Inbound {
      const outer = eventBody.safeParse(body);
      if (!outer.success) return ignored('malformed');
      if ((outer.data.authorizations?.[0]?.team_id ?? outer.data.team_id) !== self.team) return ignored('foreign');
      const inner = messageEvent.safeParse(outer.data.event);
      if (!inner.success) return ignored('malformed');
      if (outer.data.is_ext_shared_channel) shared.add(inner.data.channel);
      return message(inner.data);
    },
    /** A slash command body. */
    command(body: unknown): Inbound {
      const read = slashCommand.safeParse(body);
      if (!read.success) return ignored('malformed');
      const given = read.data;
      if (given.team_id !== self.team) return ignored('foreign');
      const place = {
        ...placeOf(given.channel_id, undefined, false),
        ...(given.response_url ? { responseUrl: given.response_url } : {}),
      };
      const text = unquoted(given.text ?? '');
      return request({
        id: `cmd/${given.trigger_id}`,
        by: given.user_id,
        place,
        origin: 'slash',
        at: clock.now(),
        text,
      });
    },
    /** A click on a button or a menu. */
    click(body: unknown): Inbound {
      const read = blockActions.safeParse(body);
      if (!read.success) return ignored('malformed');
      if (read.data.team?.id !== self.team) return ignored('foreign');
      return clicked(read.data);
    },
  };

  function message(event: MessageEvent): Inbound {
    if (event.bot_id || event.user === self.user || event.user === 'USLACKBOT') return ignored('bot');
    if (!event.user || event.hidden || (event.subtype && !ownWords.has(event.subtype))) return ignored('subtype');
    const mention = `<@${self.user}>`;
    const named = event.type === 'app_mention' || (event.text ?? '').includes(mention);
    const direct = event.channel_type === 'im' || event.channel.startsWith('D');
    if (!named && !direct && !event.thread_ts) return ignored('not-addressed');
    const foreigner = event.user_team !== undefined && event.user_team !== self.team;
    const thread = event.thread_ts ?? (direct ? undefined : event.ts);
    const said: Request = {
      id: `msg/${event.channel}/${event.ts}`,
      by: event.user,
      place: placeOf(event.channel, thread, foreigner),
      origin: 'message',
      at: clock.now(),
      text: unquoted(unmentioned(event.text ?? '', self.user)),
    };
    return named || direct ? request(said) : { kind: 'thread', request: said };
  }

  function clicked(body: BlockActions): Inbound {
    const channel = body.channel?.id ?? body.container.channel_id;
    const action = body.actions[0];
    if (!channel || !action) return ignored('malformed');
    if (action.action_id.startsWith('link.')) return ignored('link');
    const { message_ts: ts, is_ephemeral: ephemeral } = body.container;
    // An ephemeral message is no thread root and cannot be edited by its ts.
    const root = ephemeral || channel.startsWith('D') ? undefined : ts;
    const thread = body.container.thread_ts ?? body.message?.thread_ts ?? root;
    const foreigner = body.user.team_id !== undefined && body.user.team_id !== self.team;
    const place = {
      ...placeOf(channel, thread, foreigner),
      ...(body.response_url ? { responseUrl: body.response_url } : {}),
    };
    const click = ownAction.test(action.action_id)
      ? decodeClick(action.value ?? action.selected_option?.value ?? '')
      : undefined;
    if (!click) return { kind: 'outdated', by: body.user.id, place };
    return request({
      id: `clk/${body.trigger_id}`,
      by: body.user.id,
      place,
      origin: 'button',
      at: clock.now(),
      ...(ts && !ephemeral ? { message: { channel, ts } } : {}),
      click,
    });
  }

  function placeOf(channel: string, thread: string | undefined, foreigner: boolean): Place {
    return {
      workspace: self.team,
      channel,
      ...(thread ? { thread } : {}),
      direct: channel.startsWith('D'),
      shared: foreigner || shared.has(channel),
    };
  }
}

function request(given: Request): Inbound {
  return { kind: 'request', request: given };
}

function ignored(why: Extract<Inbound, { kind: 'ignored' }>['why']): Inbound {
  return { kind: 'ignored', why };
}

/** Without the bot's own name. */
function unmentioned(text: string, user: string): string {
  return text.replace(new RegExp(`<@${user}(?:\\|[^>]*)?>[:,]?`, 'gu'), ' ').trim();
}

/** Without quoted lines: what somebody else said is not a request. */
function unquoted(text: string): string {
  return text
    .split('\n')
    .filter((line) => !/^\s*(?:&gt;|>)/u.test(line))
    .join('\n')
    .trim();
}
