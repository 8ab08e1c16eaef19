// Buttons, links and menus. What does not fit Slack's limits is left out and counted, never sent broken.
import type { Action, Button, Part } from '../core/reply.ts';
import { marked, moreBlock, plainText, shortText, type Block } from './blocks.ts';
import { encodeClick } from './clicks.ts';
import { cutMrkdwn } from './cut.ts';
import { limits } from './limits.ts';
import { joined } from './render-lines.ts';
import type { Spell } from './spell.ts';

/** Action ids are counted over the whole message: Slack wants them different in a block. */
export type Numbering = { next(kind: 'go' | 'link'): string; primary(): boolean };

/** Ids of the actions this version writes; anything else on a card is from another version. */
export const ownAction = /^(?:go|link)\.\d+$/u;

/** Fresh numbers for one message, and whether a primary button is still free: a card has one. */
export function numbering(): Numbering {
  let count = 0;
  let primaries = 0;
  return { next: (kind) => `${kind}.${++count}`, primary: () => primaries++ === 0 };
}

/** Action blocks of up to 25 elements; after them how many options of a menu were left out. */
export function actionBlocks(actions: readonly Action[], spell: Spell, ids: Numbering): Block[] {
  const elements: Block[] = [];
  let left = 0;
  for (const action of actions) {
    const made = element(action, spell, ids);
    if (made.element) elements.push(made.element);
    left += made.left;
  }
  const blocks: Block[] = [];
  for (let at = 0; at < elements.length; at += limits.actions) {
    blocks.push({ type: 'actions', elements: elements.slice(at, at + limits.actions) });
  }
  return [...blocks, ...moreBlock(left, spell)];
}

/** A sentence to try, with the button that does it. */
export function exampleBlock(part: Extract<Part, { kind: 'example' }>, spell: Spell, ids: Numbering): Block {
  const label = cutMrkdwn(joined([part.label], spell) || '…', limits.label);
  const text = cutMrkdwn(joined([part.text], spell), limits.line);
  const accessory = button(part.button, spell, ids);
  return {
    type: 'section',
    text: marked(text === '' ? `*${label}*` : `*${label}*\n${text}`),
    ...(accessory ? { accessory } : {}),
  };
}

function element(action: Action, spell: Spell, ids: Numbering): { element?: Block | undefined; left: number } {
  if (action.kind === 'button') {
    const made = button(action, spell, ids);
    return { element: made, left: made ? 0 : 1 };
  }
  if (action.kind === 'menu') return menu(action, spell, ids);
  if (!webAddress(action.url)) return { left: 1 };
  const text = plainText(action.label, spell, limits.label);
  return { element: { type: 'button', text, action_id: ids.next('link'), url: action.url }, left: 0 };
}

function button(given: Button, spell: Spell, ids: Numbering): Block | undefined {
  const value = encodeClick(given.click);
  if (value === undefined) return undefined;
  const style = given.style === 'primary' && !ids.primary() ? undefined : given.style;
  return {
    type: 'button',
    text: plainText(given.label, spell, limits.label),
    action_id: ids.next('go'),
    value,
    ...(style ? { style } : {}),
    ...(given.hint ? { accessibility_label: shortText(given.hint, spell, limits.accessibility) } : {}),
    ...(given.confirm ? { confirm: confirmation(given.confirm, given.style, spell) } : {}),
  };
}

function confirmation(given: NonNullable<Button['confirm']>, style: Button['style'], spell: Spell) {
  return {
    title: plainText(given.title, spell, limits.confirmTitle),
    text: plainText(given.text, spell, limits.confirmText),
    confirm: plainText(given.yes, spell, limits.confirmButton),
    deny: plainText(given.no, spell, limits.confirmButton),
    ...(style ? { style } : {}),
  };
}

function menu(action: Extract<Action, { kind: 'menu' }>, spell: Spell, ids: Numbering) {
  const options = action.options.flatMap((option) => {
    const value = encodeClick(option.click, limits.optionValue);
    if (value === undefined) return [];
    const note = option.note ? { description: plainText(option.note, spell, limits.optionNote) } : {};
    return [{ text: plainText(option.label, spell, limits.optionText), value, ...note }];
  });
  const shown = options.slice(0, limits.options);
  const left = action.options.length - shown.length;
  if (shown.length === 0) return { left };
  const placeholder = plainText(action.placeholder, spell, limits.placeholder);
  return { element: { type: 'static_select', action_id: ids.next('go'), placeholder, options: shown }, left };
}

function webAddress(url: string): boolean {
  return url.length <= limits.url && /^https?:\/\/[^\s]+$/u.test(url) && URL.canParse(url);
}
