// Messages and events as on the wire: https://docs.slack.dev/apis/events-api
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import { app, team, type Conversation } from './seed.ts';
import type { Message, World } from './state.ts';

export const VERIFICATION = 'simulated-verification-token';

/** A message as the Web API and events show it. */
export function wireMessage(world: World, message: Message): Json {
  const author = world.people.get(message.user);
  return {
    ...(message.client_msg_id && { client_msg_id: message.client_msg_id }),
    type: 'message',
    user: message.user,
    text: message.text,
    ts: message.ts,
    team: author?.team ?? team.id,
    ...(message.bot_id && {
      bot_id: message.bot_id,
      app_id: app.id,
      bot_profile: { id: message.bot_id, app_id: app.id, name: app.displayName, team_id: team.id, deleted: false },
    }),
    ...(message.thread_ts && { thread_ts: message.thread_ts, ...parentUser(world, message) }),
    ...(message.blocks.length > 0 && { blocks: message.blocks }),
    ...(message.attachments.length > 0 && { attachments: message.attachments }),
    ...(message.files.length > 0 && { files: message.files }),
    ...(message.edited && { edited: message.edited }),
    ...(message.reactions.length > 0 && {
      reactions: message.reactions.map((one) => ({ ...one, count: one.users.length })),
    }),
    ...(message.metadata && { metadata: message.metadata }),
  };
}

function parentUser(world: World, message: Message): Json {
  const parent = world.messages.find((one) => one.channel === message.channel && one.ts === message.thread_ts);
  return parent ? { parent_user_id: parent.user } : {};
}

/** The body of an Events API delivery; each call is a new event with its own id. */
export function eventCallback(world: World, event: Json, channel?: Conversation): Json {
  return {
    token: VERIFICATION,
    team_id: team.id,
    context_team_id: team.id,
    context_enterprise_id: null,
    api_app_id: app.id,
    event,
    type: 'event_callback',
    event_id: world.id('Ev'),
    event_time: Math.floor(world.clock.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: team.id, user_id: app.botUser, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: channel?.shared ?? false,
    event_context: `4-${randomUUID().replaceAll('-', '')}`,
  };
}

/** The inner event for a message: `app_mention`, or `message` with its channel type. */
export function messageEvent(
  world: World,
  type: 'app_mention' | 'message',
  message: Message,
  channel: Conversation,
): Json {
  const author = world.people.get(message.user);
  const foreign = author && author.team !== team.id && { user_team: author.team, source_team: author.team };
  return {
    ...wireMessage(world, message),
    ...foreign,
    type,
    channel: channel.id,
    event_ts: message.ts,
    ...(type === 'message' && { channel_type: channelType(channel) }),
  };
}

/** A `message_changed` or `message_deleted` event. */
export function changedEvent(
  world: World,
  subtype: 'message_changed' | 'message_deleted',
  message: Message,
  previous: Json,
  channel: Conversation,
): Json {
  const ts = world.ts();
  return {
    type: 'message',
    subtype,
    previous_message: previous,
    channel: channel.id,
    hidden: true,
    ts,
    event_ts: ts,
    ...(subtype === 'message_changed' ? { message: wireMessage(world, message) } : { deleted_ts: message.ts }),
    channel_type: channelType(channel),
  };
}

/** `im`, `group` or `channel`, as events name it. */
export function channelType(channel: Conversation): string {
  if (channel.kind === 'im') return 'im';
  return channel.kind === 'private' ? 'group' : 'channel';
}
