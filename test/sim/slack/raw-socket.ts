// A Socket Mode client that acknowledges only what it is told to.
import { WebSocket } from 'ws';
import type { SimSlack } from '../../../src/sim/slack/server.ts';

export type Received = { type: string; envelope_id: string; [key: string]: unknown };

/** Opens one connection; `next` gives what Slack sends, in order. */
export async function rawSocket(slack: SimSlack) {
  const opened = await fetch(`${slack.apiUrl}apps.connections.open`, {
    method: 'POST',
    headers: { authorization: `Bearer ${slack.appToken}` },
  });
  const { url } = (await opened.json()) as { url: string };
  const ws = new WebSocket(url);
  const arrived: Received[] = [];
  const waiting: ((one: Received) => void)[] = [];
  ws.on('message', (raw: Buffer) => {
    const one = JSON.parse(raw.toString('utf8')) as Received;
    const taker = waiting.shift();
    if (taker) taker(one);
    else arrived.push(one);
  });
  const next = (): Promise<Received> => {
    const one = arrived.shift();
    return one ? Promise.resolve(one) : new Promise((resolve) => waiting.push(resolve));
  };
  const hello = await next();
  const ack = (one: Received, payload?: unknown): void =>
    ws.send(JSON.stringify({ envelope_id: one.envelope_id, payload }));
  return { url, hello, next, ack, cut: () => ws.terminate() };
}
