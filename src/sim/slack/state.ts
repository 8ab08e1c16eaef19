// What the simulated workspace knows and remembers; everything else reads and changes it here.
import { randomUUID } from 'node:crypto';
import { type Json } from './json.ts';
import { pingsOf } from './pings.ts';
import { app, seedChannels, seedGroups, seedPeople, type Conversation, type Person } from './seed.ts';

export type Message = {
  channel: string;
  ts: string;
  thread_ts?: string;
  /** Author: a person, the bot's user or Slackbot. */
  user: string;
  bot_id?: string;
  text: string;
  blocks: Json[];
  attachments: Json[];
  files: Json[];
  metadata?: Json;
  /** Seen by this person alone. */
  ephemeral?: string;
  /** How often it was changed, and what it said before, oldest first. */
  edits: number;
  history: { text: string; blocks: Json[] }[];
  edited?: { user: string; ts: string };
  deleted: boolean;
  /** Place in the order of everything posted to the workspace. */
  order: number;
  /** Grows with every post and change in the workspace: what happened after a moment has a larger one. */
  seq: number;
  at: number;
  reactions: { name: string; users: string[] }[];
  /** Who is notified by what it says now: `<!channel>`, `U…`, `S…`. */
  pings: string[];
  client_msg_id?: string;
  /** What people picked in it: person -> block_id -> action_id -> state. */
  picked: Record<string, Record<string, Json>>;
};

export type View = Json & { id: string; hash: string; type: string; blocks: Json[]; user: string };
export type Change =
  | { kind: 'posted' | 'updated' | 'deleted' | 'reaction'; message: Message }
  | { kind: 'view' | 'home' | 'view_closed'; user: string; view: View }
  | { kind: 'status'; channel: string; thread: string; status: string };

export type ApiCall = { at: number; method: string; body: Json; ok: boolean; error?: string };
export type ResponseUrl = { channel: string; user: string; message?: Message; at: number; uses: number };
export type SimFile = { id: string; name: string; size: number; content?: Buffer; title?: string; done: boolean };

export type World = ReturnType<typeof createWorld>;

/** An empty workspace with its seeded people, channels and groups. `clock` dates messages, triggers and response URLs. */
export function createWorld(options: { clock: { now(): number }; scopes: string[]; events: string[] }) {
  const listeners = new Set<(change: Change) => void>();
  const run = randomUUID().replaceAll('-', '').slice(0, 10);
  let lastTs = 0;
  let count = 0;
  return {
    clock: options.clock,
    scopes: new Set(options.scopes),
    events: new Set(options.events),
    botToken: 'xoxb-0000-sim-not-a-real-token',
    appToken: 'xapp-1-A0OPSJACK-0000-sim-not-a-real-token',
    signingSecret: 'simulated-signing-secret',
    people: new Map<string, Person>(seedPeople().map((one) => [one.id, one])),
    channels: new Map<string, Conversation>(seedChannels().map((one) => [one.id, one])),
    groups: seedGroups(),
    messages: [] as Message[],
    views: new Map<string, View[]>(),
    homes: new Map<string, View>(),
    statuses: new Map<string, string>(),
    triggers: new Map<string, { user: string; at: number; used: boolean }>(),
    responseUrls: new Map<string, ResponseUrl>(),
    files: new Map<string, SimFile>(),
    calls: [] as ApiCall[],
    /** Set when the server listens. */
    baseUrl: '',
    /** A one-time ticket for a WebSocket. */
    ticket: (): string => '',
    listeners,
    /** The largest `seq` so far. */
    seq: 0,
    /** A new id that no other run of the simulator has used: bots remember ids across restarts. */
    id: (prefix: string) => `${prefix}${run.toUpperCase()}${(count += 1).toString(36).toUpperCase().padStart(4, '0')}`,
    /** The next message timestamp: now, but always later than the one before. */
    ts() {
      lastTs = Math.max(Math.floor(options.clock.now() * 1000), lastTs + 1);
      return `${Math.floor(lastTs / 1e6)}.${String(lastTs % 1e6).padStart(6, '0')}`;
    },
    changed(change: Change) {
      for (const listener of listeners) listener(change);
    },
  };
}

