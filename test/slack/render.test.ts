import { describe, expect, it } from 'vitest';
import { say, type Reply } from '../../src/core/reply.ts';
import { everything, render } from '../../src/slack/render.ts';
import { speller } from '../../src/slack/spell.ts';
import { text } from './edge.ts';
import { ourWords as words } from './words.ts';

const at = Date.UTC(2026, 10, 23, 6, 8);

const status: Reply = {
  header: { sign: 'healthy', text: say('header', { target: 'shop-web-prod', state: text('healthy') }) },
  place: [text('Elastic Beanstalk'), text('shop'), text('Seoul')],
  parts: [
    {
      kind: 'lines',
      lines: [
        { label: text('Capacity'), parts: [text('min 4 ≤ 6 ≤ max 12'), text('all healthy')] },
        {
          label: text('Version'),
          parts: [
            text('v2.32.0'),
            say('at', { at: { time: at, style: 'day' } }),
            say('plain', { text: { person: 'U06DANIEL1' } }),
          ],
        },
      ],
    },
    { kind: 'note', parts: [text('No alarm'), text('nothing running')] },
  ],
  actions: [
    {
      kind: 'button',
      label: text('Scale'),
      click: { command: { intent: 'Scale', slots: { target: 'eb/1/r/shop/shop-web-prod' } } },
    },
    { kind: 'link', label: text('Console'), url: 'https://console.aws.amazon.com/x' },
  ],
};

const progress: Reply = {
  header: { sign: 'changing', text: say('header', { target: 'shop-web-prod', state: text('배포 중') }) },
  parts: [
    {
      kind: 'progress',
      title: text('6대 중 3대'),
      steps: [
        { title: say('step.batch', { number: 1, healthy: 2, size: 2 }), state: 'done', detail: text('1분 41초') },
        { title: say('step.batch', { number: 2, healthy: 1, size: 2 }), state: 'running' },
      ],
    },
  ],
  actions: [
    {
      kind: 'button',
      label: text('중단하고 롤백'),
      click: { operation: 'op_1', verb: 'abort' },
      style: 'danger',
      confirm: { title: text('중단?'), text: text('4분 걸립니다.'), yes: text('중단'), no: text('계속') },
    },
  ],
};

const fleet: Reply = {
  parts: [
    {
      kind: 'table',
      columns: [{ label: text('Target') }, { label: text('Running'), right: true }],
      rows: [[{ text: text('search-api'), sign: 'down' }, { text: text('0 / 3') }]],
    },
  ],
};

describe('a card', () => {
  it('has the shape of the status card in English', () => {
    expect(render(status, { spell: speller(words, 'en-US') })).toMatchSnapshot();
  });

  it('has the shape of the progress card in Korean, with Slack’s plan block', () => {
    expect(render(progress, { spell: speller(words, 'ko-KR') })).toMatchSnapshot();
  });

  it('says the progress in lines where the plan block is not to be had', () => {
    const { blocks } = render(progress, { spell: speller(words, 'ko-KR'), can: { ...everything, plan: false } });

    expect(blocks[1]).toEqual({
      type: 'section',
      text: {
        type: 'mrkdwn',
        verbatim: true,
        text: '*6대\u00A0중\u00A03대*\n:white_check_mark: 배치\u00A01:\u00A02대\u00A0중\u00A02대\u00A0정상 · 1분\u00A041초\n:arrows_counterclockwise: *배치\u00A02:\u00A02대\u00A0중\u00A01대\u00A0정상*',
      },
      expand: true,
    });
  });

  it('shows a table with the sign beside the name, and reads it out in the text', () => {
    const card = render(fleet, { spell: speller(words, 'en-US') });

    expect(card.blocks[0]).toMatchObject({
      type: 'table',
      column_settings: [{ align: 'left' }, { align: 'right' }],
      rows: [
        [{ text: 'Target' }, { text: 'Running' }],
        [
          {
            elements: [
              {
                elements: [
                  { type: 'emoji', name: 'octagonal_sign' },
                  { text: ' ' },
                  { text: 'search-api', style: { bold: true } },
                ],
              },
            ],
          },
          { type: 'raw_text', text: '0 / 3' },
        ],
      ],
    });
    expect(card.text).toBe('search-api, down, 0 / 3.');
  });

  it('shows a table as one line a row where tables are not to be had', () => {
    const { blocks } = render(fleet, { spell: speller(words, 'en-US'), can: { ...everything, table: false } });

    expect(blocks).toEqual([
      {
        type: 'section',
        text: { type: 'mrkdwn', verbatim: true, text: ':octagonal_sign: *search-api* \u00A00\u00A0/\u00A03' },
        expand: true,
      },
    ]);
  });

  it('says last, on every card, that it is simulated', () => {
    const card = render({ parts: [] }, { spell: speller(words, 'en-US'), banner: text('Simulated') });

    expect(card.blocks.at(-1)).toMatchObject({ type: 'context', elements: [{ text: 'Simulated' }] });
    expect(card.text).toBe('Simulated.');
  });

  it('keeps one primary button, and leaves out a click that is too long to send', () => {
    const { blocks } = render(
      { parts: [], actions: [button('a'), button('b'), button('c'.repeat(3000))] },
      { spell: speller(words, 'en-US') },
    );

    expect(blocks[0]?.elements).toMatchObject([{ style: 'primary' }, { type: 'button' }]);
    expect(blocks[0]?.elements).not.toMatchObject([{}, { style: 'primary' }]);
    expect(blocks[1]).toMatchObject({ type: 'context', elements: [{ text: 'and 1 more' }] });
  });
});

describe('text from outside', () => {
  it('cannot mention anybody', () => {
    expect(shown('<!channel> <@U1> <!subteam^S1>')).toContain('&lt;!channel&gt; &lt;@U1&gt; &lt;!subteam^S1&gt;');
  });

  it('cannot start bold, italics, strike or code, while names keep their underscores', () => {
    expect(shown('my_service_1 *bold* _it_ ~no~ `x`')).toContain('my_service_1 ∗bold∗ ˍitˍ ∼no∼ ˋxˋ');
  });

  it('cannot show one of our signs', () => {
    expect(shown('v1 :white_check_mark:')).not.toContain(':white_check_mark:');
  });

  it('cannot turn the direction of the text around or break the line', () => {
    expect(shown('a\u202Eb\u2066c\nd')).toContain('abc\u00A0d');
  });
});

function button(target: string) {
  const click = { command: { intent: 'Status', slots: { target } } } as const;
  return { kind: 'button', label: text('Go'), style: 'primary', click } as const;
}

function shown(value: string): string {
  const reply: Reply = { parts: [{ kind: 'lines', lines: [{ parts: [text(value)] }] }] };
  return JSON.stringify(render(reply, { spell: speller(words, 'en-US') }).blocks[0]?.text);
}
