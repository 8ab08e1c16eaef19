import { beforeEach, describe, expect, it } from 'vitest';
import { labelOf, offers } from '../../src/local/offers.ts';
import type { Clickable, Message } from '../../src/local/slack.ts';

type Shown = Message & { labels: string[] };

/** A message of which only its place in the order and its buttons matter. */
const message = (order: number, ...labels: string[]) => ({ order, labels }) as Shown;
const buttonsOf = (one: Message): Clickable[] =>
  (one as Shown).labels.map((label, index) => ({
    number: index + 1,
    kind: 'button',
    label,
    action_id: `go.${index}`,
    block_id: 'b',
    element: {},
  }));

describe('numbers of buttons', () => {
  let numbers: ReturnType<typeof offers>;
  const labelAt = (what: string): string | undefined => {
    const found = numbers.find(what);
    return found && labelOf(found);
  };
  beforeEach(() => {
    numbers = offers(buttonsOf);
  });

  it('start at one with each answer', () => {
    numbers.number(message(1, 'Scale', 'Deploy'), true);
    numbers.restart();
    numbers.number(message(2, 'Confirm', 'Cancel'), true);

    expect([labelAt('1'), labelAt('2'), labelAt('3')]).toEqual(['Confirm', 'Cancel', undefined]);
  });

  it('go on over the cards of one answer', () => {
    numbers.restart();
    numbers.number(message(1, 'Confirm', 'Cancel'), true);
    numbers.number(message(2, 'Confirm', 'Stop'), true);

    expect([labelAt('1'), labelAt('4')]).toEqual(['Confirm', 'Stop']);
  });

  it('stay as they are while a card changes in the background', () => {
    numbers.number(message(1, 'Stop'), true);
    numbers.restart();
    numbers.number(message(2, 'Scale', 'Deploy'), true);
    numbers.number(message(1, 'Undo'), false);

    expect([labelAt('1'), labelAt('2'), labelAt('3')]).toEqual(['Scale', 'Deploy', 'Undo']);
  });

  it('start again on the card that was clicked', () => {
    const card = message(1, 'Confirm', 'Cancel');
    numbers.number(card, true);
    numbers.restart(card);
    numbers.number(message(1, 'Stop and roll back'), false);

    expect([labelAt('1'), labelAt('2')]).toEqual(['Stop and roll back', undefined]);
  });

  it('mean nothing after an answer without buttons; the label of an older card still does', () => {
    numbers.number(message(1, 'Confirm'), true);
    numbers.restart();
    numbers.number(message(2), true);

    expect(labelAt('1')).toBeUndefined();
    expect(labelAt('confirm')).toBe('Confirm');
  });

  it('go to a card that ends with new buttons after an answer without any', () => {
    numbers.number(message(1, 'Stop'), true);
    numbers.restart();
    numbers.number(message(2), true);
    numbers.number(message(1, 'Stop'), false);
    const meanwhile = labelAt('1');
    numbers.number(message(1, 'Status', 'Undo'), false);

    expect([meanwhile, labelAt('1'), labelAt('2')]).toEqual([undefined, 'Status', 'Undo']);
  });

  it('are those of the answer where an older card ended just before it', () => {
    numbers.number(message(1, 'Stop'), true);
    numbers.restart();
    numbers.number(message(1, 'Status', 'Undo'), false);
    numbers.number(message(2, 'Confirm', 'Cancel'), true);

    expect([labelAt('1'), labelAt('3'), labelAt('undo')]).toEqual(['Confirm', undefined, 'Undo']);
  });

  it('stay on a clicked card that did not change, until something else is said to everybody', () => {
    const card = message(1, 'Confirm');
    numbers.number(card, true);
    numbers.restart(card);
    numbers.number({ ...message(2), ephemeral: 'U0JIHO' }, true);
    const refused = labelAt('1');
    numbers.number(message(3), true);

    expect([refused, labelAt('1')]).toEqual(['Confirm', undefined]);
  });

  it('can be said by the start of the label', () => {
    numbers.number(message(1, 'Scale to 4–12', 'Cancel'), true);

    expect(labelAt('scale')).toBe('Scale to 4–12');
    expect(labelAt('nothing')).toBeUndefined();
  });
});
