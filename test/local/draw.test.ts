import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draw } from '../../src/local/draw.ts';
import { textOf, widthOf } from '../../src/local/spans.ts';
import { reader } from './reader.ts';

const at = Date.UTC(2026, 10, 23, 11, 14) / 1000;

function drawn(blocks: unknown[], columns = 60, numbers: [string, number][] = []): string[] {
  return draw({ text: '', blocks }, { columns, reader, offers: new Map(numbers) }).map(textOf);
}
const plain = (text: string) => ({ type: 'plain_text', text });
const raw = (text: string) => ({ type: 'raw_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const button = (id: string, label: string, more = {}) => ({
  type: 'button',
  action_id: id,
  text: plain(label),
  ...more,
});

describe('a card', () => {
  it('shows header, place, lines and foot', () => {
    const lines = drawn([
      { type: 'header', text: plain(':warning: api-prod: degraded') },
      { type: 'context', elements: [mrkdwn('ECS · shop · Seoul')] },
      { type: 'section', text: mrkdwn('*Tasks*  desired\u00A08 · *running*\u00A05\n:x: `AccessDenied` &lt;b&gt;') },
      { type: 'context', elements: [mrkdwn(`by <@U0ALICE> in <#C0OPS> · <!date^${at}^{date_short_pretty} {time}|x>`)] },
    ]);

    expect(lines).toEqual([
      '⚠️ api-prod: degraded',
      'ECS · shop · Seoul',
      'Tasks  desired 8 · running 5',
      '❌ AccessDenied <b>',
      'by @alice in #ops · today 8:14 PM',
    ]);
  });

  it('leaves what looks like markup but is none alone', () => {
    expect(drawn([{ type: 'section', text: mrkdwn('2*3*4 my_long_name a * b 12:30:45 :nope:') }])).toEqual([
      '2*3*4 my_long_name a * b 12:30:45 :nope:',
    ]);
  });

  it.each([
    ['*api-prod: 최소(9)가 2 ≤ *3* ≤ 12 를 넘음*', 'api-prod: 최소(9)가 2 ≤ 3 ≤ 12 를 넘음'],
    ['*a *b* c* and *d*', 'a b c and d'],
    ['*a *b** c', 'a b c'],
    ['**both** *one* *two*', 'both one two'],
    ['*one* *2 *', 'one *2 *'],
  ])('draws %s without stray stars', (text, seen) => {
    expect(drawn([{ type: 'section', text: mrkdwn(text) }])).toEqual([seen]);
  });

  it("tells times in the reader's language", () => {
    const text = `<!date^${at}^{date_short_pretty} {time}|x>부터`;
    const korean = { ...reader, locale: 'ko-KR' };

    const lines = draw({ text, blocks: [] }, { columns: 40, reader: korean, offers: new Map() });

    expect(lines.map(textOf)).toEqual(['오늘 오후 8:14부터']);
  });

  it('shows links with their address, groups and broadcasts by name', () => {
    const text = '<https://a.example/x|Runbook> <https://b.example> <!here> <!subteam^S1|@oncall> <@UGONE>';

    expect(drawn([{ type: 'section', text: mrkdwn(text) }], 90)).toEqual([
      'Runbook (https://a.example/x) https://b.example @here @oncall @UGONE',
    ]);
  });

  it('shows its text where it has no blocks', () => {
    const lines = draw({ text: 'Hello *you*', blocks: [] }, { columns: 40, reader, offers: new Map() });

    expect(lines.map(textOf)).toEqual(['Hello you']);
  });

  it('lets nothing from outside steer the terminal', () => {
    const [line] = drawn([{ type: 'section', text: mrkdwn('a\u001B[2J\u001B]52;c;evil\u0007b') }]);

    expect(line).not.toMatch(/\p{Cc}/u);
  });
});

describe('buttons and menus', () => {
  it('carry the numbers they are clicked by', () => {
    const elements = [
      button('go.1', 'Scale to 4–12', { style: 'primary' }),
      button('link.2', 'Console', { url: 'https://x' }),
    ];

    expect(
      drawn([{ type: 'actions', block_id: 'b', elements }], 60, [
        ['b/go.1', 1],
        ['b/link.2', 2],
      ]),
    ).toEqual(['[1] Scale to 4–12   [2] Console ↗']);
  });

  it('show ten options of a menu and count the rest', () => {
    const options = Array.from({ length: 13 }, (_, index) => ({ text: plain(`t${index}`), value: String(index) }));
    const menu = { type: 'static_select', action_id: 'm', placeholder: plain('Open a target'), options };

    const lines = drawn([{ type: 'actions', block_id: 'b', elements: [menu] }], 60, [['b/m', 3]]);

    expect(lines).toHaveLength(12);
    expect(lines[0]).toContain('[3] Open a target');
    expect(lines[10]?.trim()).toBe('10  t9');
    expect(lines[11]?.trim()).toBe('… +3');
  });

  it('stand beside the example they belong to', () => {
    const block = {
      type: 'section',
      block_id: 'b',
      text: mrkdwn('*Scale*\nscale api-prod 4 12'),
      accessory: button('go.1', 'Plan'),
    };

    expect(drawn([block], 60, [['b/go.1', 4]])).toEqual(['Scale', 'scale api-prod 4 12   [4] Plan']);
  });
});

