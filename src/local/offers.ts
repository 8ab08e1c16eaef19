// Which number clicks what: only what was shown since the last line, so that no number reaches an older card by mistake.
import type { Clickable, Message } from './slack.ts';

export type Offer = { message: Message; number: number; key: string; clickables: Clickable[] };

/** The numbered buttons and menus of the last answer. `clickables`: what Slack shows of a message. */
export function offers(clickables: (message: Message) => Clickable[]) {
  let shown: Offer[] = [];
  let older: Offer[] = [];
  let fresh: number | 'any' | undefined;

  function elements(message: Message): Map<string, Clickable[]> {
    return Map.groupBy(clickables(message), (one) => `${one.block_id}/${one.action_id}`);
  }

  function retire(but?: number): void {
    older = [...older, ...shown.filter((one) => one.message.order !== but)];
    shown = shown.filter((one) => one.message.order === but);
  }

  /** Numbers start at 1 with the first card of an answer, and with the card that was clicked. */
  function start(message: Message, isNew: boolean, buttons: number): void {
    if (fresh === undefined) return;
    if (isNew ? buttons > 0 : fresh === message.order) {
      retire();
      fresh = undefined;
      // Words in answer to a click: what was clicked is no longer the last thing said.
    } else if (isNew && fresh !== 'any' && !message.ephemeral) retire();
  }

  return {
    /** Something was asked or clicked: from now on only what is shown next has numbers, and the clicked card until it changes. */
    restart(clicked?: Message): void {
      fresh = clicked?.order ?? 'any';
      retire(clicked?.order);
    },
    /** Numbers for a message that was posted or changed, by `block_id/action_id`. */
    number(message: Message, isNew: boolean): ReadonlyMap<string, number> {
      const here = (one: Offer): boolean => one.message.order === message.order;
      const found = elements(message);
      const wasClicked = fresh === message.order;
      start(message, isNew, found.size);
      const past = older.filter(here);
      // An older card that still shows the same buttons has nothing new to click.
      if (!isNew && !wasClicked && past.length > 0 && sameLabels(past, found)) return new Map();
      older = older.filter((one) => !here(one));
      const before = shown.filter(here).map((one) => one.number);
      shown = shown.filter((one) => !here(one));
      const highest = Math.max(0, ...shown.map((one) => one.number));
      // A changed card keeps its numbers as long as it has as many; else it gets new ones behind all others.
      const first = before.length === found.size && before.length > 0 ? Math.min(...before) : highest + 1;
      let number = first;
      for (const [key, list] of found) shown.push({ message, number: number++, key, clickables: list });
      return new Map(shown.filter(here).map((one) => [one.key, one.number]));
    },
    /** What a number of the last answer means, or the start of a label: of the last answer first, then of older cards. */
    find(what: string): Offer | undefined {
      const number = Number(what);
      if (Number.isInteger(number)) return shown.find((one) => one.number === number);
      const wanted = what.toLowerCase();
      return [...older, ...shown].findLast((one) => labelOf(one).toLowerCase().startsWith(wanted));
    },
    list: (): readonly Offer[] => shown,
    older: (): readonly Offer[] => older,
  };
}

function sameLabels(before: Offer[], found: Map<string, Clickable[]>): boolean {
  return labelsOf(before.map((one) => one.clickables)) === labelsOf([...found.values()]);
}

function labelsOf(list: readonly Clickable[][]): string {
  return JSON.stringify(list.map((them) => them.map((one) => one.label)));
}

/** What the button or menu says. */
export function labelOf({ clickables: [first] }: Pick<Offer, 'clickables'>): string {
  return (first?.kind === 'option' ? first.menu : first?.label) ?? '';
}
