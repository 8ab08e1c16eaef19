// The payloads Slack sends, as on the wire: https://docs.slack.dev/apis/events-api and /interactivity.
import { randomUUID } from 'node:crypto';
import type { Json } from './json.ts';
import { app, otherTeam, team, type Conversation, type Person } from './seed.ts';
import { newResponseUrl, newTrigger, type Message, type View, type World } from './state.ts';

const VERIFICATION = 'simulated-verification-token';

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

function who(person: Person): Json {
  return { id: person.id, username: person.name, name: person.name, team_id: person.team };
}

function workspaceOf(person: Person): typeof team | typeof otherTeam {
  return person.team === otherTeam.id ? otherTeam : team;
}

/** The form of a slash command. */
export function slashForm(world: World, person: Person, channel: Conversation, command: string, text: string): Json {
  const names = { im: 'directmessage', private: 'privategroup', channel: channel.name };
  const home = workspaceOf(person);
  return {
    token: VERIFICATION,
    team_id: home.id,
    team_domain: home.domain,
    channel_id: channel.id,
    channel_name: names[channel.kind],
    user_id: person.id,
    user_name: person.name,
    command,
    text,
    api_app_id: app.id,
    is_enterprise_install: 'false',
    response_url: newResponseUrl(world, 'commands', { channel: channel.id, user: person.id }),
    trigger_id: newTrigger(world, person.id),
  };
}

function interaction(world: World, type: string, person: Person): Json {
  const home = workspaceOf(person);
  return {
    type,
    user: who(person),
    api_app_id: app.id,
    token: VERIFICATION,
    trigger_id: newTrigger(world, person.id),
    team: { id: home.id, domain: home.domain },
    enterprise: null,
    is_enterprise_install: false,
  };
}

/** A click or a pick in a message. `shown`: the message as that person saw it. */
export function messageAction(world: World, person: Person, shown: Message, channel: Conversation, action: Json): Json {
  const isEphemeral = shown.ephemeral !== undefined;
  const names = { im: 'directmessage', private: 'privategroup', channel: channel.name };
  return {
    ...interaction(world, 'block_actions', person),
    container: {
      type: 'message',
      message_ts: shown.ts,
      channel_id: channel.id,
      is_ephemeral: isEphemeral,
      ...(shown.thread_ts && { thread_ts: shown.thread_ts }),
    },
    channel: { id: channel.id, name: names[channel.kind] },
    ...(!isEphemeral && { message: wireMessage(world, shown) }),
    state: { values: shown.picked[person.id] ?? {} },
    response_url: newResponseUrl(world, 'actions', { channel: channel.id, user: person.id, message: shown }),
    actions: [{ ...action, action_ts: world.ts() }],
  };
}

/** A click or a pick in a modal or in the App Home. */
export function viewAction(world: World, person: Person, view: View, action: Json): Json {
  return {
    ...interaction(world, 'block_actions', person),
    container: { type: 'view', view_id: view.id },
    view: wireView(view),
    actions: [{ ...action, action_ts: world.ts() }],
  };
}

/** A form sent (`view_submission`) or put away (`view_closed`). */
export function viewEvent(
  world: World,
  type: 'view_submission' | 'view_closed',
  person: Person,
  view: View,
  values: Json,
): Json {
  const shown = { ...wireView(view), state: { values } };
  return {
    ...interaction(world, type, person),
    view: shown,
    ...(type === 'view_submission' ? { response_urls: [] } : { is_cleared: false }),
  };
}

/** A global or message shortcut. */
export function shortcut(world: World, person: Person, callback: string, message?: Message): Json {
  const base = {
    ...interaction(world, message ? 'message_action' : 'shortcut', person),
    callback_id: callback,
    action_ts: world.ts(),
  };
  if (!message) return base;
  return {
    ...base,
    message_ts: message.ts,
    message: wireMessage(world, message),
    channel: { id: message.channel, name: '' },
    response_url: newResponseUrl(world, 'actions', { channel: message.channel, user: person.id, message }),
  };
}

/** A view as payloads and the Web API show it. */
export function wireView(view: View): Json {
  const { user: _user, ...shown } = view;
  return { state: { values: {} }, ...shown };
}
