// Which events a message makes: only subscribed ones, with the scope they need, in conversations the bot is in.
import type { Envelope } from './delivery.ts';
import type { Json } from './json.ts';
import { changedEvent, channelType, eventCallback, messageEvent, wireMessage } from './payloads.ts';
import { app, type Conversation } from './seed.ts';
import type { Change, Message, World } from './state.ts';

const HISTORY: Record<string, string> = {
  'message.im': 'im:history',
  'message.channels': 'channels:history',
  'message.groups': 'groups:history',
};

function hears(world: World, channel: Conversation): boolean {
  const name = { im: 'message.im', group: 'message.groups', channel: 'message.channels' }[channelType(channel)] ?? '';
  return world.events.has(name) && world.scopes.has(HISTORY[name] ?? '') && channel.members.includes(app.botUser);
}

function mentioned(world: World, message: Message, channel: Conversation): boolean {
  const subscribed = world.events.has('app_mention') && world.scopes.has('app_mentions:read');
  return (
    subscribed &&
    channel.kind !== 'im' &&
    channel.members.includes(app.botUser) &&
    message.text.includes(`<@${app.botUser}>`)
  );
}

/** Events for a message that was posted, changed or deleted. A mention where history is granted makes two, with two ids. */
export function eventsOf(
  world: World,
  what: 'posted' | 'changed' | 'deleted',
  message: Message,
  channel: Conversation,
  previous: Json = {},
): Envelope[] {
  if (message.ephemeral) return [];
  const events: Json[] = [];
  if (what !== 'deleted' && mentioned(world, message, channel)) {
    events.push(messageEvent(world, 'app_mention', message, channel));
  }
  if (hears(world, channel)) {
    const subtype = what === 'deleted' ? 'message_deleted' : 'message_changed';
    events.push(
      what === 'posted'
        ? messageEvent(world, 'message', message, channel)
        : changedEvent(world, subtype, message, previous, channel),
    );
  }
  return events.map((event) => ({ type: 'events_api', payload: eventCallback(world, event, channel) }));
}

/** What the bot itself posts comes back to it as events wherever it hears messages, as in Slack. */
export function echoes(world: World, deliver: (envelope: Envelope) => void): () => void {
  const kinds = { posted: 'posted', updated: 'changed', deleted: 'deleted' } as const;
  const listener = (change: Change): void => {
    if (change.kind !== 'posted' && change.kind !== 'updated' && change.kind !== 'deleted') return;
    const { message } = change;
    const channel = world.channels.get(message.channel);
    if (!message.bot_id || !channel) return;
    const previous = { ...wireMessage(world, message), ...message.history.at(-1) };
    for (const envelope of eventsOf(world, kinds[change.kind], message, channel, previous)) deliver(envelope);
  };
  world.listeners.add(listener);
  return () => world.listeners.delete(listener);
}
