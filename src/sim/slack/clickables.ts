// What can be clicked or picked in blocks, in the order it is shown, and the state of its inputs.
import { object, objects, string, type Json } from './json.ts';
import type { Message } from './state.ts';

export type Clickable = {
  /** 1, 2, 3 … in display order. */
  number: number;
  kind: 'button' | 'option';
  label: string;
  action_id: string;
  block_id: string;
  value?: string;
  url?: string;
  style?: string;
  /** The dialog Slack shows before the click counts. */
  confirm?: Json;
  /** For an option: what the menu says. */
  menu?: string;
  element: Json;
  option?: Json;
};

type Placed = { element: Json; block: Json };
const BUTTONS = ['button', 'icon_button', 'workflow_button'];

function label(value: unknown): string {
  return string(object(value)['text']);
}

/** Every interactive element with the block it stands in, in display order. */
export function placed(blocks: Json[]): Placed[] {
  return blocks.flatMap((block): Placed[] => {
    const children = objects(block['child_blocks']);
    if (children.length > 0) return placed(children);
    if (block['type'] === 'carousel') return placed(objects(block['elements']));
    const own = [block['accessory'], block['element']].map(object).filter((one) => one['type']);
    const several = [...objects(block['elements']), ...objects(block['actions'])];
    return [...own, ...several]
      .filter((one) => typeof one['action_id'] === 'string')
      .map((element) => ({ element, block }));
  });
}

/** The options of a menu, its groups flattened. */
export function optionsOf(element: Json): Json[] {
  return [
    ...objects(element['options']),
    ...objects(element['option_groups']).flatMap((one) => objects(one['options'])),
  ];
}

/** All blocks of a message, those in attachments included. */
export function blocksOf(message: Pick<Message, 'blocks' | 'attachments'>): Json[] {
  return [...message.blocks, ...message.attachments.flatMap((one) => objects(one['blocks']))];
}

/** Numbered buttons and menu options of blocks, in display order. */
export function clickablesIn(blocks: Json[]): Clickable[] {
  const found = placed(blocks).flatMap(({ element, block }): Omit<Clickable, 'number'>[] => {
    const base = {
      action_id: string(element['action_id']),
      block_id: string(block['block_id']),
      element,
      ...(element['confirm'] ? { confirm: object(element['confirm']) } : {}),
      ...(element['style'] ? { style: string(element['style']) } : {}),
    };
    if (BUTTONS.includes(string(element['type']))) {
      const url = element['url'] ? { url: string(element['url']) } : {};
      return [{ kind: 'button', label: label(element['text']), ...base, ...url, value: string(element['value']) }];
    }
    const menu = label(element['placeholder']) || label(block['label']) || string(element['type']);
    return optionsOf(element).map((option) => ({
      kind: 'option',
      label: label(option['text']),
      ...base,
      menu,
      value: string(option['value']),
      option,
    }));
  });
  return found.map((one, index) => ({ ...one, number: index + 1 }));
}

/** Numbered buttons and menu options of a message, in display order. */
export function clickables(message: Pick<Message, 'blocks' | 'attachments'>): Clickable[] {
  return clickablesIn(blocksOf(message));
}

/** The one clickable meant by a number, label, action_id or value. Throws, naming what there is, when there is none. */
export function chosen(blocks: Json[], wanted: number | string | Clickable): Clickable {
  const all = clickablesIn(blocks);
  const by = typeof wanted === 'object' ? wanted : undefined;
  const name = typeof wanted === 'object' ? wanted.label : String(wanted);
  const found = all.find((one) =>
    by
      ? one.action_id === by.action_id && one.label === by.label && one.value === by.value
      : one.number === wanted || one.label === wanted || one.action_id === wanted || one.value === wanted,
  );
  if (found) return found;
  const there = all.map((one) => `${one.number} "${one.label}"`).join(', ') || 'nothing to click';
  throw new Error(`Slack shows no "${name}" here (any more): ${there}`);
}

const EMPTY: Record<string, Json> = {
  static_select: { selected_option: null },
  external_select: { selected_option: null },
  radio_buttons: { selected_option: null },
  checkboxes: { selected_options: [] },
  multi_static_select: { selected_options: [] },
  users_select: { selected_user: null },
  multi_users_select: { selected_users: [] },
  channels_select: { selected_channel: null },
  conversations_select: { selected_conversation: null },
  datepicker: { selected_date: null },
  timepicker: { selected_time: null },
  datetimepicker: { selected_date_time: null },
  plain_text_input: { value: null },
  number_input: { value: null },
  email_text_input: { value: null },
  url_text_input: { value: null },
};

/** The state of one input: what it holds at the start, or `picked`. Nothing for a button. */
export function inputState(element: Json, picked?: unknown): Json | undefined {
  const type = string(element['type']);
  const empty = EMPTY[type];
  const key = Object.keys(empty ?? {})[0];
  if (!empty || !key) return undefined;
  const initial = Object.entries(element).find(([name]) => name.startsWith('initial_'))?.[1];
  return { type, [key]: picked ?? initial ?? empty[key] };
}

/** `state.values` of a message or view: block_id -> action_id -> state. */
export function stateValues(blocks: Json[], picked: Record<string, Json> = {}): Record<string, Json> {
  const values: Record<string, Json> = {};
  for (const { element, block } of placed(blocks)) {
    const action = string(element['action_id']);
    const id = string(block['block_id']);
    const state = picked[id]?.[action] ?? inputState(element);
    if (state) values[id] = { ...values[id], [action]: state };
  }
  return values;
}
