// The Web API methods we call, the scope each needs, and their failures as PlatformError.
import { WebClient, WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import { PlatformError, type PlatformReason } from '../core/errors.ts';
import { httpFetch } from './http.ts';
import { boltLog, type Log } from './log.ts';

/** Method -> bot scope. The manifest asks for exactly these. https://docs.slack.dev/reference/methods */
export const calls = {
  'auth.test': undefined,
  'chat.postMessage': 'chat:write',
  'chat.postEphemeral': 'chat:write',
  'chat.update': 'chat:write',
  'assistant.threads.setStatus': 'chat:write',
  'reactions.add': 'reactions:write',
  'users.info': 'users:read',
  'usergroups.users.list': 'usergroups:read',
} as const;
export type Method = keyof typeof calls;

/** Slack answered that it does not take this: what it said, and about which blocks where it says so. */
export type Refused = { code: string; pointers: string[] };
/** What became of a call. `limited`: nothing was done, try again after so many milliseconds. */
export type Outcome =
  | { kind: 'ok'; data: Record<string, unknown> }
  | { kind: 'refused'; refused: Refused; error: PlatformError }
  | { kind: 'limited'; after: number; error: PlatformError }
  | { kind: 'failed'; error: PlatformError };
export type Call = (method: Method, args: Record<string, unknown>) => Promise<Outcome>;

/** Options of every WebClient of ours, a fresh object each: Slack's classes change the one they are given. */
export function clientOptions(settings: { apiUrl?: string | undefined }, log: Log) {
  return {
    ...(settings.apiUrl ? { slackApiUrl: settings.apiUrl } : {}),
    fetch: httpFetch,
    // A dropped answer to a post would be posted again, and one 429 would hold up every other call.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: boltLog(log),
  };
}

/** Calls with a client of their own, so that what is slow or limited in one does not hold up the other. */
export function caller(settings: { botToken: string; apiUrl?: string | undefined }, log: Log): Call {
  const client = new WebClient(settings.botToken, clientOptions(settings, log));
  return async (method, args) => {
    try {
      const data = await client.apiCall(method, flat(args));
      return { kind: 'ok', data: { ...data } };
    } catch (error) {
      return outcomeOf(method, error);
    }
  };
}

/** Objects as the JSON they are sent as: the client would copy them twice more, to hide secrets in lines nobody logs. */
function flat(args: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(args).map(([name, value]): [string, unknown] => {
    const isObject = typeof value === 'object' && value !== null;
    return [name, isObject ? JSON.stringify(value) : value];
  });
  return Object.fromEntries(entries);
}

const notReached = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);
/** Slack's own troubles: "some aspect of the operation may have succeeded". */
const halfDone = new Set([
  'internal_error',
  'fatal_error',
  'service_unavailable',
  'request_timeout',
  'team_added_to_org',
]);
const denied = /auth|token|scope|not_allowed|account_inactive|access_denied|restricted/u;

function outcomeOf(method: Method, error: unknown): Outcome {
  if (error instanceof WebAPIRateLimitedError) {
    const failed = failure(method, 'ratelimited', 'throttled', { unsure: false, retryable: true, cause: error });
    return { kind: 'limited', after: Math.max(1, error.retryAfter) * 1000, error: failed };
  }
  if (error instanceof WebAPIPlatformError) return refusal(method, error);
  if (error instanceof WebAPIHTTPError) {
    const unsure = error.statusCode >= 500;
    const failed = failure(method, `http_${error.statusCode}`, 'broken', { unsure, retryable: unsure, cause: error });
    return { kind: 'failed', error: failed };
  }
  const code = systemCode(error) ?? 'no_answer';
  const unsure = !notReached.has(code);
  const reason = code === 'no_answer' || code === 'ABORT_ERR' ? 'timeout' : 'unreachable';
  return { kind: 'failed', error: failure(method, code, reason, { unsure, retryable: true, cause: error }) };
}

/** Whether Slack said no for good, and not that it is in trouble itself. */
export function isRefusal(error: unknown): error is WebAPIPlatformError {
  return error instanceof WebAPIPlatformError && !isTrouble(codeOf(error));
}

function codeOf(error: WebAPIPlatformError): string {
  // An answer that is no JSON arrives here as its own error code.
  return /^[a-z_]{1,80}$/u.test(error.data.error) ? error.data.error : 'unreadable_answer';
}

function isTrouble(code: string): boolean {
  return code === 'unreadable_answer' || halfDone.has(code);
}

function refusal(method: Method, error: WebAPIPlatformError): Outcome {
  const code = codeOf(error);
  const messages = error.data.response_metadata?.messages ?? [];
  const pointers = messages.flatMap((message) => /json-pointer:([^\]\s]+)/u.exec(message)?.[1] ?? []);
  const unsure = isTrouble(code);
  const reason: PlatformReason = unsure ? 'broken' : denied.test(code) ? 'denied' : 'invalid';
  const failed = failure(method, code, reason, { unsure, retryable: unsure, cause: error });
  return unsure ? { kind: 'failed', error: failed } : { kind: 'refused', refused: { code, pointers }, error: failed };
}

/** A failed call as the core knows failures. `unsure`: Slack may have done it all the same. */
export function failure(
  operation: string,
  code: string,
  reason: PlatformReason,
  about: { unsure: boolean; retryable: boolean; cause?: unknown },
): PlatformError {
  return new PlatformError({ platform: 'Slack', operation, code, reason, ...about });
}

/** The operating system's word for a failed connection, however deep `fetch` has buried it. */
function systemCode(error: unknown): string | undefined {
  for (let at: unknown = error, depth = 0; at instanceof Error && depth < 6; at = at.cause, depth++) {
    const code = 'code' in at && typeof at.code === 'string' ? at.code : undefined;
    if (code && !code.startsWith('slack_')) return code;
    if ('original' in at && at.original instanceof Error) return systemCode(at.original);
  }
  return undefined;
}
