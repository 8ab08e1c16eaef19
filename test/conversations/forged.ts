// A click as the wire brings it, made by hand: what somebody would send who knows our button values.
import { type Card } from './dialog.ts';
import type { Workspace } from './workspace.ts';

export type Forgery = {
  who: string;
  value: unknown[];
  /** One click, told of twice, has the same one. */
  trigger?: string;
  team?: string;
  channel?: string;
};

type Tampering = Parameters<ReturnType<Workspace['slack']['http']>['request']>[1];

let made = 0;

/** Sends a click on a card's first button, with another value in it; signed as Slack would unless tampered with. */
export function forge(here: Workspace, card: Card, forgery: Forgery, tampering?: Tampering) {
  made += 1;
  const { who, value, trigger = `forged.${made}`, team = 'T0SIMSHOP', channel = card.channel } = forgery;
  const [button] = here.slack.clickables(card);
  const payload = {
    type: 'block_actions',
    user: { id: who, username: who.toLowerCase(), name: who.toLowerCase(), team_id: team },
    api_app_id: 'A0OPSJACK',
    token: 'simulated',
    trigger_id: trigger,
    team: { id: team, domain: 'forged' },
    enterprise: null,
    is_enterprise_install: false,
    container: { type: 'message', message_ts: card.ts, channel_id: channel, is_ephemeral: false },
    channel: { id: channel, name: 'directmessage' },
    message: { type: 'message', user: card.user, ts: card.ts, text: card.text, blocks: card.blocks },
    state: { values: {} },
    response_url: `${here.slack.apiUrl}actions/none`,
    actions: [
      {
        type: 'button',
        action_id: button?.action_id ?? 'none',
        block_id: button?.block_id ?? 'none',
        text: { type: 'plain_text', text: 'OK', emoji: true },
        value: JSON.stringify(value),
        action_ts: `1795000000.${String(made).padStart(6, '0')}`,
      },
    ],
  };
  return here.slack.http().request({ type: 'interactive', payload }, tampering);
}

/** What a card's first button carries: the id of its plan is its last part. */
export const valueOf = (here: Workspace, card: Card, label: string): string[] =>
  JSON.parse(here.slack.clickables(card).find((it) => it.label === label)!.value!) as string[];
