// A person who asks, clicks, and does what people do when nothing comes: tries again.
import { setTimeout as wait } from 'node:timers/promises';
import type { SimSlack } from '../../src/sim/slack/server.ts';
import type { FastClock } from './clock.ts';

export type Card = ReturnType<SimSlack['messages']>[number];
export type Person = ReturnType<typeof person>;

/** A card's header; nothing for a plain sentence. */
export function title(message: { blocks?: readonly object[] }): string {
  const [first] = (message.blocks ?? []) as { type: string; text?: { text: string } }[];
  return first?.type === 'header' ? (first.text?.text ?? '') : '';
}

/** Patience with an answer and with the end of a change, in minutes of the fast clock. */
const patience = { answer: 2, end: 8 };
const minute = 60_000;
const asks = 5;
const clicks = 16;

/** Somebody in a simulated workspace. What they did is counted, for whoever checks the run. */
export function person(given: {
  slack: SimSlack;
  clock: FastClock;
  place: 'direct' | 'channel';
  who: string;
  tell: (line: string) => void;
}) {
  const { slack, clock, tell } = given;
  const me = slack.as(given.who);
  const channel = given.place === 'direct' ? `D${me.person.id.slice(1)}` : 'C0OPS';
  /** `id`: as the bot records it; `acked`: Slack was told that it arrived, maybe at a later attempt. */
  const asked: { id: string; acked: boolean; order: number }[] = [];
  const clicked: { id: string; acked: boolean; message: Card; after: number }[] = [];
  /** Clicks that ask for a change, as words do. */
  let opened = 0;

  function ofBot(after: number): Card[] {
    const all = [...known(), ...slack.ephemerals(given.who)];
    return all.filter(({ user, order }) => user === slack.botUser && order > after);
  }
  /** A direct message comes into being with its first message. */
  const known = (): Card[] => (slack.channels.has(channel) ? slack.messages(channel) : []);

  async function until<T>(minutes: number, look: () => T | undefined): Promise<T | undefined> {
    const late = clock.now() + minutes * minute;
    for (;;) {
      const found = look();
      if (found !== undefined || clock.now() > late) return found;
      await wait(40);
    }
  }

  async function say(text: string): Promise<number> {
    const said = given.place === 'direct' ? await me.dm(text) : await me.say('#ops', `@OpsJack ${text}`);
    const one = {
      id: `msg/${said.channel}/${said.ts}`,
      acked: said.events.some(({ acked }) => acked),
      order: said.message.order,
    };
    asked.push(one);
    for (const { final } of said.events) void final.then(({ acked }) => (one.acked ||= acked));
    tell(`${given.who} says: ${text}`);
    return said.message.order;
  }

  return {
    asked,
    clicked,
    opened: () => opened,
    header: title,
    /** Asks until there is a plan to agree to; nothing when there never was. */
    async plan(text: string): Promise<Card | undefined> {
      for (let tries = 0; tries < asks; tries++) {
        const order = await say(text);
        const answer = await until(patience.answer, () => {
          const answers = ofBot(order);
          return answers.find(isPlan) ?? answers.find((message) => title(message) === '');
        });
        if (answer && isPlan(answer)) return answer;
        tell(answer ? `answered: ${answer.text.slice(0, 150)}` : 'no answer');
        // A plan may come late, after somebody was told of trouble.
        const late = await until(0.2, () => ofBot(order).find(isPlan));
        if (late) return late;
      }
      return undefined;
    },
    /** Clicks until Slack takes it or the button is gone. Whether it was taken. */
    async click(card: Card, label: RegExp): Promise<boolean> {
      for (let tries = 0; tries < clicks; tries++) {
        const now = slack.current(card);
        const button = now && slack.clickables(now).find((one) => label.test(one.label));
        if (!now || !button) return clicked.some(({ message, acked }) => message.order === card.order && acked);
        if (await press(now, button)) return true;
        await wait(700);
      }
      return false;
    },
    /** The card once its header says that it is over; nothing when that takes too long. */
    end: (card: Card): Promise<Card | undefined> =>
      until(patience.end, () => {
        const now = slack.current(card);
        return now && isEnd(title(now)) ? now : undefined;
      }),
    /** Clicks a button that asks for a plan, again when nothing comes; the plan. */
    async follow(card: Card, label: RegExp): Promise<Card | undefined> {
      for (let tries = 0; tries < asks; tries++) {
        const now = slack.current(card);
        const button = now && slack.clickables(now).find((one) => label.test(one.label));
        if (!now || !button) return undefined;
        opened += 1;
        const after = newest();
        if (!(await press(now, button))) continue;
        const plan = await until(patience.answer, () => ofBot(after).find(isPlan));
        if (plan) return plan;
      }
      return undefined;
    },
    /** Whether a card comes to show such a button. */
    sees: (card: Card, label: RegExp) =>
      until(patience.answer, () => buttons(card).find((one) => label.test(one.label)) !== undefined || undefined),
    /** Whether a card comes to say that it is agreed to and waits for its time. */
    waits: (card: Card) =>
      until(patience.answer, () => {
        const now = slack.current(card);
        return (now && !title(now).endsWith('?')) || undefined;
      }),
    /** A later message with such a header. */
    sooner: (card: Card, header: RegExp) =>
      until(patience.answer, () => ofBot(card.order).find((message) => header.test(title(message)))),
    ofBot,
  };

  function buttons(card: Card) {
    const now = slack.current(card);
    return now ? slack.clickables(now) : [];
  }
  function isPlan(message: Card): boolean {
    return title(message).endsWith('?') && slack.clickables(message).length > 0;
  }
  function newest(): number {
    return Math.max(-1, ...ofBot(-1).map(({ order }) => order));
  }
  async function press(message: Card, button: { number: number; label: string }): Promise<boolean> {
    const after = newest();
    const { acked, triggerId } = await me.click(message, button.number);
    tell(`${given.who} clicks ${button.label}: ${acked ? 'taken' : 'not taken'}`);
    clicked.push({ id: `clk/${triggerId}`, acked, message, after });
    return acked;
  }
}

const ends = ['done', 'failed', 'stopped', 'not started', 'not known to have ended', 'expired', 'cancelled'];

/** Whether a header says that a change is over. */
export function isEnd(header: string): boolean {
  return ends.some((end) => header.endsWith(`, ${end}`)) || header.endsWith('replaced by a newer plan');
}
