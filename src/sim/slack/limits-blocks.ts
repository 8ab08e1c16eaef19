// Blocks and their documented limits: https://docs.slack.dev/reference/block-kit/blocks
import { object, objects } from './json.ts';
import { button, elements, image, mrkdwn, plain, richText, words } from './limits-elements.ts';
import { all, anything, flag, has, kinds, list, number, oneOf, shape, text, url, type Rule } from './limits-rules.ts';

const type = anything;
const block_id = text(255);

function block(required: Record<string, Rule>, optional: Record<string, Rule> = {}): Rule {
  return shape({ type, ...required }, { block_id, ...optional });
}

function some(...names: string[]): Rule {
  return kinds(() => Object.fromEntries(names.map((name) => [name, elements[name] ?? anything])));
}

const selects = ['static', 'external', 'users', 'conversations', 'channels'].flatMap((one) => [
  `${one}_select`,
  `multi_${one}_select`,
]);
const pickers = ['datepicker', 'timepicker', 'datetimepicker', 'checkboxes', 'radio_buttons', ...selects];
const inputs = [
  'plain_text_input',
  'email_text_input',
  'url_text_input',
  'number_input',
  'rich_text_input',
  'file_input',
];

const cell = kinds(() => ({
  raw_text: shape({ type, text: text(10_000, 0) }),
  raw_number: shape({ type, value: number() }, { text: text(1000) }),
  rich_text: richText,
}));
const column = shape({}, { align: oneOf('left', 'center', 'right'), is_wrapped: flag });

const task = shape(
  { type: oneOf('task_card'), task_id: text(255), title: text(255) },
  {
    block_id,
    status: oneOf('pending', 'in_progress', 'complete', 'error'),
    details: richText,
    output: richText,
    sources: list(shape({ type: oneOf('url'), url: url(3000), text: text(255) }), 20),
  },
);
const card = all(
  block(
    {},
    {
      hero_image: image,
      icon: image,
      title: mrkdwn(150),
      subtitle: mrkdwn(150),
      body: mrkdwn(200),
      actions: list(button, 3),
    },
  ),
  has('some', 'hero_image', 'title', 'body', 'actions'),
);
const point = shape({ label: text(20), value: number() });
const series = list(shape({ name: text(20), data: list(point, 20) }), 6);
const axes = shape({}, { categories: list(text(20), 20), x_label: text(50), y_label: text(50) });
const chart = kinds(() => ({
  pie: shape({ type, segments: list(point, 6) }),
  ...Object.fromEntries(
    ['line', 'bar', 'area'].map((name) => [name, all(shape({ type, series }, { axis_config: axes }), sameLabels)]),
  ),
}));

/** Every point of a series stands over a category of the axis. */
function sameLabels(value: unknown, pointer: string, report: (at: string, message: string) => void): void {
  const { axis_config, series: lines } = object(value);
  const categories = object(axis_config)['categories'];
  if (!Array.isArray(categories)) return;
  for (const [index, line] of objects(lines).entries()) {
    const labels = objects(line['data']).map((one) => one['label']);
    if (labels.join('\n') !== categories.join('\n')) {
      report(`${pointer}/series/${index}/data`, 'labels must equal axis_config.categories');
    }
  }
}

/** Every block by its type. What stands only in modals or only in messages is told apart in limits.ts. */
export const blocks: Record<string, Rule> = {
  section: all(
    block(
      {},
      {
        text: words(3000),
        fields: list(words(2000), 10),
        accessory: some('button', 'image', 'overflow', 'workflow_button', ...pickers),
        expand: flag,
      },
    ),
    has('some', 'text', 'fields'),
  ),
  header: block({ text: plain(150) }, { level: number(1, 4) }),
  divider: block({}),
  file: block({ source: oneOf('remote'), external_id: text(255) }),
  context: block({
    elements: list(
      kinds(() => ({ image, plain_text: words(2000), mrkdwn: words(2000) })),
      10,
    ),
  }),
  actions: block({ elements: list(some('button', 'overflow', 'workflow_button', 'rich_text_input', ...pickers), 25) }),
  input: block(
    { label: plain(2000), element: some(...inputs, ...pickers) },
    { hint: plain(2000), optional: flag, dispatch_action: flag },
  ),
  image: all(
    block({ alt_text: text(2000) }, { title: plain(2000), image_url: url(3000), slack_file: anything }),
    has('one', 'image_url', 'slack_file'),
  ),
  markdown: block({ text: text(12_000) }),
  rich_text: richText,
  table: block({ rows: list(list(cell, 20), 100) }, { column_settings: list(column, 20) }),
  data_table: block(
    { caption: text(255), rows: list(list(cell, 20), 101, 2) },
    { page_size: number(1, 100), row_header_column_index: number(0, 19) },
  ),
  task_card: task,
  plan: block({ title: text(255) }, { tasks: list(task, 50) }),
  alert: block({ text: words(200) }, { level: oneOf('default', 'info', 'warning', 'error', 'success') }),
  card,
  carousel: block({ elements: list(card, 10) }),
  container: block(
    {
      child_blocks: list(
        kinds(() => blocks),
        10,
      ),
    },
    {
      title: plain(150),
      rich_text_title: richText,
      subtitle: words(150),
      icon: image,
      is_collapsible: flag,
      default_collapsed: flag,
      has_header_divider: flag,
      width: oneOf('narrow', 'standard', 'wide', 'full'),
    },
  ),
  context_actions: block({ elements: list(some('feedback_buttons', 'icon_button'), 5) }),
  video: block(
    { video_url: url(3000), thumbnail_url: url(3000), alt_text: text(2000), title: plain(199) },
    {
      title_url: url(3000),
      author_name: text(49),
      provider_name: text(49),
      provider_icon_url: url(3000),
      description: plain(199),
    },
  ),
  data_visualization: block({ title: text(50), chart }),
};
