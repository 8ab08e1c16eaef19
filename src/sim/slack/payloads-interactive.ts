// Commands, clicks and forms as on the wire: https://docs.slack.dev/interactivity
import type { Json } from './json.ts';
import { VERIFICATION, wireMessage } from './payloads.ts';
import { app, otherTeam, team, type Conversation, type Person } from './seed.ts';
import { newResponseUrl, newTrigger, type Message, type View, type World } from './state.ts';

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
