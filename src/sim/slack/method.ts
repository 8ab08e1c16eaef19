// What a Web API method is here, and what several families of methods check alike.
import { decoded, SlackError, string, type Json } from './json.ts';
import { validateBlocks } from './limits.ts';
import { app, type Conversation } from './seed.ts';
import { conversationOf, findMessage, type Message, type World } from './state.ts';

/** Calls a minute: https://docs.slack.dev/apis/web-api/rate-limits. `post`: one a second for each channel. */
export type Tier = 'none' | 'tier1' | 'tier2' | 'tier3' | 'tier4' | 'post' | 'special';

export type Method = {
  tier: Tier;
  /** The scope the token must have. */
  scope?: string;
  /** Which token it takes; the bot's unless said. */
  token?: 'app' | 'none';
  run(world: World, args: Json): Json | Promise<Json>;
};
export type Methods = Record<string, Method>;

const LONGEST_TEXT = 40_000;
const LONGEST_UPDATE = 4_000;
/** Not documented; measured by users: https://github.com/slackapi/bolt-js/issues/2509 */
const LONGEST_BLOCKS = 13_200;

/** Refuses with `missing_scope` when the app was not granted it. */
export function needScope(world: World, scope: string): void {
  if (world.scopes.has(scope)) return;
  throw new SlackError('missing_scope', { needed: scope, provided: [...world.scopes].join(',') });
}

/** The conversation named by `channel`, as far as the bot may know of it. */
export function channelArg(world: World, args: Json, name = 'channel'): Conversation {
  const found = conversationOf(world, string(args[name]));
  if (!found) throw new SlackError('channel_not_found');
  if (found.kind !== 'channel' && !found.members.includes(app.botUser)) throw new SlackError('channel_not_found');
  return found;
}

/** The same, and the bot is in it (or may post everywhere). */
export function postableChannel(world: World, args: Json): Conversation {
  const channel = channelArg(world, args);
  if (channel.members.includes(app.botUser) || world.scopes.has('chat:write.public')) return channel;
  throw new SlackError('not_in_channel');
}

/** A message the Web API can see: not deleted, and not one that was shown to one person alone. */
export function messageArg(world: World, channel: string, ts: unknown): Message {
  const found = findMessage(world, channel, string(ts));
  if (!found || found.ephemeral) throw new SlackError('message_not_found');
  return found;
}

function blockList(value: unknown, pointer: string): Json[] | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  const blocks = decoded(value);
  if (!Array.isArray(blocks)) throw new SlackError('invalid_blocks_format');
  const problems = validateBlocks(blocks, 'message', pointer);
  if (problems.length > 0) {
    const lines = problems.map((one) => `${one.message} [json-pointer:${one.pointer}]`);
    const first = problems.find((one) => one.code !== 'invalid');
    throw new SlackError(first?.code ?? 'invalid_blocks', {
      errors: lines,
      response_metadata: { messages: lines.map((line) => `[ERROR] ${line}`) },
    });
  }
  return blocks as Json[];
}

function textLength(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + textLength(one), 0);
  if (typeof value !== 'object' || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, one]) => sum + (key === 'text' && typeof one === 'string' ? one.length : textLength(one)),
    0,
  );
}

/** What a post or an update says; what it leaves out is undefined. Refuses what Slack refuses. */
export function contentArg(args: Json, kind: 'post' | 'update') {
  const text = args['text'] === undefined ? undefined : string(args['text']);
  const blocks = blockList(args['blocks'], '/blocks');
  const given = decoded(args['attachments']);
  const attachments = Array.isArray(given) ? (given as Json[]) : undefined;
  for (const [index, one] of (attachments ?? []).entries()) blockList(one['blocks'], `/attachments/${index}/blocks`);
  const markdown = args['markdown_text'] === undefined ? undefined : string(args['markdown_text']);
  if (markdown && (text || blocks)) throw new SlackError('markdown_text_conflict');
  if (!text && !blocks?.length && !attachments?.length && !markdown) throw new SlackError('no_text');
  if ((text ?? '').length > (kind === 'update' ? LONGEST_UPDATE : LONGEST_TEXT)) throw new SlackError('msg_too_long');
  if ((markdown ?? '').length > 12_000) throw new SlackError('msg_too_long');
  if (textLength(blocks) > LONGEST_BLOCKS) throw new SlackError('msg_blocks_too_long');
  return { text: markdown ?? text, blocks, attachments, metadata: decoded(args['metadata']) as Json | undefined };
}

/** A timestamp or nothing; Slack refuses other shapes. */
export function threadArg(args: Json): string | undefined {
  const ts = string(args['thread_ts']);
  if (!ts) return undefined;
  if (!/^\d{9,11}\.\d{6}$/.test(ts)) throw new SlackError('invalid_thread_ts');
  return ts;
}
