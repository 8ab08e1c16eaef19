// Interactive elements, composition objects and rich text: https://docs.slack.dev/reference/block-kit/block-elements
import { all, anything, flag, has, kinds, list, number, oneOf, shape, text, url, type Rule } from './limits-rules.ts';

const type = anything;

/** A `plain_text` object. */
export function plain(most: number): Rule {
  return shape({ type: oneOf('plain_text'), text: text(most) }, { emoji: flag });
}

/** A `plain_text` or `mrkdwn` object. */
export function words(most: number): Rule {
  return kinds(() => ({
    plain_text: plain(most),
    mrkdwn: shape({ type, text: text(most) }, { verbatim: flag }),
  }));
}

/** A `mrkdwn` object. */
export function mrkdwn(most: number): Rule {
  return shape({ type: oneOf('mrkdwn'), text: text(most) }, { verbatim: flag });
}

const style = oneOf('primary', 'danger');
const confirm = shape({ text: words(300) }, { title: plain(100), confirm: plain(30), deny: plain(30), style });
const actionable = { action_id: text(255) };
const option = (label: Rule): Rule =>
  shape({ text: label, value: text(150) }, { description: words(75), url: url(3000) });
const options = (most: number, label: Rule): Rule => list(option(label), most);
const groups = list(shape({ label: plain(75), options: options(100, plain(75)) }), 100);
const picker = { ...actionable, placeholder: plain(150), confirm, focus_on_load: flag };
const multi = { ...picker, max_selected_items: number(1) };
const typed = { ...actionable, placeholder: plain(150), focus_on_load: flag, dispatch_action_config: anything };
const idList = list(text(255), 100);
const label = { accessibility_label: text(75) };

const choice = (extra: Record<string, Rule>): Rule =>
  all(
    shape({ type }, { ...extra, options: options(100, plain(75)), option_groups: groups }),
    has('one', 'options', 'option_groups'),
  );

export const image: Rule = all(
  shape({ type, alt_text: text(2000) }, { image_url: url(3000), slack_file: anything }),
  has('one', 'image_url', 'slack_file'),
);
export const button: Rule = shape(
  { type: oneOf('button'), text: plain(75) },
  { ...actionable, ...label, value: text(2000), url: url(3000), style, confirm },
);
const feedback = shape({ text: plain(75), value: text(2000) }, label);

/** Every element by its type. */
export const elements: Record<string, Rule> = {
  button,
  image,
  workflow_button: shape({ type, text: plain(75), workflow: anything }, { ...actionable, ...label, style, confirm }),
  checkboxes: shape({ type, options: options(10, words(75)) }, { ...picker, initial_options: options(10, words(75)) }),
  radio_buttons: shape({ type, options: options(10, words(75)) }, { ...picker, initial_option: option(words(75)) }),
  overflow: shape({ type, options: options(5, plain(75)) }, { ...actionable, confirm }),
  static_select: choice({ ...picker, initial_option: option(plain(75)) }),
  multi_static_select: choice({ ...multi, initial_options: options(100, plain(75)) }),
  external_select: shape({ type }, { ...picker, initial_option: option(plain(75)), min_query_length: number(0) }),
  multi_external_select: shape(
    { type },
    { ...multi, initial_options: options(100, plain(75)), min_query_length: number(0) },
  ),
  users_select: shape({ type }, { ...picker, initial_user: text(255) }),
  multi_users_select: shape({ type }, { ...multi, initial_users: idList }),
  conversations_select: shape(
    { type },
    {
      ...picker,
      initial_conversation: text(255),
      default_to_current_conversation: flag,
      response_url_enabled: flag,
      filter: anything,
    },
  ),
  multi_conversations_select: shape(
    { type },
    { ...multi, initial_conversations: idList, default_to_current_conversation: flag, filter: anything },
  ),
  channels_select: shape({ type }, { ...picker, initial_channel: text(255), response_url_enabled: flag }),
  multi_channels_select: shape({ type }, { ...multi, initial_channels: idList }),
  datepicker: shape({ type }, { ...picker, initial_date: text(10, 10) }),
  timepicker: shape({ type }, { ...picker, initial_time: text(5, 5), timezone: text(100) }),
  datetimepicker: shape({ type }, { ...picker, initial_date_time: number(1e9, 9_999_999_999) }),
  plain_text_input: shape(
    { type },
    { ...typed, initial_value: text(3000), multiline: flag, min_length: number(0, 3000), max_length: number(1, 3000) },
  ),
  rich_text_input: shape({ type }, { ...typed, initial_value: anything, min_lines: number(1), max_lines: number(1) }),
  email_text_input: shape({ type }, { ...typed, initial_value: text(3000) }),
  url_text_input: shape({ type }, { ...typed, initial_value: text(3000) }),
  number_input: shape(
    { type, is_decimal_allowed: flag },
    { ...typed, initial_value: text(100), min_value: text(100), max_value: text(100) },
  ),
  file_input: shape({ type }, { ...actionable, filetypes: list(text(20), 100), max_files: number(1, 10) }),
  feedback_buttons: shape({ type, positive_button: feedback, negative_button: feedback }, actionable),
  icon_button: shape(
    { type, icon: oneOf('trash'), text: plain(75) },
    { ...actionable, ...label, value: text(2000), confirm, visible_to_user_ids: list(text(255), 10) },
  ),
};

const inline = {
  text: shape({ type, text: text(40_000) }, { style: anything }),
  link: shape({ type, url: url(3000) }, { text: text(3000), unsafe: flag, style: anything }),
  emoji: shape({ type, name: text(255) }, { unicode: text(255), style: anything, url: anything, skin_tone: anything }),
  user: shape({ type, user_id: text(255) }, { style: anything }),
  usergroup: shape({ type, usergroup_id: text(255) }, { style: anything }),
  channel: shape({ type, channel_id: text(255) }, { style: anything }),
  team: shape({ type, team_id: text(255) }, { style: anything }),
  broadcast: shape({ type, range: oneOf('here', 'channel', 'everyone') }, { style: anything }),
  date: shape(
    { type, timestamp: number(), format: text(255) },
    { url: url(3000), fallback: text(255), style: anything },
  ),
  color: shape({ type, value: text(50) }, { style: anything }),
};
const inlines = list(
  kinds(() => inline),
  10_000,
  0,
);
const section = shape({ type, elements: inlines });
const bordered = { border: number(0, 1) };

/** The `rich_text` block and, in table cells and tasks, the value. */
export const richText: Rule = shape(
  {
    type: oneOf('rich_text'),
    elements: list(
      kinds(() => ({
        rich_text_section: section,
        rich_text_quote: shape({ type, elements: inlines }, bordered),
        rich_text_preformatted: shape({ type, elements: inlines }, { ...bordered, language: text(50) }),
        rich_text_list: shape(
          { type, style: oneOf('bullet', 'ordered'), elements: list(section, 1000) },
          { ...bordered, indent: number(0, 8), offset: number(0) },
        ),
      })),
      1000,
    ),
  },
  { block_id: text(255) },
);
