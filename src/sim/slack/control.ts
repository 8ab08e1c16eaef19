// The simulator's own API under /_sim/, as JSON, for other processes: acting, looking, faults, sockets.
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from './faults.ts';
import { object, string, type Json } from './json.ts';
import type { SimSlack } from './server.ts';
import type { Message, View } from './state.ts';

type Controlled = Pick<
  SimSlack,
  | 'as'
  | 'messages'
  | 'thread'
  | 'ephemerals'
  | 'current'
  | 'people'
  | 'channels'
  | 'calls'
  | 'fault'
  | 'faults'
  | 'clearFaults'
  | 'socket'
>;

/** Only programs on this machine: a page of another site, or a name made to point here, is refused. */
function allowed(request: IncomingMessage): boolean {
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return ['127.0.0.1', 'localhost'].includes(host) && request.headers.origin === undefined;
}

async function act(slack: Controlled, args: Json): Promise<unknown> {
  const who = slack.as(string(args['user']));
  const [text, channel, thread] = [string(args['text']), string(args['channel']), string(args['thread'])];
  const options = thread ? { thread } : {};
  const message = args['message'] as Message;
  const what = args['what'] as string | number;
  switch (args['do']) {
    case 'say':
      return who.say(channel, text, options);
    case 'dm':
      return who.dm(text, options);
    case 'edit':
      return who.edit(message, text);
    case 'remove':
      return who.remove(message);
    case 'slash':
      return who.slash(text, channel || undefined);
    case 'click':
    case 'select':
      return who.click(message, what);
    case 'submit':
      return who.submit(args['view'] as View, object(args['values']) as Record<string, string>);
    default:
      throw new Error(`unknown action: ${string(args['do'])}`);
  }
}

function sockets({ socket }: Controlled, args: Json): Json {
  const which = typeof args['index'] === 'number' ? { index: args['index'] } : {};
  switch (args['do']) {
    case 'drop':
      socket.drop(true, which);
      break;
    case 'ghost':
      socket.ghost();
      break;
    case 'freeze':
      socket.freeze(which);
      break;
    case 'greet':
      socket.greet(args['greet'] !== false);
      break;
    case 'refresh':
      void socket.refresh(which, typeof args['aheadMs'] === 'number' ? args['aheadMs'] : undefined);
      break;
    case 'warning':
    case 'refresh_requested':
      socket.disconnect(args['do'], which);
      break;
    default:
      throw new Error(`unknown: ${string(args['do'])}`);
  }
  return { connections: socket.count() };
}

function answer(slack: Controlled, what: string, query: URLSearchParams, args: Json): unknown {
  switch (what) {
    case 'GET workspace':
      return {
        people: [...slack.people.values()],
        channels: [...slack.channels.values()],
        connections: slack.socket.count(),
      };
    case 'GET messages':
      return slack.messages(query.get('channel') ?? '');
    case 'GET thread':
      return slack.thread(query.get('channel') ?? '', query.get('ts') ?? '');
    case 'GET ephemerals':
      return slack.ephemerals(query.get('user') ?? '');
    case 'GET calls':
      return slack.calls(query.get('method') ?? undefined);
    case 'GET faults':
      return slack.faults();
    case 'POST faults':
      slack.fault(args as Fault);
      return undefined;
    case 'DELETE faults':
      slack.clearFaults();
      return undefined;
    case 'POST sockets':
      return sockets(slack, args);
    case 'POST act':
      return act(slack, args);
    default:
      throw new Error(`nothing here: ${what}`);
  }
}

/** Answers `/_sim/…`: `{ok, result}` or `{ok: false, error}`. */
export function controlling(slack: Controlled) {
  return async (request: IncomingMessage, response: ServerResponse, body: Buffer): Promise<void> => {
    const url = new URL(request.url ?? '/', 'http://sim');
    const reply = (status: number, said: Json): void => {
      response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
      response.end(JSON.stringify(said));
    };
    if (!allowed(request)) return reply(403, { ok: false, error: 'only from this machine' });
    try {
      const args = body.length > 0 ? object(JSON.parse(body.toString('utf8'))) : {};
      const what = `${request.method} ${url.pathname.slice('/_sim/'.length)}`;
      const result = await answer(slack, what, url.searchParams, args);
      return reply(200, { ok: true, result: result ?? null });
    } catch (error) {
      return reply(400, { ok: false, error: error instanceof Error ? error.message : String(error) });
    }
  };
}
