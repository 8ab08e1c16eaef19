// Slack's limits, in one place: everything sent is cut to these, so that a card is never refused for its size.
// https://docs.slack.dev/reference/block-kit/blocks and /block-elements, /composition-objects

/** Counts and lengths (UTF-16 units, escapes included). Where sources differ, the smaller one. */
export const limits = {
  blocks: 50,
  /** `chat.update` refuses more; also what a notification can carry. */
  text: 4000,
  header: 150,
  section: 3000,
  /** One line of a section, so that one long name cannot eat the card. */
  line: 1000,
  context: 2000,
  actions: 25,
  label: 75,
  accessibility: 75,
  value: 2000,
  url: 3000,
  actionId: 255,
  options: 100,
  optionText: 75,
  optionNote: 75,
  optionValue: 150,
  placeholder: 150,
  confirmTitle: 100,
  confirmText: 300,
  confirmButton: 30,
  /** Rows with the one of labels. */
  tableRows: 100,
  tableColumns: 20,
  tableText: 10_000,
  tableCell: 300,
  tables: 1,
  planTitle: 150,
  planTasks: 50,
  taskText: 150,
  charts: 2,
  chartTitle: 50,
  chartSeries: 6,
  chartPoints: 20,
  chartLabel: 20,
  /** Names and code from outside, so that `…` falls inside them and not behind what matters. */
  name: 200,
} as const;
