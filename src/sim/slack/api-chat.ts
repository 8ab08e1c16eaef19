// chat.*, reactions.* and assistant.threads.*
import { withIds } from './block-ids.ts';
import { SlackError, string, type Json } from './json.ts';
import { channelArg, contentArg, messageArg, postableChannel, threadArg, type Methods } from './method.ts';
import { wireMessage } from './payloads.ts';
import { app, team } from './seed.ts';
import { addMessage, changeMessage, deleteMessage, type Message, type World } from './state.ts';

function post(world: World, args: Json): Json {
  const channel = postableChannel(world, args);
  const { text = '', blocks = [], attachments = [], metadata } = contentArg(args, 'post');
  const thread = threadArg(args);
  if (thread) world.statuses.delete(`${channel.id}:${thread}`);
  const message = addMessage(world, {
    channel: channel.id,
    user: app.botUser,
    bot_id: app.botId,
    text,
    blocks: withIds(world, blocks),
    attachments,
    ...(thread && { thread_ts: thread }),
    ...(metadata && { metadata }),
  });
  return { channel: channel.id, ts: message.ts, message: wireMessage(world, message) };
}

function postEphemeral(world: World, args: Json): Json {
  const channel = postableChannel(world, args);
  const user = string(args['user']);
  if (!channel.members.includes(user)) throw new SlackError('user_not_in_channel');
  const { text = '', blocks = [], attachments = [] } = contentArg(args, 'post');
  const thread = threadArg(args);
  const message = addMessage(world, {
    channel: channel.id,
    user: app.botUser,
    bot_id: app.botId,
    text,
    blocks: withIds(world, blocks),
    attachments,
    ephemeral: user,
    ...(thread && { thread_ts: thread }),
  });
  return { message_ts: message.ts };
}

function own(message: Message, refusal: string): Message {
  if (message.bot_id !== app.botId) throw new SlackError(refusal);
  return message;
}

function update(world: World, args: Json): Json {
  const channel = channelArg(world, args);
  const message = own(messageArg(world, channel.id, args['ts']), 'cant_update_message');
  const { text, blocks, attachments, metadata } = contentArg(args, 'update');
  // Blocks that are left out stay as they were; an empty list takes them away.
  changeMessage(world, message, app.botUser, {
    ...(text !== undefined && { text }),
    ...(blocks && { blocks: withIds(world, blocks) }),
    ...(attachments && { attachments }),
    ...(metadata && { metadata }),
  });
  return { channel: channel.id, ts: message.ts, text: message.text, message: wireMessage(world, message) };
}

function remove(world: World, args: Json): Json {
  const channel = channelArg(world, args);
  const message = own(messageArg(world, channel.id, args['ts']), 'cant_delete_message');
  deleteMessage(world, message);
  return { channel: channel.id, ts: message.ts };
}

function permalink(world: World, args: Json): Json {
  const channel = channelArg(world, args);
  const message = messageArg(world, channel.id, args['message_ts']);
  const thread = message.thread_ts ? `?thread_ts=${message.thread_ts}&cid=${channel.id}` : '';
  return {
    channel: channel.id,
    permalink: `${team.url}archives/${channel.id}/p${message.ts.replace('.', '')}${thread}`,
  };
}

/** Adds or takes away one person's reaction. Refuses as reactions.add and reactions.remove do. */
export function react(world: World, message: Message, user: string, name: string, how: 'add' | 'remove'): void {
  if (!/^[a-z0-9_+'-]+(::skin-tone-[2-6])?$/.test(name)) throw new SlackError('invalid_name');
  const there = message.reactions.find((one) => one.name === name);
  if (how === 'add') {
    if (there?.users.includes(user)) throw new SlackError('already_reacted');
    if (there) there.users.push(user);
    else message.reactions.push({ name, users: [user] });
  } else {
    if (!there?.users.includes(user)) throw new SlackError('no_reaction');
    there.users.splice(there.users.indexOf(user), 1);
    message.reactions = message.reactions.filter((one) => one.users.length > 0);
  }
  world.changed({ kind: 'reaction', message });
}

function reaction(how: 'add' | 'remove') {
  return (world: World, args: Json): Json => {
    const channel = channelArg(world, args);
    react(world, messageArg(world, channel.id, args['timestamp']), app.botUser, string(args['name']), how);
    return {};
  };
}

function setStatus(world: World, args: Json): Json {
  const channel = channelArg(world, args, 'channel_id');
  const thread = string(args['thread_ts']);
  const status = string(args['status']);
  if (!thread) throw new SlackError('invalid_arguments');
  if (status) world.statuses.set(`${channel.id}:${thread}`, status);
  else world.statuses.delete(`${channel.id}:${thread}`);
  world.changed({ kind: 'status', channel: channel.id, thread, status });
  return {};
}

export const chatMethods: Methods = {
  'chat.postMessage': { tier: 'post', scope: 'chat:write', run: post },
  'chat.postEphemeral': { tier: 'tier4', scope: 'chat:write', run: postEphemeral },
  'chat.update': { tier: 'tier3', scope: 'chat:write', run: update },
  'chat.delete': { tier: 'tier3', scope: 'chat:write', run: remove },
  'chat.getPermalink': { tier: 'special', run: permalink },
  'reactions.add': { tier: 'tier3', scope: 'reactions:write', run: reaction('add') },
  'reactions.remove': { tier: 'tier2', scope: 'reactions:write', run: reaction('remove') },
  'assistant.threads.setStatus': { tier: 'special', scope: 'chat:write', run: setStatus },
};
