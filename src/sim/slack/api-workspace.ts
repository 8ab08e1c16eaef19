// auth, connections, conversations.*, users.* and usergroups.*
import { SlackError, string, truthy, type Json } from './json.ts';
import { channelArg, messageArg, needScope, type Methods } from './method.ts';
import { wireMessage } from './payloads.ts';
import { app, team, type Conversation, type Person } from './seed.ts';
import { directMessage, type World } from './state.ts';

function auth(): Json {
  const bot = { user: app.name, user_id: app.botUser, bot_id: app.botId };
  return { url: team.url, team: team.name, team_id: team.id, ...bot, is_enterprise_install: false };
}

function scopePrefix(channel: Conversation): string {
  if (channel.kind === 'im') return 'im';
  return channel.kind === 'private' ? 'groups' : 'channels';
}

function readable(world: World, args: Json, right: 'read' | 'history'): Conversation {
  const channel = channelArg(world, args);
  needScope(world, `${scopePrefix(channel)}:${right}`);
  if (right === 'history' && !channel.members.includes(app.botUser)) throw new SlackError('not_in_channel');
  return channel;
}

function info(world: World, args: Json): Json {
  const channel = readable(world, args, 'read');
  const im = channel.kind === 'im';
  return {
    channel: {
      id: channel.id,
      ...(im ? { user: channel.members[0] } : { name: channel.name }),
      is_channel: channel.kind === 'channel',
      is_private: channel.kind !== 'channel',
      is_im: im,
      is_ext_shared: channel.shared ?? false,
      is_shared: channel.shared ?? false,
      is_archived: false,
      is_member: channel.members.includes(app.botUser),
      topic: { value: channel.topic ?? '' },
    },
  };
}

function open(world: World, args: Json): Json {
  const users = string(args['users']).split(',').filter(Boolean);
  if (users.length !== 1) throw new SlackError(users.length === 0 ? 'users_list_not_supplied' : 'not_supported');
  const person = world.people.get(users[0] ?? '');
  if (!person || person.bot) throw new SlackError('user_not_found');
  return { channel: { id: directMessage(world, person.id).id } };
}

function visible(world: World, channel: Conversation): Json[] {
  return world.messages
    .filter((one) => one.channel === channel.id && !one.deleted && !one.ephemeral)
    .map((one) => wireMessage(world, one));
}

function page(args: Json, messages: Json[]): { messages: Json[]; has_more: boolean } {
  const oldest = string(args['oldest']) || '0';
  const latest = string(args['latest']) || '9999999999.999999';
  const edges = truthy(args['inclusive']);
  const most = Math.min(Number(string(args['limit'])) || 100, 999);
  const within = messages
    .filter(({ ts }) =>
      edges ? string(ts) >= oldest && string(ts) <= latest : string(ts) > oldest && string(ts) < latest,
    )
    .map(({ metadata, ...one }) => (truthy(args['include_all_metadata']) && metadata ? { ...one, metadata } : one));
  return { messages: within.slice(0, most), has_more: within.length > most };
}

function history(world: World, args: Json): Json {
  const channel = readable(world, args, 'history');
  const top = visible(world, channel).filter((one) => !one['thread_ts'] || one['thread_ts'] === one['ts']);
  return page(args, top.toReversed());
}

function replies(world: World, args: Json): Json {
  const channel = readable(world, args, 'history');
  const parent = messageArg(world, channel.id, args['ts']);
  const root = parent.thread_ts ?? parent.ts;
  return page(
    args,
    visible(world, channel).filter((one) => one['ts'] === root || one['thread_ts'] === root),
  );
}

function profile(person: Person, locale: boolean): Json {
  return {
    id: person.id,
    team_id: person.team,
    name: person.name,
    real_name: person.realName,
    deleted: false,
    tz: person.tz,
    tz_label: person.tz,
    tz_offset: person.tzOffset,
    is_bot: person.bot ?? false,
    is_admin: false,
    is_restricted: person.guest ?? false,
    is_ultra_restricted: person.guest ?? false,
    ...(person.team !== team.id && { is_stranger: false }),
    ...(locale && { locale: person.locale }),
    profile: { real_name: person.realName, display_name: person.name, team: person.team },
  };
}

function user(world: World, args: Json): Json {
  const person = world.people.get(string(args['user']));
  if (!person) throw new SlackError('user_not_found');
  return { user: profile(person, truthy(args['include_locale'])) };
}

function groups(world: World, args: Json): Json {
  return {
    usergroups: world.groups.map(({ users, ...one }) => ({
      ...one,
      team_id: team.id,
      is_usergroup: true,
      user_count: users.length,
      ...(truthy(args['include_users']) && { users }),
    })),
  };
}

function groupUsers(world: World, args: Json): Json {
  const group = world.groups.find((one) => one.id === args['usergroup']);
  if (!group) throw new SlackError('no_such_subteam');
  return { users: group.users };
}

export const workspaceMethods: Methods = {
  'api.test': {
    tier: 'none',
    token: 'none',
    run(_world, args) {
      if (args['error']) throw new SlackError(string(args['error']));
      return { args };
    },
  },
  'auth.test': { tier: 'special', run: auth },
  'conversations.info': { tier: 'tier3', run: info },
  'conversations.members': {
    tier: 'tier4',
    run: (world, args) => ({ members: readable(world, args, 'read').members }),
  },
  'conversations.open': { tier: 'tier3', scope: 'im:write', run: open },
  'conversations.history': { tier: 'tier3', run: history },
  'conversations.replies': { tier: 'tier3', run: replies },
  'users.info': { tier: 'tier4', scope: 'users:read', run: user },
  'usergroups.list': { tier: 'tier2', scope: 'usergroups:read', run: groups },
  'usergroups.users.list': { tier: 'tier2', scope: 'usergroups:read', run: groupUsers },
};
