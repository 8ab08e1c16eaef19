// A tiny Bolt app over either transport, to prove the simulated Slack with the real client library.
import { App, HTTPReceiver, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { SimSlack } from '../../../src/sim/slack/server.ts';

export type EchoApp = {
  app: App;
  heard: { type: string; id: string; retry?: number }[];
  stop(): Promise<void>;
  /** Resolves when a Socket Mode connection is there again. */ reconnected(): Promise<void>;
};

const echoCard = (text: string) => ({
  text,
  blocks: [
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          text: { type: 'plain_text' as const, text: 'Done' },
          action_id: 'done',
          value: '42',
          confirm: { text: { type: 'plain_text' as const, text: 'Sure?' } },
        },
        {
          type: 'static_select' as const,
          action_id: 'size',
          placeholder: { type: 'plain_text' as const, text: 'Size' },
          options: ['small', 'large'].map((value) => ({ text: { type: 'plain_text' as const, text: value }, value })),
        },
      ],
    },
  ],
});

function listen(app: App, heard: EchoApp['heard']): void {
  app.use(async ({ body, context, next }) => {
    const { type, command, event_id: id } = body as { type?: string; command?: string; event_id?: string };
    heard.push({ type: type ?? command ?? '', id: id ?? '', retry: context.retryNum });
    await next();
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({
      channel: event.channel,
      thread_ts: event.ts,
      ...echoCard(`you said: ${event.text}`),
    });
  });
  app.message(/./, async ({ message, say }) => {
    if (message.subtype === undefined) await say(`you whispered: ${message.text}`);
  });
  app.command('/ops', async ({ ack, command, client, respond }) => {
    if (command.text === 'form') {
      await ack();
      await client.views.open({ trigger_id: command.trigger_id, view: form });
    } else if (command.text === 'later') {
      await ack();
      await respond('later it is');
    } else if (command.text !== 'silence') await ack(`got ${command.text}`);
  });
  app.action('done', async ({ ack, body, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) return;
    await client.chat.update({
      channel: body.channel.id,
      ts: body.message.ts,
      text: `closed by ${body.user.id}`,
      blocks: [],
    });
  });
  app.action('size', async ({ ack, action, respond }) => {
    await ack();
    if (action.type === 'static_select') await respond(`size ${action.selected_option.value}`);
  });
  app.view('scale', async ({ ack, view }) => {
    const least = view.state.values['min']?.['min']?.value;
    await (least === '0' ? ack({ response_action: 'errors', errors: { min: 'not zero' } }) : ack());
  });
}

const form = {
  type: 'modal' as const,
  callback_id: 'scale',
  title: { type: 'plain_text' as const, text: 'Scale' },
  submit: { type: 'plain_text' as const, text: 'Plan' },
  blocks: [
    {
      type: 'input' as const,
      block_id: 'min',
      label: { type: 'plain_text' as const, text: 'Minimum' },
      element: {
        type: 'number_input' as const,
        action_id: 'min',
        is_decimal_allowed: false,
        min_value: '0',
        max_value: '50',
      },
    },
  ],
};

/** Starts the echo app against a simulated Slack; in `http` mode Slack is told to deliver there. */
export async function echoApp(slack: SimSlack, mode: 'socket' | 'http'): Promise<EchoApp> {
  const heard: EchoApp['heard'] = [];
  const clientOptions = () => ({ slackApiUrl: slack.apiUrl, timeout: 5_000, retryConfig: { retries: 0 } });
  const common = {
    token: slack.botToken,
    botId: slack.app.botId,
    botUserId: slack.botUser,
    convoStore: false as const,
  };
  const logLevel = LogLevel.ERROR;
  if (mode === 'socket') {
    const receiver = new SocketModeReceiver({
      appToken: slack.appToken,
      // Also the wait before it reconnects; 5 s by default.
      clientPingTimeout: 300,
      logLevel,
      installerOptions: { clientOptions: clientOptions() },
    });
    const app = new App({ ...common, logLevel, receiver, clientOptions: clientOptions() });
    listen(app, heard);
    await app.start();
    await slack.socket.connected();
    const reconnected = (): Promise<void> =>
      new Promise((resolve) => receiver.client.once('connected', () => resolve()));
    return { app, heard, stop: () => receiver.client.disconnect(), reconnected };
  }
  const receiver = new HTTPReceiver({ signingSecret: slack.signingSecret, logLevel });
  const app = new App({ ...common, logLevel, receiver, clientOptions: clientOptions() });
  listen(app, heard);
  const server = createServer((request, response) => receiver.requestListener(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.deliverTo({ url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/slack/events` });
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await new Promise<void>((resolve) => server.close(() => resolve()));
  };
  return { app, heard, stop, reconnected: () => Promise.resolve() };
}
