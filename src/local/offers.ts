// Which number clicks what: counted over the cards that answered the last line, so that the first answer's buttons
// are always 1, 2, 3.
import type { Clickable, Message } from './slack.ts';

export type Offer = { message: Message; number: number; key: string; clickables: Clickable[] };

/** The numbered buttons and menus on screen. `clickables`: what Slack shows of a message. */
export function offers(clickables: (message: Message) => Clickable[]) {
  let shown: Offer[] = [];
  let fresh: number | 'any' | undefined;

  function elements(message: Message): Map<string, Clickable[]> {
    return Map.groupBy(clickables(message), (one) => `${one.block_id}/${one.action_id}`);
  }

  return {
    /** Numbers start at 1 again: with the next card that is posted, or when this message changes. */
    restart(clicked?: Message): void {
      fresh = clicked?.order ?? 'any';
    },
    /** Numbers for a message that was posted or changed, by `block_id/action_id`. */
    number(message: Message, isNew: boolean): ReadonlyMap<string, number> {
      const found = elements(message);
      if (fresh !== undefined && (isNew ? found.size > 0 : fresh === message.order)) {
        shown = [];
        fresh = undefined;
      }
      const before = shown.filter((one) => one.message.order === message.order).map((one) => one.number);
      shown = shown.filter((one) => one.message.order !== message.order);
      const highest = Math.max(0, ...shown.map((one) => one.number));
      // A changed card keeps its numbers as long as it has as many; else it gets new ones behind all others.
      const first = before.length === found.size && before.length > 0 ? Math.min(...before) : highest + 1;
      let number = first;
      for (const [key, list] of found) shown.push({ message, number: number++, key, clickables: list });
      return new Map(shown.filter((one) => one.message.order === message.order).map((one) => [one.key, one.number]));
    },
    /** What a number or the start of a label means. */
    find(what: string): Offer | undefined {
      const number = Number(what);
      if (Number.isInteger(number)) return shown.find((one) => one.number === number);
      const wanted = what.toLowerCase();
      return shown.findLast((one) => labelOf(one).toLowerCase().startsWith(wanted));
    },
    list: (): readonly Offer[] => shown,
  };
}

/** What the button or menu says. */
export function labelOf({ clickables: [first] }: Offer): string {
  return (first?.kind === 'option' ? first.menu : first?.label) ?? '';
}
