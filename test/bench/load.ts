// Slash commands as Slack delivers them, signed, so many at a time. https://docs.slack.dev/authentication/verifying-requests-from-slack
import { createHmac } from 'node:crypto';
import { Agent, request } from 'node:http';
import { percentile, rounded } from './numbers.ts';
import type { SlackStub } from './slack-stub.ts';

export type Figures = { rps: number; p50: number; p99: number };

let sequence = 0;

/** Sends `count` commands, `atOnce` at a time, each counted when its answer is posted; replies a second and ms. */
export async function measure(
  slack: SlackStub,
  url: string,
  { text, count, atOnce }: { text: string; count: number; atOnce: number },
): Promise<Figures> {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce });
  const times: number[] = [];
  let left = count;
  const person = async (): Promise<void> => {
    while (left-- > 0) {
      const begun = performance.now();
      await ask(slack, url, text, agent);
      times.push(performance.now() - begun);
    }
  };
  const begun = performance.now();
  await Promise.all(Array.from({ length: atOnce }, person));
  const seconds = (performance.now() - begun) / 1000;
  agent.destroy();
  return {
    rps: rounded(count / seconds, 0),
    p50: rounded(percentile(times, 0.5), 1),
    p99: rounded(percentile(times, 0.99), 1),
  };
}

async function ask(slack: SlackStub, url: string, text: string, agent: Agent): Promise<void> {
  sequence += 1;
  const channel = `C${sequence}`;
  const body = new URLSearchParams({
    team_id: 'T0BENCH',
    channel_id: channel,
    user_id: `U${sequence}`,
    command: '/ops',
    text,
    trigger_id: `${sequence}.1.a`,
    response_url: `${slack.apiUrl}response/${sequence}`,
  }).toString();
  const answered = slack.posted(channel);
  const status = await post(url, body, signed(body, slack.signingSecret), agent);
  if (status !== 200) throw new Error(`a command was answered ${status}`);
  await answered;
}

function signed(body: string, secret: string): Record<string, string> {
  const timestamp = String(Math.floor(Date.now() / 1000));
  const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${signature}` };
}

function post(url: string, body: string, headers: Record<string, string>, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const type = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) };
    const sent = request(url, { method: 'POST', agent, headers: { ...headers, ...type } }, (response) => {
      response.resume().on('end', () => resolve(response.statusCode ?? 0));
    });
    sent.on('error', reject).end(body);
  });
}
