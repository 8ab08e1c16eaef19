// Slack's payloads, parsed where they come in: what we use is checked, the rest is ignored.
import { z } from 'zod';

const id = z.string().min(1).max(255);
const text = z.string().max(50_000).optional();

/** The outer body of every Events API delivery. https://docs.slack.dev/apis/events-api */
export const eventBody = z.object({
  event_id: id,
  team_id: id.optional(),
  authorizations: z.array(z.object({ team_id: id.nullish() })).nullish(),
  is_ext_shared_channel: z.boolean().optional(),
  event: z.looseObject({ type: id }),
});

/** `app_mention` and `message`, in channels and direct messages. https://docs.slack.dev/reference/events/message */
export const messageEvent = z.object({
  type: z.enum(['app_mention', 'message']),
  channel: id,
  channel_type: z.string().optional(),
  ts: id,
  thread_ts: id.optional(),
  user: id.optional(),
  user_team: id.optional(),
  bot_id: z.string().nullish(),
  subtype: z.string().optional(),
  hidden: z.boolean().optional(),
  text,
});
export type MessageEvent = z.infer<typeof messageEvent>;

/** A slash command. https://docs.slack.dev/interactivity/implementing-slash-commands */
export const slashCommand = z.object({
  command: id,
  team_id: id,
  channel_id: id,
  user_id: id,
  text,
  trigger_id: id,
  response_url: z.url().optional(),
});

const value = z.string().max(5000).optional();
/** A click. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export const blockActions = z.object({
  type: z.literal('block_actions'),
  team: z.object({ id }).nullish(),
  user: z.object({ id, team_id: id.optional() }),
  channel: z.object({ id }).optional(),
  container: z.object({
    message_ts: id.optional(),
    thread_ts: id.optional(),
    channel_id: id.optional(),
    is_ephemeral: z.boolean().optional(),
  }),
  message: z.object({ thread_ts: id.optional() }).optional(),
  trigger_id: id,
  response_url: z.url().optional(),
  actions: z
    .array(z.object({ action_id: id, type: z.string(), value, selected_option: z.object({ value }).nullish() }))
    .min(1),
});
export type BlockActions = z.infer<typeof blockActions>;