type NewMessage = Pick<Message, 'channel' | 'user' | 'text'> & Partial<Message>;

/** Adds a message to the workspace and tells the observers. */
export function addMessage(world: World, fields: NewMessage): Message {
  const message: Message = {
    ts: world.ts(),
    blocks: [],
    attachments: [],
    files: [],
    edits: 0,
    history: [],
    deleted: false,
    reactions: [],
    order: world.messages.length,
    seq: (world.seq += 1),
    at: world.clock.now(),
    pings: [],
    picked: {},
    ...fields,
  };
  message.pings = pingsOf(message);
  world.messages.push(message);
  world.changed({ kind: 'posted', message });
  return message;
}

/** Changes what a message says, keeps what it said before, and tells the observers. */
export function changeMessage(
  world: World,
  message: Message,
  by: string,
  next: Partial<Pick<Message, 'text' | 'blocks' | 'attachments' | 'metadata'>>,
): void {
  message.history.push({ text: message.text, blocks: message.blocks });
  Object.assign(message, next);
  message.edits += 1;
  message.seq = world.seq += 1;
  message.edited = { user: by, ts: `${Math.floor(world.clock.now() / 1000)}.000000` };
  message.pings = pingsOf(message);
  world.changed({ kind: 'updated', message });
}

/** Takes a message away and tells the observers. */
export function deleteMessage(world: World, message: Message): void {
  message.deleted = true;
  message.seq = world.seq += 1;
  world.changed({ kind: 'deleted', message });
}

/** The message people see at that place, or nothing. */
export function findMessage(world: World, channel: string, ts: string): Message | undefined {
  return world.messages.findLast((one) => one.ts === ts && one.channel === channel && !one.deleted);
}

/** The person with that id, handle or full name. Throws when there is none. */
export function personOf(world: World, idOrName: string): Person {
  const wanted = idOrName.replace(/^@/, '').toLowerCase();
  for (const one of world.people.values()) {
    if ([one.id, one.name, one.realName].some((name) => name.toLowerCase() === wanted)) return one;
  }
  throw new Error(
    `nobody called ${idOrName} in the simulated workspace: ${[...world.people.values()].map((p) => p.name).join(', ')}`,
  );
}

/** The conversation with that id, `#name` or, for a person's id, the direct message with them. */
export function conversationOf(world: World, idOrName: string): Conversation | undefined {
  const wanted = idOrName.replace(/^#/, '');
  const known = world.channels.get(wanted) ?? [...world.channels.values()].find((one) => one.name === wanted);
  return known ?? (world.people.has(wanted) ? directMessage(world, wanted) : undefined);
}

/** The direct message of a person with the bot; opened when it does not exist yet. */
export function directMessage(world: World, user: string): Conversation {
  const id = `D${user.slice(1)}`;
  const known = world.channels.get(id);
  if (known) return known;
  const opened: Conversation = { id, name: 'directmessage', kind: 'im', members: [user, app.botUser] };
  world.channels.set(id, opened);
  return opened;
}

/** A trigger_id for what a person just did: good for one use within three seconds. */
export function newTrigger(world: World, user: string): string {
  const id = `${world.id('')}.${Math.floor(world.clock.now())}.${randomUUID().replaceAll('-', '')}`;
  world.triggers.set(id, { user, at: world.clock.now(), used: false });
  return id;
}

/** A response_url: good for five uses within thirty minutes. */
export function newResponseUrl(
  world: World,
  kind: 'commands' | 'actions',
  to: Omit<ResponseUrl, 'at' | 'uses'>,
): string {
  const path = `/${kind}/${world.id('T')}/${randomUUID().replaceAll('-', '')}`;
  world.responseUrls.set(path, { ...to, at: world.clock.now(), uses: 0 });
  return world.baseUrl + path;
}
