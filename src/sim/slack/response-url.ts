// Posting to a response_url: https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
import { withIds } from './block-ids.ts';
import { object, SlackError, string, truthy, type Json } from './json.ts';
import { contentArg, threadArg } from './method.ts';
import { app } from './seed.ts';
import { addMessage, changeMessage, deleteMessage, type Message, type ResponseUrl, type World } from './state.ts';

const MOST_USES = 5;
const LIFETIME_MS = 30 * 60_000;

/** What a response (to a response_url, or in an acknowledgement) makes appear. */
export function respond(world: World, to: Omit<ResponseUrl, 'at' | 'uses'>, said: Json): Message | undefined {
  const original = to.message && world.messages.find((one) => one.order === to.message?.order && !one.deleted);
  if (truthy(said['delete_original'])) {
    if (original) deleteMessage(world, original);
    return undefined;
  }
  const { text, blocks, attachments } = contentArg(said, 'post');
  if (truthy(said['replace_original']) && original) {
    changeMessage(world, original, app.botUser, {
      text: text ?? '',
      blocks: withIds(world, blocks ?? []),
      attachments: attachments ?? [],
    });
    return original;
  }
  const thread = threadArg(said);
  return addMessage(world, {
    channel: to.channel,
    user: app.botUser,
    bot_id: app.botId,
    text: text ?? '',
    blocks: withIds(world, blocks ?? []),
    attachments: attachments ?? [],
    ...(thread && { thread_ts: thread }),
    ...(said['response_type'] !== 'in_channel' && { ephemeral: to.user }),
  });
}

/** One POST to a response_url: HTTP status and body as Slack answers. */
export function postToResponseUrl(world: World, path: string, body: Buffer): { status: number; body: string } {
  const target = world.responseUrls.get(path);
  if (!target || world.clock.now() - target.at > LIFETIME_MS) return { status: 404, body: 'expired_url' };
  if (target.uses >= MOST_USES) return { status: 404, body: 'used_url' };
  let said: Json;
  try {
    said = object(JSON.parse(body.toString('utf8')));
  } catch {
    return { status: 400, body: 'invalid_payload' };
  }
  try {
    respond(world, target, said);
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    const detail = error.extra['response_metadata'] as { messages?: string[] } | undefined;
    return { status: 400, body: [string(error.code), ...(detail?.messages ?? [])].join('\n') };
  }
  target.uses += 1;
  return { status: 200, body: 'ok' };
}
