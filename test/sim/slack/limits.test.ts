import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { validateBlocks, validateView } from '../../../src/sim/slack/limits.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (fields: object = {}) => ({ type: 'button', text: plain('Go'), action_id: 'go', ...fields });
const option = (value: string) => ({ text: plain(value), value });

function pointers(...blocks: unknown[]): string[] {
  return validateBlocks(blocks, 'message').map((one) => one.pointer);
}

describe('blocks Slack takes', () => {
  it.each([
    ['section', { type: 'section', text: mrkdwn('x'.repeat(3000)), expand: true }],
    [
      'context',
      { type: 'context', elements: [mrkdwn('x'), { type: 'image', image_url: 'https://x.y/z.png', alt_text: 'z' }] },
    ],
    ['actions', { type: 'actions', elements: [button({ style: 'primary', confirm: { text: plain('Sure?') } })] }],
    [
      'menu',
      { type: 'actions', elements: [{ type: 'static_select', action_id: 'a', options: [option('a'), option('b')] }] },
    ],
    ['table', { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]], column_settings: [{ align: 'right' }] }],
    [
      'plan',
      {
        type: 'plan',
        title: 'Deploy',
        tasks: [{ type: 'task_card', task_id: '1', title: 'Batch', status: 'pending' }],
      },
    ],
    [
      'chart',
      {
        type: 'data_visualization',
        title: 'Load',
        chart: {
          type: 'line',
          series: [{ name: 'CPU', data: [{ label: '1', value: 2 }] }],
          axis_config: { categories: ['1'] },
        },
      },
    ],
    [
      'rich text',
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
    ],
  ])('%s', (_name, block) => {
    expect(validateBlocks([block], 'message')).toEqual([]);
  });
});

describe('what Slack refuses, and where', () => {
  it.each([
    ['a block of no known type', [{ type: 'fancy' }], ['/blocks/0']],
    ['a field that does not exist', [{ type: 'divider', color: 'red' }], ['/blocks/0']],
    ['a section of nothing', [{ type: 'section' }], ['/blocks/0']],
    ['empty text', [{ type: 'section', text: mrkdwn('') }], ['/blocks/0/text/text']],
    ['mrkdwn in a header', [{ type: 'header', text: mrkdwn('x') }], ['/blocks/0/text/type']],
    ['a long header', [{ type: 'header', text: plain('x'.repeat(151)) }], ['/blocks/0/text/text']],
    [
      'eleven fields',
      [{ type: 'section', fields: Array.from({ length: 11 }, () => mrkdwn('x')) }],
      ['/blocks/0/fields'],
    ],
    [
      '26 buttons',
      [{ type: 'actions', elements: Array.from({ length: 26 }, (_, at) => button({ action_id: `a${at}` })) }],
      ['/blocks/0/elements'],
    ],
    [
      'the same action_id twice in a block',
      [{ type: 'actions', elements: [button(), button()] }],
      ['/blocks/0/elements/1/action_id'],
    ],
    [
      'the same block_id twice',
      [
        { type: 'divider', block_id: 'a' },
        { type: 'divider', block_id: 'a' },
      ],
      ['/blocks/1/block_id'],
    ],
    [
      'a long button',
      [{ type: 'actions', elements: [button({ text: plain('x'.repeat(76)) })] }],
      ['/blocks/0/elements/0/text/text'],
    ],
    [
      'a long value',
      [{ type: 'actions', elements: [button({ value: 'x'.repeat(2001) })] }],
      ['/blocks/0/elements/0/value'],
    ],
    [
      'a menu of nothing',
      [{ type: 'actions', elements: [{ type: 'static_select', options: [] }] }],
      ['/blocks/0/elements/0/options'],
    ],
    [
      'two tables',
      [
        { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
        { type: 'table', rows: [[{ type: 'raw_text', text: 'a' }]] },
      ],
      ['/blocks'],
    ],
    ['an alert outside a modal', [{ type: 'alert', text: plain('x') }], ['/blocks/0']],
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' })), ['/blocks']],
  ])('%s', (_name, blocks, expected) => {
    expect(pointers(...blocks)).toEqual(expected);
  });

  it('a view with inputs but no submit, or a long title', () => {
    const input = { type: 'input', label: plain('Min'), element: { type: 'number_input', is_decimal_allowed: false } };
    const view = { type: 'modal', title: plain('x'.repeat(25)), blocks: [input] };

    expect(validateView(view, 'modal').map((one) => one.pointer)).toEqual(['/view/title/text', '/view']);
  });
});

it('never throws, whatever it is given', () => {
  fc.assert(
    fc.property(
      fc.jsonValue(),
      fc.constantFrom('message' as const, 'modal' as const, 'home' as const),
      (value, surface) => {
        const problems = [
          ...validateBlocks([value], surface),
          ...validateBlocks(value, surface),
          ...validateView(value, 'modal'),
        ];

        expect(problems.every((one) => one.pointer.startsWith('/') && one.message !== '')).toBe(true);
      },
    ),
  );
});

it('refuses a text exactly from the first character too many', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4000 }), (length) => {
      const refused = pointers({ type: 'section', text: plain('x'.repeat(length)) }).length > 0;

      expect(refused).toBe(length > 3000);
    }),
  );
});
