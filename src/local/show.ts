// Everything the bot says in the simulated workspace, drawn as it is posted and as it changes.
import { draw } from './draw.ts';
import { node, nodes, words } from './json.ts';
import type { Reader } from './mrkdwn.ts';
import type { offers } from './offers.ts';
import type { Screen } from './screen.ts';
import type { Change, Message, SimSlack } from './slack.ts';
import { paint, span, textOf, wrap, type Line } from './spans.ts';
import { cut } from './width.ts';

type Parts = {
  slack: SimSlack;
  screen: Screen;
  numbers: ReturnType<typeof offers>;
  /** Who reads a message that is posted: the language and zone of times. */
  reader: (message: Message) => Omit<Reader, 'now' | 'nameOf'>;
  /** Their direct message with the bot: what is said there needs no address. */
  home: () => string;
};

/** Draws from now on; `stop` ends it. */
export function show(parts: Parts): { stop: () => void } {
  const { slack, screen, numbers } = parts;
  const drawn = new Map<number, string[]>();
  const readers = new Map<number, ReturnType<Parts['reader']>>();

  function changed(change: Change): void {
    if (change.kind !== 'posted' && change.kind !== 'updated') return;
    const { message } = change;
    if (!slack.people.get(message.user)?.bot) return;
    const isNew = change.kind === 'posted';
    const card = cardOf(message, isNew);
    const before = drawn.get(message.order) ?? [];
    const texts = card.map(textOf);
    drawn.set(message.order, texts);
    if (!isNew && texts.join('\n') === before.join('\n')) return;
    const lines = [...heading(parts, message), ...card].map((line) => paint(line, screen.colours));
    const name = String(message.order);
    if (isNew) return screen.printAs(name, lines);
    if (screen.replace(name, lines)) return;
    if (texts[0] !== before[0]) return screen.printAs(name, lines);
    screen.print([paint([span(news(texts, before, screen.columns()), 'dim')], screen.colours)]);
  }

  function cardOf(message: Message, isNew: boolean): Line[] {
    const indent = message.thread_ts ? 4 : 2;
    const who = readers.get(message.order) ?? parts.reader(message);
    readers.set(message.order, who);
    const reader = { ...who, now: Date.now(), nameOf: (id: string) => nameOf(slack, id) };
    const frame = { columns: screen.columns() - indent, reader, offers: numbers.number(message, isNew) };
    return draw(message, frame).map((line) => [span(' '.repeat(indent)), ...line]);
  }

  const stop = slack.onChange(changed);
  return { stop };
}

/** `OpsJack in #ops, in the thread (only @jiho sees this)` */
function heading({ slack, screen, home }: Parts, message: Message): Line[] {
  const { channel, ephemeral, thread_ts: thread } = message;
  const author = slack.people.get(message.user)?.realName ?? message.user;
  const where = slack.channels.get(channel);
  const owner = where?.kind === 'im' ? where.members.find((id) => id !== message.user) : undefined;
  const place = owner === undefined ? ` in #${where?.name}` : ` to ${nameOf(slack, owner)}`;
  const only = ephemeral ? ` (only ${nameOf(slack, ephemeral)} sees this)` : '';
  const said = `${author}${channel === home() ? '' : place}${thread ? ', in the thread' : ''}${only}`;
  return wrap([span(thread ? '  ↳ ' : ''), span(said, 'dim')], screen.columns());
}

/** What is different now, on one line. */
function news(texts: string[], before: string[], columns: number): string {
  const old = new Set(before);
  const fresh = texts.filter((line) => !old.has(line)).map((line) => line.trim());
  const about = texts[0]?.trim() ?? '';
  return cut(`  … ${about}${fresh.length > 0 ? ` | ${fresh.join(' | ')}` : ''}`, columns);
}

function nameOf(slack: SimSlack, id: string): string | undefined {
  const person = slack.people.get(id);
  if (person) return `@${person.name}`;
  const channel = slack.channels.get(id);
  if (channel) return `#${channel.name}`;
  const group = slack.groups.find((one) => one.id === id);
  return group && `@${group.handle}`;
}

/** Whether a message is a change on its way: its card was edited and still says so. */
export function underWay(message: Message): boolean {
  const [header] = nodes(message.blocks).filter((block) => block['type'] === 'header');
  const title = words(node(node(header)['text'])['text']);
  return message.edits > 0 && !message.deleted && title.startsWith(':arrows_counterclockwise:');
}
