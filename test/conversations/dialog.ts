// What a dialog is made of: somebody writes to the bot directly, clicks, and waits for what comes of it.
import { title, type Workspace } from './workspace.ts';

export type Card = Awaited<ReturnType<Workspace['slack']['until']>>;
export const bot = 'U0OPSJACK';

/** A deployment or a slow AWS takes a while, also at many times its speed. */
const patience = { timeoutMs: 25_000 };

/** What can be clicked on a message, by its label. */
export const labels = (here: Workspace, message: Card): string[] =>
  here.slack.clickables(message).map(({ label }) => label);

/** A person's direct messages with the bot. */
export function talk(here: Workspace, who: string) {
  const person = here.slack.as(who);

  /** Writes, and resolves with the bot's first new message that fits. */
  async function ask(text: string, fits: (message: Card) => boolean = () => true): Promise<Card> {
    const said = await person.dm(text);
    const isAnswer = (message: Card) =>
      message.user === bot && message.channel === said.channel && message.order > said.message.order && fits(message);
    return here.slack.until(isAnswer, { since: said.since, ...patience });
  }

  /** Asks for a change and resolves with its plan, unconfirmed. */
  const plan = (text: string) => ask(text, (message) => title(message).endsWith('?'));

  /** Clicks and resolves with the bot's next new message, public or private. */
  async function follow(message: Card, label: string, fits: (next: Card) => boolean = () => true): Promise<Card> {
    const last = here.slack.mark();
    const before = Math.max(-1, ...shown().map(({ order }) => order));
    await person.click(message, label);
    return here.slack.until((next) => next.user === bot && next.order > before && mine(next) && fits(next), {
      since: last,
      ...patience,
    });
  }

  function shown(): Card[] {
    return [...here.slack.messages(person.person.id), ...here.slack.ephemerals(who)];
  }

  function mine(message: Card): boolean {
    return message.channel === `D${person.person.id.slice(1)}` || message.ephemeral === person.person.id;
  }

  return { person, ask, plan, follow, shown };
}

/** The same message once its header ends like this. */
export function becomes(here: Workspace, card: Card, ending: string | RegExp): Promise<Card> {
  const fits = (text: string) => (typeof ending === 'string' ? text.endsWith(ending) : ending.test(text));
  return here.slack.until((message) => message.order === card.order && fits(title(message)), patience);
}

/** Calls that change something, about a target; oldest first. */
export function changes(here: Workspace, name: string): { operation: string; params: Record<string, unknown> }[] {
  return here.aws.control
    .calls()
    .filter(({ operation }) => /^(Update|Register|Stop|Abort|Deregister)/u.test(operation))
    .filter(({ params }) => JSON.stringify(params).includes(name));
}
