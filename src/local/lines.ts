// What a typed line means in the local workspace.

export type Deed =
  | { kind: 'nothing' }
  | { kind: 'say'; who: string; channel?: string; thread?: boolean; text: string }
  | { kind: 'slash'; who: string; text: string }
  | { kind: 'click'; who: string; what: string; option?: string }
  | { kind: 'control'; name: string; args: string[] }
  | { kind: 'unknown'; name: string };

export type Cast = {
  /** Handles of the people one may act as. */
  people: readonly string[];
  /** Names of channels. */
  channels: readonly string[];
  /** Handles that stay what they are, a mention: the bot's. */
  bots: readonly string[];
};

/** Reads a line typed by `who`: `@name` first acts as somebody else, `#channel` writes there, `#channel>` in its last thread, `!1` clicks, `:` controls. */
export function readLine(line: string, who: string, cast: Cast): Deed {
  const text = line.trim();
  const [, name, rest = ''] = /^@([\p{L}\p{N}._-]+)(?:\s+([\s\S]*))?$/u.exec(text) ?? [];
  if (name === undefined || cast.bots.includes(name.toLowerCase())) return deed(text, who, cast);
  const person = cast.people.find((one) => one === name.toLowerCase());
  return person === undefined ? { kind: 'unknown', name } : deed(rest.trim(), person, cast);
}

function deed(text: string, who: string, cast: Cast): Deed {
  // `# words` is a remark in a script; `#ops words` is written in the channel.
  if (text === '' || /^#(?:\s|$)/u.test(text)) return { kind: 'nothing' };
  if (text === '?') return { kind: 'control', name: 'help', args: [] };
  if (text.startsWith('/')) return { kind: 'slash', who, text };
  const [, what, option] = /^!\s*(\d+|\S[^]*?)(?:\s+(\d+))?$/u.exec(text) ?? [];
  if (what !== undefined)
    return option === undefined ? { kind: 'click', who, what } : { kind: 'click', who, what, option };
  const [, control, args = ''] = /^:([a-z]+)(?:\s+([^]*))?$/u.exec(text) ?? [];
  if (control !== undefined) return { kind: 'control', name: control, args: args.split(/\s+/u).filter(Boolean) };
  const [, channel = '', thread, words = ''] = /^#([\w-]+)(>?)\s+([^]*)$/u.exec(text) ?? [];
  return cast.channels.includes(channel)
    ? { kind: 'say', who, channel, text: words, ...(thread && { thread: true }) }
    : { kind: 'say', who, text };
}
