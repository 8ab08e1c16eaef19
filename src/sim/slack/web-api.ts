// The Web API's front door: who calls, whether they may, how often, and what goes wrong on request.
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { chatMethods } from './api-chat.ts';
import { fileMethods } from './api-files.ts';
import { viewMethods } from './api-views.ts';
import { workspaceMethods } from './api-workspace.ts';
import type { faultList } from './faults.ts';
import { object, SlackError, string, type Json } from './json.ts';
import { needScope, type Method, type Methods } from './method.ts';
import type { rateLimiter } from './rate.ts';
import type { World } from './state.ts';

/** Every method there is, by name. */
export const methods: Methods = {
  ...workspaceMethods,
  ...chatMethods,
  ...viewMethods,
  ...fileMethods,
  'apps.connections.open': {
    tier: 'none',
    token: 'app',
    run: (world) => ({ url: `${world.baseUrl.replace('http', 'ws')}/link/?ticket=${world.ticket()}` }),
  },
};

const MOST_CALLS_KEPT = 20_000;

type Answer = { status: number; headers: Record<string, string>; body: Json | undefined };
type Parts = {
  world: World;
  faults: ReturnType<typeof faultList>;
  limiter: ReturnType<typeof rateLimiter> | undefined;
};

/** The arguments of a call: query, form or JSON body. */
export function argsOf(request: IncomingMessage, body: Buffer): Json {
  const query = Object.fromEntries(new URL(request.url ?? '/', 'http://sim').searchParams);
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return { ...query, ...object(jsonOr(body)) };
  return { ...query, ...Object.fromEntries(new URLSearchParams(body.toString('utf8'))) };
}

function jsonOr(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8')) as unknown;
  } catch {
    throw new SlackError('invalid_json');
  }
}

function authorise(world: World, method: Method, token: string): void {
  if (method.token === 'none') return;
  if (!token) throw new SlackError('not_authed');
  if (token !== world.botToken && token !== world.appToken) throw new SlackError('invalid_auth');
  if ((token === world.appToken) !== (method.token === 'app')) throw new SlackError('not_allowed_token_type');
  if (method.scope) needScope(world, method.scope);
}

function limited(seconds: number): Answer {
  return { status: 429, headers: { 'retry-after': String(seconds) }, body: { ok: false, error: 'ratelimited' } };
}

async function perform(parts: Parts, name: string, args: Json, token: string): Promise<Answer> {
  const { ms, fault } = parts.faults.take(name);
  if (ms > 0) await delay(ms);
  if (fault?.kind === 'http-500') return { status: 500, headers: {}, body: { ok: false, error: 'internal_error' } };
  if (fault?.kind === 'http-503')
    return { status: 503, headers: {}, body: { ok: false, error: 'service_unavailable' } };
  if (fault?.kind === 'ratelimit') return limited(Math.max(1, Math.ceil((fault.ms ?? 1000) / 1000)));
  const body = await result(
    parts,
    name,
    args,
    token,
    fault?.kind === 'error' ? (fault.code ?? 'internal_error') : fault?.kind,
  );
  if (typeof body === 'number') return limited(body);
  return { status: 200, headers: {}, body: fault?.kind === 'drop-response' ? undefined : body };
}

/** The answer's body, or after how many seconds to come again. */
async function result(parts: Parts, name: string, args: Json, token: string, fault?: string): Promise<Json | number> {
  const method = methods[name];
  try {
    if (!method) throw new SlackError('unknown_method', { req_method: name });
    authorise(parts.world, method, token);
    if (fault === 'invalid_blocks') {
      throw new SlackError(fault, {
        response_metadata: { messages: ['[ERROR] unsupported type [json-pointer:/blocks/0]'] },
      });
    }
    if (fault && fault !== 'drop-response') throw new SlackError(fault);
    const seconds = parts.limiter?.(name, method.tier, args) ?? 0;
    return seconds || { ok: true, ...(await method.run(parts.world, args)) };
  } catch (error) {
    if (error instanceof SlackError) return { ok: false, error: error.code, ...error.extra };
    throw error;
  }
}

/** Answers one `/api/<method>` request and records it. */
export async function answerApi(
  parts: Parts,
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
): Promise<void> {
  const name = new URL(request.url ?? '/', 'http://sim').pathname.slice('/api/'.length);
  const call = {
    at: parts.world.clock.now(),
    method: name,
    body: {} as Json,
    ok: false,
    error: 'no_answer' as string | undefined,
  };
  parts.world.calls.push(call);
  if (parts.world.calls.length > MOST_CALLS_KEPT) parts.world.calls.shift();
  let answer: Answer;
  try {
    const { token, ...args } = argsOf(request, body);
    call.body = args;
    const bearer = /^Bearer (.+)$/.exec(request.headers.authorization ?? '')?.[1];
    answer = await perform(parts, name, args, bearer ?? string(token));
  } catch (error) {
    if (!(error instanceof SlackError)) throw error;
    answer = { status: 200, headers: {}, body: { ok: false, error: error.code } };
  }
  if (!answer.body) {
    response.destroy();
    return;
  }
  call.ok = answer.body['ok'] === true;
  call.error = call.ok ? undefined : string(answer.body['error']);
  const scopes = { 'x-oauth-scopes': [...parts.world.scopes].join(','), 'x-slack-req-id': parts.world.id('req') };
  response.writeHead(answer.status, {
    'content-type': 'application/json; charset=utf-8',
    ...scopes,
    ...answer.headers,
  });
  response.end(JSON.stringify(answer.body));
}
