// What a message says, as plain text: for waiting on it, and for telling what was said when it never came.
import { blocksOf, clickables } from './clickables.ts';
import { object, string, type Json } from './json.ts';
import type { Message, World } from './state.ts';

const WORDS = new Set(['plain_text', 'mrkdwn', 'markdown', 'text', 'raw_text', 'raw_number']);

function textsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  const node = object(value);
  const own: string[] = [];
  if (WORDS.has(string(node['type'])) && typeof node['text'] === 'string') own.push(node['text']);
  for (const key of ['title', 'caption']) if (typeof node[key] === 'string') own.push(node[key]);
  if (node['type'] === 'link') own.push(string(node['text']) || string(node['url']));
  if (node['type'] === 'user') own.push(`<@${string(node['user_id'])}>`);
  const below = Object.entries(node).filter(([key, one]) => key !== 'confirm' && typeof one === 'object');
  return [...own, ...below.flatMap(([, one]) => textsIn(one))];
}

/** All text people see in a message, one line for each piece; buttons included. Without blocks: its text. */
export function shownText(message: Pick<Message, 'text' | 'blocks' | 'attachments'>): string {
  const blocks: Json[] = blocksOf(message);
  return blocks.length > 0 ? textsIn(blocks).join('\n') : message.text;
}

/** One message for a person reading a failed test. */
export function describe(world: World, message: Message): string {
  const channel = world.channels.get(message.channel);
  const notes = [
    ...(message.thread_ts ? ['in thread'] : []),
    ...(message.ephemeral ? [`only for ${world.people.get(message.ephemeral)?.name}`] : []),
    ...(message.edits > 0 ? [`edited ${message.edits}x`] : []),
    ...(message.deleted ? ['deleted'] : []),
  ];
  const head = `[${channel?.kind === 'im' ? 'DM' : `#${channel?.name}`}] ${world.people.get(message.user)?.name}`;
  const buttons = clickables(message).map((one) => `[${one.number} ${one.label}]`);
  const body = shownText(message).replaceAll('\n', '\n    ');
  return `${head}${notes.length > 0 ? ` (${notes.join(', ')})` : ''}: ${body}${buttons.length > 0 ? `\n    ${buttons.join(' ')}` : ''}`;
}

/** What was said lately and which API calls failed: the story of a workspace in a few lines. */
export function story(world: World): string {
  const said = world.messages.slice(-15).map((one) => describe(world, one));
  const failed = world.calls.filter((one) => !one.ok).slice(-5);
  const calls = failed.map((one) => `  ${one.method}: ${one.error} ${JSON.stringify(one.body).slice(0, 300)}`);
  const lines = said.length > 0 ? said.map((one) => `  ${one}`) : ['  nothing was said'];
  return [...lines, ...(calls.length > 0 ? ['API calls that failed:', ...calls] : [])].join('\n');
}
