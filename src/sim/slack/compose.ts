// What Slack makes of what a person types: escaped text with mentions and links, and the rich_text block beside it.
import type { Json } from './json.ts';
import type { World } from './state.ts';

const TLD = 'com|net|org|io|dev|app|ai|co|kr|jp|cn|de|fr|es|uk|us|eu|me|gg|sh|so|to|tv|cloud|tech|info|biz|xyz';
const URL_LIKE = new RegExp(
  String.raw`https?://[^\s<>|]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w.@/-])(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:${TLD})(?![\w-]|\.\w)(?:[/:?#][^\s<>|]*)?`,
  'giu',
);

type Piece = { text: string; element: Json };
type Reader = (text: string) => Piece[];

/** `&`, `<` and `>` as Slack escapes them. */
export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function split(text: string, pattern: RegExp, hit: (found: string) => Piece | undefined, rest: Reader): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const match of text.matchAll(pattern)) {
    const piece = hit(match[0]);
    if (!piece) continue;
    if (match.index > from) pieces.push(...rest(text.slice(from, match.index)));
    pieces.push(piece);
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push(...rest(text.slice(from)));
  return pieces;
}

const plain: Reader = (text) => [{ text: escaped(text), element: { type: 'text', text } }];

function link(found: string): Piece {
  const trimmed = found.replace(/[.,;:!?)]+$/u, '');
  const tail = escaped(found.slice(trimmed.length));
  if (/^https?:/iu.test(trimmed)) {
    return { text: `<${escaped(trimmed)}>${tail}`, element: { type: 'link', url: trimmed } };
  }
  const url = trimmed.includes('@') ? `mailto:${trimmed}` : `http://${trimmed}`;
  return { text: `<${escaped(url)}|${escaped(trimmed)}>${tail}`, element: { type: 'link', url, text: trimmed } };
}

const links: Reader = (text) => split(text, URL_LIKE, link, plain);

function mentions(world: World): Reader {
  const people = [...world.people.values()].flatMap((one) =>
    [one.realName, one.name].map((name) => ({ name, id: one.id })),
  );
  const groups = world.groups.map((one) => ({ name: one.handle, id: one.id }));
  const named = [...people, ...groups].toSorted((a, b) => b.name.length - a.name.length);
  const names = named.map((one) => RegExp.escape(one.name)).join('|');
  const pattern = new RegExp(
    String.raw`(?<![\w@.])(?:@(?:${names}|here|channel|everyone)(?![A-Za-z0-9_-])|#[\w-]+)`,
    'giu',
  );
  return (text) => split(text, pattern, (found) => mention(world, named, found), links);
}

function mention(world: World, named: { name: string; id: string }[], found: string): Piece | undefined {
  const name = found.slice(1).toLowerCase();
  if (found.startsWith('#')) {
    const channel = [...world.channels.values()].find((one) => one.name === name);
    return channel && { text: `<#${channel.id}|>`, element: { type: 'channel', channel_id: channel.id } };
  }
  if (['here', 'channel', 'everyone'].includes(name)) {
    return { text: `<!${name}>`, element: { type: 'broadcast', range: name } };
  }
  const id = named.find((one) => one.name.toLowerCase() === name)?.id ?? '';
  if (id.startsWith('S')) return { text: `<!subteam^${id}>`, element: { type: 'usergroup', usergroup_id: id } };
  return { text: `<@${id}>`, element: { type: 'user', user_id: id } };
}

const code = (found: string): Piece => ({
  text: escaped(found),
  element: { type: 'text', text: found.replaceAll('`', ''), style: { code: true } },
});

/** What Slack stores for typed text. Nothing is a mention or a link inside backticks. */
export function composed(world: World, typed: string): { text: string; blocks: Json[] } {
  const pieces = split(typed, /```[\s\S]+?```|`[^`\n]+`/gu, code, mentions(world));
  const section = { type: 'rich_text_section', elements: pieces.map((one) => one.element) };
  return {
    text: pieces.map((one) => one.text).join(''),
    blocks: [{ type: 'rich_text', block_id: world.id('b'), elements: [section] }],
  };
}

/** The text of a slash command: with `should_escape` people and channels become ids with their names, without it it stays as typed. */
export function commandText(world: World, typed: string, shouldEscape: boolean): string {
  if (!shouldEscape) return escaped(typed);
  return composed(world, typed)
    .text.replaceAll(/<@(\w+)>/gu, (whole, id: string) => `<@${id}|${world.people.get(id)?.name ?? whole}>`)
    .replaceAll(/<#(\w+)\|>/gu, (whole, id: string) => `<#${id}|${world.channels.get(id)?.name ?? whole}>`)
    .replaceAll(/<(?:http:\/\/|mailto:)[^|>]+\|([^>]+)>/gu, '$1')
    .replaceAll(/<(https?:[^>|]+)>/gu, '$1');
}
