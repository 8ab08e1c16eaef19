// The least of Slack that an answer needs, as fast as node serves: what it costs must not hide what the bot costs.
import { createServer } from 'node:http';

export type SlackStub = {
  apiUrl: string;
  botToken: string;
  signingSecret: string;
  /** Resolves when the next message is posted to this channel, for all to see or for one person. */
  posted(channel: string): Promise<void>;
  close(): Promise<void>;
};

const identity = { ok: true, team_id: 'T0BENCH', user_id: 'U0BOT', bot_id: 'B0BOT' };

/** A Slack Web API on loopback that takes every call and keeps nothing. */
export async function slackStub(): Promise<SlackStub> {
  const waiting = new Map<string, () => void>();
  const server = createServer((request, response) => {
    let body = '';
    request.setEncoding('latin1').on('data', (chunk: string) => (body += chunk));
    request.on('end', () => {
      const isPost = request.url === '/api/chat.postMessage' || request.url === '/api/chat.postEphemeral';
      const channel = isPost ? (/(?:^|&)channel=(\w+)/u.exec(body)?.[1] ?? '') : '';
      const answer = isPost ? { ok: true, channel, ts: '1.000001', message_ts: '1.000001' } : identity;
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
      if (!isPost) return;
      waiting.get(channel)?.();
      waiting.delete(channel);
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    apiUrl: `http://127.0.0.1:${port}/api/`,
    botToken: 'xoxb-bench',
    signingSecret: 'b'.repeat(32),
    posted: (channel) =>
      new Promise((resolve) => {
        waiting.set(channel, resolve);
      }),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => {
        server.close(resolve);
      });
    },
  };
}
