// Acting as somebody in the workspace: writing, editing, commands. Each promise tells what Slack did with it.
import { randomUUID } from 'node:crypto';
import { react } from './api-chat.ts';
import { commandText, composed } from './compose.ts';
import type { Courier, Delivered } from './delivery.ts';
import { eventsOf } from './events.ts';
import { interacting, type Acted } from './interact.ts';
import { object, type Json } from './json.ts';
import { eventCallback, wireMessage } from './payloads.ts';
import { slashForm } from './payloads-interactive.ts';
import { respond } from './response-url.ts';
import { team, type Conversation, type Person } from './seed.ts';
import { addMessage, changeMessage, conversationOf, deleteMessage, directMessage, personOf } from './state.ts';
import type { Message, World } from './state.ts';

/** What came of writing: the message, the events it made (first attempts done), and a `since` to wait for answers with. */
export type Said = { message: Message; channel: string; ts: string; events: Delivered[]; since: number };
export type Commanded = Acted & {
  /** The answer given in the acknowledgement, or Slackbot's note that it failed. */
  shown?: Message;
};
export type Place = Pick<Message, 'channel' | 'ts'>;
export type Actor = ReturnType<typeof actor>;
export type ActorParts = { world: World; courier: Courier; command: string; shouldEscape: boolean };

/** Somebody of the workspace, by id, handle or full name. Throws when nobody is called so. */
export function actor(parts: ActorParts, who: string) {
  const { world, courier } = parts;
  const person = personOf(world, who);

  async function write(
    channel: Conversation,
    typed: string,
    options: { thread?: string; formatted?: boolean },
  ): Promise<Said> {
    if (!channel.members.includes(person.id)) throw new Error(`${person.name} is not in ${channel.name}`);
    const since = world.seq;
    const message = addMessage(world, {
      channel: channel.id,
      user: person.id,
      client_msg_id: randomUUID(),
      ...(options.formatted ? { text: typed } : composed(world, typed)),
      ...(options.thread && { thread_ts: options.thread }),
    });
    const events = await Promise.all(eventsOf(world, 'posted', message, channel).map((one) => courier.deliver(one)));
    return { message: structuredClone(message), channel: channel.id, ts: message.ts, events, since };
  }

  function own(place: Place): { message: Message; channel: Conversation } {
    const channel = world.channels.get(place.channel);
    const message = world.messages.find((one) => one.channel === place.channel && one.ts === place.ts && !one.deleted);
    if (!message || !channel || message.user !== person.id) throw new Error(`${person.name} has no such message`);
    return { message, channel };
  }

  return {
    person,
    /** Writes in a channel ("#ops" or an id). `thread`: the ts of its first message. `formatted`: the text is Slack's own already. */
    say(channel: string, text: string, options: { thread?: string; formatted?: boolean } = {}): Promise<Said> {
      return write(known(world, channel), text, options);
    },
    /** Writes to the bot in a direct message. */
    dm(text: string, options: { thread?: string; formatted?: boolean } = {}): Promise<Said> {
      return write(directMessage(world, person.id), text, options);
    },
    /** Edits an own message. */
    async edit(place: Place, text: string): Promise<Delivered[]> {
      const { message, channel } = own(place);
      const previous = wireMessage(world, message);
      changeMessage(world, message, person.id, composed(world, text));
      return Promise.all(eventsOf(world, 'changed', message, channel, previous).map((one) => courier.deliver(one)));
    },
    /** Deletes an own message. */
    async remove(place: Place): Promise<Delivered[]> {
      const { message, channel } = own(place);
      const previous = wireMessage(world, message);
      deleteMessage(world, message);
      return Promise.all(eventsOf(world, 'deleted', message, channel, previous).map((one) => courier.deliver(one)));
    },
    /** Adds a reaction to any message. */
    react(place: Place, name: string): void {
      const message = world.messages.find((one) => one.channel === place.channel && one.ts === place.ts);
      if (message) react(world, message, person.id, name, 'add');
    },
    /** Sends a slash command: "/ops status", or only its text. Where nothing is said, from the direct message. */
    slash: (text: string, channel?: string): Promise<Commanded> =>
      slash(parts, person, text, channel ? known(world, channel) : directMessage(world, person.id)),
    /** Opens the app's home or messages tab. */
    async openHome(tab: 'home' | 'messages' = 'home'): Promise<Delivered[]> {
      if (!world.events.has('app_home_opened')) return [];
      const { id } = directMessage(world, person.id);
      const event = { type: 'app_home_opened', user: person.id, channel: id, tab, event_ts: world.ts() };
      return [await courier.deliver({ type: 'events_api', payload: eventCallback(world, event) })];
    },
    ...interacting(parts, person),
  };
}

function known(world: World, channel: string): Conversation {
  const found = conversationOf(world, channel);
  if (!found)
    throw new Error(`no channel ${channel}: ${[...world.channels.values()].map((one) => one.name).join(', ')}`);
  return found;
}

async function slash(parts: ActorParts, person: Person, typed: string, channel: Conversation): Promise<Commanded> {
  const { world } = parts;
  if (person.team !== team.id)
    throw new Error(`${person.name} is of another workspace: Slack offers them no commands of this one`);
  const [, command = parts.command, rest = ''] = /^(\/\S+)?\s*([\s\S]*)$/u.exec(typed) ?? [];
  const payload = slashForm(world, person, channel, command, commandText(world, rest.trim(), parts.shouldEscape));
  const since = world.seq;
  const sent = await parts.courier.deliver({ type: 'slash_commands', payload });
  const acted = {
    ...sent,
    since,
    triggerId: String(payload['trigger_id']),
    responseUrl: String(payload['response_url']),
  };
  const shown = sent.acked
    ? answered(world, person, channel, sent.body)
    : failed(world, person, channel, command, sent.reason);
  return shown ? { ...acted, shown: structuredClone(shown) } : acted;
}

function answered(world: World, person: Person, channel: Conversation, body: unknown): Message | undefined {
  const said: Json = typeof body === 'string' ? { text: body } : object(body);
  if (!said['text'] && !said['blocks'] && !said['attachments']) return undefined;
  return respond(world, { channel: channel.id, user: person.id }, said);
}

function failed(world: World, person: Person, channel: Conversation, command: string, reason?: string): Message {
  const error = reason === 'timeout' || reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed';
  const text = `${command} failed with the error "${error}"`;
  return addMessage(world, { channel: channel.id, user: 'USLACKBOT', text, ephemeral: person.id });
}
