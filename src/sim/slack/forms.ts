// Filling in a form as Slack's client lets a person do it.
import { inputState, optionsOf, placed } from './clickables.ts';
import { object, string, type Json } from './json.ts';

/** Values by label, action_id or block_id: text, a number, an option's label or value, or several of them. */
export type Values = Record<string, string | number | string[]>;

function optionFor(element: Json, wanted: string): Json {
  const options = optionsOf(element);
  const found = options.find((one) => one['value'] === wanted || object(one['text'])['text'] === wanted);
  if (found) return found;
  throw new Error(`no option "${wanted}": ${options.map((one) => string(object(one['text'])['text'])).join(', ')}`);
}

function picked(element: Json, value: string | number | string[]): unknown {
  const type = string(element['type']);
  const several = Array.isArray(value) ? value : [String(value)];
  if (type === 'checkboxes' || type === 'multi_static_select') return several.map((one) => optionFor(element, one));
  if (type === 'static_select' || type === 'radio_buttons') return optionFor(element, String(value));
  if (type === 'datetimepicker') return Number(value);
  return type.startsWith('multi_') ? several : String(value);
}

function refusal(element: Json, value: unknown, optional: boolean): string | undefined {
  const empty = value === null || value === '' || (Array.isArray(value) && value.length === 0);
  if (empty) return optional ? undefined : 'is required';
  const { min_length: shortest, max_length: longest, min_value: least, max_value: most } = element;
  if (typeof value !== 'string') return undefined;
  if (element['type'] === 'number_input') {
    const number = Number(value);
    if (Number.isNaN(number)) return 'must be a number';
    if (element['is_decimal_allowed'] !== true && !Number.isInteger(number)) return 'must be a whole number';
    if (least !== undefined && number < Number(least)) return `must be at least ${string(least)}`;
    if (most !== undefined && number > Number(most)) return `must be at most ${string(most)}`;
  }
  if (typeof shortest === 'number' && value.length < shortest) return `needs at least ${shortest} characters`;
  if (typeof longest === 'number' && value.length > longest) return `may have at most ${longest} characters`;
  return undefined;
}

/** `state.values` of a filled-in form. Throws for a value without a field, and for what Slack's client does not send. */
export function filledIn(blocks: Json[], given: Values): Record<string, Json> {
  const values: Record<string, Json> = {};
  const left = new Set(Object.keys(given));
  for (const { element, block } of placed(blocks)) {
    const id = string(block['block_id']);
    const action = string(element['action_id']);
    const label = string(object(block['label'])['text']);
    const key = [label, action, id].find((one) => left.delete(one));
    const state = inputState(element, key === undefined ? undefined : picked(element, given[key] ?? ''));
    if (!state) continue;
    const value = Object.entries(state).find(([name]) => name !== 'type')?.[1];
    const problem = block['type'] === 'input' ? refusal(element, value, block['optional'] === true) : undefined;
    if (problem) throw new Error(`Slack does not send the form: "${label}" ${problem}`);
    values[id] = { ...values[id], [action]: value === '' ? { ...state, value: null } : state };
  }
  if (left.size > 0) throw new Error(`the form has no field for: ${[...left].join(', ')}`);
  return values;
}
