// Doing in the simulated workspace what a line says, and knowing when it was answered.
import type { Deed } from './lines.ts';
import { labelOf, type Offer } from './offers.ts';
import { node, words } from './json.ts';
import type { Message, SimSlack } from './slack.ts';
import type { offers } from './offers.ts';

/** `silent`: nothing came in time. `wrong`: nothing was sent, since the line made no sense here. */
export type Outcome = 'answered' | 'silent' | 'wrong' | 'declined';
type Acting = Extract<Deed, { kind: 'say' | 'slash' | 'click' }>;

type Parts = {
  slack: SimSlack;
  numbers: ReturnType<typeof offers>;
  tell: (lines: string[]) => void;
  /** Slack's dialog before a click counts. */
  confirm: (question: string[]) => Promise<boolean>;
  /** How long to wait for an answer, in milliseconds. */
  patience: number;
};

const quiet = 300;
const longestNoise = 3_000;
/** What a click starts may have to ask AWS first. */
const clickPatience = 30_000;

/** Does it and resolves when the answer is complete, or is not coming. */
export function acting(parts: Parts) {
  const { slack, numbers, tell } = parts;
  const threads = new Map<string, string>();

  async function act(deed: Acting): Promise<Outcome> {
    try {
      if (deed.kind === 'say') return await say(deed);
      return deed.kind === 'slash' ? await slash(deed) : await click(deed);
    } catch (error) {
      tell([`Not sent: ${error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)}`]);
      return 'wrong';
    }
  }

  async function say({ who, channel, text, thread }: Extract<Deed, { kind: 'say' }>): Promise<Outcome> {
    numbers.restart();
    const mark = slack.mark();
    const actor = slack.as(who);
    const bot = slack.people.get(slack.botUser)?.realName ?? '';
    const mention =
      channel === undefined || text.toLowerCase().includes(`@${bot.toLowerCase()}`) ? text : `@${bot} ${text}`;
    const root = thread && threads.get(channel ?? '');
    if (thread && !root) throw new Error(`there is no thread in #${channel} yet; #${channel} and words starts one`);
    const options = root ? { thread: root } : {};
    const said = channel === undefined ? await actor.dm(mention) : await actor.say(`#${channel}`, mention, options);
    undelivered(said.events.find((one) => !one.acked));
    const ts = root || said.message.ts;
    if (channel !== undefined) threads.set(channel, ts);
    const inThread = (one: Message): boolean => one.thread_ts === ts || (channel === undefined && !one.thread_ts);
    return answer(
      mark,
      (one) => one.channel === said.channel && isNew(one) && (inThread(one) || one.ephemeral === actor.person.id),
    );
  }

  async function slash({ who, text }: Extract<Deed, { kind: 'slash' }>): Promise<Outcome> {
    numbers.restart();
    const mark = slack.mark();
    const { person, slash: send } = slack.as(who);
    // Slack itself refuses other commands; here there is only one.
    if (!/^\/ops\b/u.test(text)) {
      tell([
        `${text.split(' ')[0]} is not a valid command. In Slack they are understood by other apps; the bot's is /ops.`,
      ]);
      return 'wrong';
    }
    await send(text);
    return answer(
      mark,
      (one) => isNew(one) && (one.ephemeral === person.id || one.channel === `D${person.id.slice(1)}`),
    );
  }

  async function click({ who, what, option }: Extract<Deed, { kind: 'click' }>): Promise<Outcome> {
    const offer = numbers.find(what);
    const wanted = offer && pick(offer, option);
    if (!offer || !wanted) return missing(what, offer);
    const live = slack.current(offer.message);
    if (!live) throw new Error('that message is gone');
    const hidden = unseen(live, slack.as(who).person);
    if (hidden) {
      tell([hidden]);
      return 'wrong';
    }
    if (wanted.url) tell([`Opens ${wanted.url}`]);
    const declined = wanted.confirm !== undefined && !(await parts.confirm(dialog(wanted.confirm)));
    if (!declined && !wanted.url) numbers.restart(live);
    const mark = slack.mark();
    const clicked = await slack.as(who).click(live, wanted, declined ? { decline: true } : {});
    if (declined) return 'declined';
    undelivered(clicked.acked ? undefined : clicked);
    if (wanted.url) return 'answered';
    const patience = clicked.acked ? Math.max(parts.patience, clickPatience) : parts.patience;
    const near = (one: Message): boolean => one.channel === live.channel && (one.order === live.order || isNew(one));
    return answer(mark, near, patience);
  }

  /** Why this person cannot click it: it stands in somebody else's direct message. */
  function unseen({ channel }: Message, { id, name }: { id: string; name: string }): string | undefined {
    const where = slack.channels.get(channel);
    if (where?.kind !== 'im' || where.members.includes(id)) return undefined;
    const owner = where.members.map((one) => slack.people.get(one)).find((one) => one && !one.bot);
    return `@${name} does not see this message (it is a direct message to @${owner?.name}); use \`#ops ...\` for cards that others can click.`;
  }

  function missing(what: string, offer: Offer | undefined): Outcome {
    const shown = numbers.list().map((one) => `[${one.number}] ${labelOf(one)}`);
    if (/^\d+$/u.test(what) && !offer && shown.length === 0 && numbers.older().length > 0) {
      tell(['Not clicked: nothing to click in the last answer. For a button of an older card type its label: !Label']);
      return 'wrong';
    }
    const why = offer
      ? `[${offer.number}] ${labelOf(offer)} is a menu: !${offer.number} and the number of an option`
      : `There is no button ${what}`;
    tell([`Not clicked. ${why}. ${offer ? '' : `On screen: ${shown.join('  ') || 'none'}`}`.trim()]);
    return 'wrong';
  }

  function undelivered(failed: { reason?: string } | undefined): void {
    if (failed)
      tell([
        `The bot did not acknowledge it (${failed.reason ?? 'no reason'}); a person would see a warning in Slack.`,
      ]);
  }

  function isNew(one: Message): boolean {
    return slack.people.get(one.user)?.bot === true && one.edits === 0;
  }

  async function answer(
    since: number,
    fits: (one: Message) => boolean,
    patience: number = parts.patience,
  ): Promise<Outcome> {
    try {
      const first = await slack.until(fits, { since, timeoutMs: patience });
      // "is looking" is no answer yet; where nothing else comes it was one after all.
      if (provisional(first))
        await slack.until(fits, { since: first.seq, timeoutMs: parts.patience }).catch(() => undefined);
      await settled(slack);
      return 'answered';
    } catch {
      tell([`no answer within ${patience / 1000} s`]);
      return 'silent';
    }
  }

  return { act };
}

/** The option a menu is asked for, or the button itself; nothing when there is none. */
function pick({ clickables }: Offer, option: string | undefined) {
  const [first] = clickables;
  if (first?.kind === 'button') return first;
  return option === undefined ? undefined : clickables[Number(option) - 1];
}

function dialog(confirm: unknown): string[] {
  const said = (key: string): string => words(node(node(confirm)[key])['text']);
  return [`Slack asks: ${said('title')} ${said('text')}`, `y: ${said('confirm')}, n: ${said('deny')}`];
}

function provisional(message: Message): boolean {
  return (
    message.ephemeral !== undefined &&
    message.blocks.length > 0 &&
    message.blocks.every((block) => block['type'] === 'context')
  );
}

/** Resolves when nothing was said for a moment: an answer may have several parts. */
export function settled(slack: SimSlack): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      stop();
      clearTimeout(soon);
      clearTimeout(late);
      resolve();
    };
    let soon = setTimeout(end, quiet);
    const late = setTimeout(end, longestNoise);
    const stop = slack.onChange(() => {
      clearTimeout(soon);
      soon = setTimeout(end, quiet);
    });
  });
}
