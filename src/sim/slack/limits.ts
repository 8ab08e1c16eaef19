// What Slack refuses in blocks and views, told with the place of each problem. Kept apart from the app's own limits on purpose.
import { object, objects, string, type Json } from './json.ts';
import { blocks } from './limits-blocks.ts';
import { plain } from './limits-elements.ts';
import {
  anything,
  flag,
  kinds,
  list,
  oneOf,
  problemsOf,
  shape,
  text,
  type Problem,
  type Rule,
} from './limits-rules.ts';

export type { Problem } from './limits-rules.ts';
export type Surface = 'message' | 'modal' | 'home';

const MOST = { message: 50, modal: 100, home: 100 };
const ONLY: Record<string, Surface[]> = {
  alert: ['modal'],
  input: ['message', 'modal', 'home'],
  task_card: ['message'],
  plan: ['message'],
  table: ['message'],
  data_table: ['message'],
  data_visualization: ['message'],
  file: ['message'],
  markdown: ['message'],
  context_actions: ['message'],
};
const MOST_TABLE_CHARACTERS = 10_000;

/** Problems of a list of blocks on a surface; none when Slack would take it. `code` is `invalid` or an error of its own. */
export function validateBlocks(value: unknown, surface: Surface, pointer = '/blocks'): Problem[] {
  const allowed = Object.fromEntries(Object.entries(blocks).filter(([name]) => ONLY[name]?.includes(surface) ?? true));
  const found = problemsOf(
    list(
      kinds(() => allowed),
      MOST[surface],
      0,
    ),
    value,
    pointer,
  );
  return [...found, ...repeatedIds(objects(value), pointer), ...wholeMessage(objects(value), pointer)];
}

function repeatedIds(all: Json[], pointer: string): Problem[] {
  const problems: Problem[] = [];
  const ids = new Set<string>();
  for (const [index, one] of all.entries()) {
    const id = string(one['block_id']);
    if (id && ids.has(id))
      problems.push({
        pointer: `${pointer}/${index}/block_id`,
        code: 'invalid',
        message: `block_id already exists: ${id}`,
      });
    ids.add(id);
    const actions = new Set<string>();
    for (const [place, element] of objects(one['elements']).entries()) {
      const action = string(element['action_id']);
      const at = `${pointer}/${index}/elements/${place}/action_id`;
      if (action && actions.has(action))
        problems.push({ pointer: at, code: 'invalid', message: `action_id already exists: ${action}` });
      actions.add(action);
    }
  }
  return problems;
}

function wholeMessage(all: Json[], pointer: string): Problem[] {
  const tables = all.filter((one) => one['type'] === 'table' || one['type'] === 'data_table');
  const charts = all.filter((one) => one['type'] === 'data_visualization');
  const problems: Problem[] = [];
  if (tables.length > 1) problems.push({ pointer, code: 'only_one_table_allowed', message: 'only one table allowed' });
  if (charts.length > 2)
    problems.push({ pointer, code: 'invalid', message: 'no more than 2 data_visualization blocks allowed' });
  const size = tables
    .flatMap((one) => objects((one['rows'] as unknown[] | undefined)?.flat()))
    .reduce((sum, one) => sum + string(one['text']).length, 0);
  if (size > MOST_TABLE_CHARACTERS)
    problems.push({
      pointer,
      code: 'invalid',
      message: `tables must be less than ${MOST_TABLE_CHARACTERS + 1} characters`,
    });
  return problems;
}

const shared: Record<string, Rule> = {
  private_metadata: text(3000, 0),
  callback_id: text(255, 0),
  external_id: text(255, 0),
};
const home = shape({ type: oneOf('home'), blocks: anything }, shared);
const modal = shape(
  { type: oneOf('modal'), blocks: anything, title: plain(24) },
  {
    ...shared,
    submit: plain(24),
    close: plain(24),
    clear_on_close: flag,
    notify_on_close: flag,
    submit_disabled: flag,
  },
);

/** Problems of a view that is opened, pushed, updated (`modal`) or published (`home`). */
export function validateView(value: unknown, type: 'modal' | 'home'): Problem[] {
  const view = object(value);
  const problems = problemsOf(type === 'modal' ? modal : home, value, '/view');
  const within = validateBlocks(view['blocks'], type, '/view/blocks');
  const asks = objects(view['blocks']).some((one) => one['type'] === 'input');
  const noSubmit = type === 'modal' && asks && !view['submit'];
  const missing = {
    pointer: '/view',
    code: 'invalid',
    message: 'missing required field: submit (there are input blocks)',
  };
  return [...problems, ...within, ...(noSubmit ? [missing] : [])];
}