describe('tables, steps and charts', () => {
  const rows = [
    [raw('대상'), raw('Running')],
    [raw('결제-prod'), raw('5 / 8')],
    [raw('api-prod'), raw('10 / 10')],
  ];
  const column_settings = [{ align: 'left' }, { align: 'right' }];

  it('align columns by what they take on screen', () => {
    expect(drawn([{ type: 'table', column_settings, rows }])).toEqual([
      '대상       Running',
      '결제-prod    5 / 8',
      'api-prod   10 / 10',
    ]);
  });

  it('make the widest column narrower where the terminal is', () => {
    const lines = drawn([{ type: 'table', column_settings, rows }], 14);

    expect(lines[1]).toBe('결제-…   5 / 8');
  });

  it('show each step with its sign', () => {
    const rich = {
      type: 'rich_text',
      elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'joining' }] }],
    };
    const tasks = [
      { type: 'task_card', title: 'Batch 1', status: 'complete' },
      { type: 'task_card', title: 'Batch 2', status: 'in_progress', details: rich },
      { type: 'task_card', title: 'Health', status: 'pending' },
      { type: 'task_card', title: 'Old', status: 'error' },
    ];

    expect(drawn([{ type: 'plan', title: '3 of 6', tasks }])).toEqual([
      '3 of 6',
      '✅ Batch 1',
      '🔄 Batch 2 · joining',
      '⚪ Health',
      '❌ Old',
    ]);
  });

  it('draw each series as a curve with its numbers', () => {
    const data = [0, 50, 100].map((value, index) => ({ label: `1${index}:00`, value }));
    const chart = {
      type: 'line',
      series: [{ name: 'CPU', data }],
      axis_config: { categories: ['10:00', '12:00'], y_label: '%' },
    };

    expect(drawn([{ type: 'data_visualization', title: 'Load', chart }])).toEqual([
      'Load  10:00–12:00',
      'CPU  ▁▅█  min 0 · max 100 · now 100%',
    ]);
  });
});

describe('any blocks', () => {
  const types = (
    'header section context actions table data_visualization plan task_card rich_text ' +
    'markdown divider image carousel never_heard_of'
  ).split(' ');
  const text = fc.string({ unit: 'grapheme', maxLength: 80 });
  const leaf = fc.oneof(text, fc.integer(), fc.constant(null), fc.double(), text.map(mrkdwn), text.map(plain));
  const inner = fc.record(
    {
      type: fc.constantFrom(
        'button',
        'static_select',
        'mrkdwn',
        'rich_text_section',
        'emoji',
        'date',
        'user',
        'image',
        'raw_text',
      ),
      text: leaf,
      title: leaf,
      name: text,
      value: fc.double(),
      timestamp: fc.double(),
      format: fc.constantFrom('{time}', '{date_short_pretty} {time}', '{ago}'),
      elements: fc.array(
        fc.record({ type: fc.constantFrom('text', 'date', 'link'), text, url: text, timestamp: fc.double() }),
      ),
      options: fc.array(fc.record({ text: text.map(plain) })),
      data: fc.array(fc.record({ value: fc.double() })),
    },
    { requiredKeys: ['type'] },
  );
  const block = fc.record(
    {
      type: fc.constantFrom(...types),
      text: leaf,
      title: leaf,
      elements: fc.oneof(fc.array(inner), leaf),
      fields: fc.array(inner),
      accessory: inner,
      rows: fc.oneof(fc.array(fc.array(inner)), leaf),
      tasks: fc.array(inner),
      chart: fc.record({
        series: fc.array(inner),
        axis_config: fc.record({ categories: fc.array(leaf), y_label: text }),
      }),
    },
    { requiredKeys: ['type'] },
  );

  it('are drawn without an error, within the width, one line each', () => {
    fc.assert(
      fc.property(fc.array(block, { maxLength: 4 }), fc.integer({ min: 24, max: 100 }), (blocks, columns) => {
        const lines = draw({ text: '', blocks }, { columns, reader, offers: new Map() });

        for (const line of lines) {
          expect(widthOf(line)).toBeLessThanOrEqual(columns);
          expect(textOf(line)).not.toMatch(/\p{Cc}/u);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('may be anything at all', () => {
    fc.assert(
      fc.property(fc.array(fc.anything()), (blocks) => {
        expect(Array.isArray(draw({ text: '', blocks }, { columns: 30, reader, offers: new Map() }))).toBe(true);
      }),
    );
  });
});
