// The baseline, a process of its own: Bolt as its guide has it, answering every command and mention with a constant.
import { App } from '@slack/bolt';
import { DescribeServicesCommand, ECSClient } from '@aws-sdk/client-ecs';

const { SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET, SLACK_API_URL, ASKS_CLUSTER, ASKS_SERVICE } = process.env;
const app = new App({
  token: SLACK_BOT_TOKEN ?? '',
  signingSecret: SLACK_SIGNING_SECRET ?? '',
  clientOptions: { slackApiUrl: SLACK_API_URL ?? '' },
});
const ecs = ASKS_SERVICE ? new ECSClient({}) : undefined;
const text = 'Ask me how things are, to scale, to deploy or to roll back.';

app.command('/ops', async ({ ack, client, command }) => {
  await ack();
  await client.chat.postMessage({ channel: command.channel_id, text });
});
app.event('app_mention', async ({ client, event }) => {
  const services = [ASKS_SERVICE ?? ''];
  await ecs?.send(new DescribeServicesCommand({ cluster: ASKS_CLUSTER, services }));
  await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text });
});

const address = (await app.start(0)).address();
process.stdout.write(`listening on ${typeof address === 'object' ? address?.port : ''}\n`);
process.once('SIGTERM', () => process.exit(0));
