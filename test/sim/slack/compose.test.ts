import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandText, composed } from '../../../src/sim/slack/compose.ts';
import { pingsOf } from '../../../src/sim/slack/pings.ts';
import { createWorld } from '../../../src/sim/slack/state.ts';

const world = createWorld({ clock: { now: () => 0 }, scopes: [], events: [] });

describe('what Slack makes of typed text', () => {
  it.each([
    ['@OpsJack scale api & web <now>', '<@U0OPSJACK> scale api &amp; web &lt;now&gt;'],
    ['@Kim Minsu please', '<@U0MINSU> please'],
    ['ask @oncall in #ops', 'ask <!subteam^S0ONCALL> in <#C0OPS|>'],
    ['@here @channel', '<!here> <!channel>'],
    ['@nobody', '@nobody'],
    ['see https://example.com/a?b=1&c=2.', 'see <https://example.com/a?b=1&amp;c=2>.'],
    ['deploy api.shop.com now', 'deploy <http://api.shop.com|api.shop.com> now'],
    ['mail ops@shop.com', 'mail <mailto:ops@shop.com|ops@shop.com>'],
    ['deploy v1.2.3 of api-prod', 'deploy v1.2.3 of api-prod'],
    ['`rm api.shop.com @here`', '`rm api.shop.com @here`'],
    ['@OpsJack api-prod를 4대로', '<@U0OPSJACK> api-prod를 4대로'],
  ])('%s', (typed, stored) => {
    expect(composed(world, typed).text).toBe(stored);
  });

  it('shows the text beside the mention in rich text too', () => {
    const [block] = composed(world, '@OpsJack hi').blocks;

    expect(block).toMatchObject({
      type: 'rich_text',
      elements: [
        {
          elements: [
            { type: 'user', user_id: 'U0OPSJACK' },
            { type: 'text', text: ' hi' },
          ],
        },
      ],
    });
  });

  it('leaves no bare angle bracket of the writer', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (typed) => {
        const outside = composed(world, typed).text.replaceAll(/<(?:https?:|mailto:|@U|#C|!)[^<>]*>/gu, '');

        expect(outside).not.toMatch(/[<>]/u);
      }),
    );
  });
});

it('gives a command ids with names where it escapes, and typed text where it does not', () => {
  expect(commandText(world, 'lock @minsu #ops', true)).toBe('lock <@U0MINSU|minsu> <#C0OPS|ops>');
  expect(commandText(world, 'lock @minsu #ops', false)).toBe('lock @minsu #ops');
});

describe('who is notified', () => {
  const none = { text: '', blocks: [], attachments: [] };

  it.each([
    ['text', { ...none, text: '<!channel> and <@U0MINSU|minsu>' }, ['<!channel>', 'U0MINSU']],
    ['escaped text', { ...none, text: '&lt;!channel&gt; @channel' }, []],
    ['mrkdwn', { ...none, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: '<!here>' } }] }, ['<!here>']],
    ['plain_text', { ...none, blocks: [{ type: 'header', text: { type: 'plain_text', text: '<!channel>' } }] }, []],
    [
      'a table of raw text',
      { ...none, blocks: [{ type: 'table', rows: [[{ type: 'raw_text', text: '<!here>' }]] }] },
      [],
    ],
    [
      'rich text',
      {
        ...none,
        blocks: [
          {
            type: 'rich_text',
            elements: [{ type: 'rich_text_section', elements: [{ type: 'broadcast', range: 'everyone' }] }],
          },
        ],
      },
      ['<!everyone>'],
    ],
    ['an attachment', { ...none, attachments: [{ text: '<!subteam^S0ONCALL>' }] }, ['S0ONCALL']],
  ])('%s', (_where, message, expected) => {
    expect(pingsOf(message)).toEqual(expected);
  });
});
