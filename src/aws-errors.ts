// What an AWS call failed with, told once in plain terms: why, whether to try again, whether the change may be made all the same.
import { PlatformError, Refusal, type PlatformReason } from './core/errors.ts';

export type Asked = { platform: string; operation: string; write: boolean };

type Failure = {
  name?: string;
  code?: string;
  message?: string;
  $metadata?: { httpStatusCode?: number; attempts?: number };
  $response?: { statusCode?: number };
  $retryable?: { throttling?: boolean };
  cause?: unknown;
};

const denied =
  /access.?denied|unauthori[sz]ed|not.?authori[sz]ed|forbidden|unrecognizedclient|invalidclienttokenid|expiredtoken|signature|missingauthentication|insufficientprivileges|credentials|tokenprovider|optinrequired/iu;
const throttled = /throttl|toomanyrequests|requestlimitexceeded|slowdown|bandwidthlimit|provisionedthroughput/iu;
const timedOut = /timeout|etimedout|aborterror/iu;
// Whole codes: ImageNotFoundException ends in what ENOTFOUND is.
const noConnection =
  /^(econnrefused|enotfound|eai_again|ehostunreach|enetunreach|err_tls.*|.*certificate.*|cert_.*)$/iu;
const cutOff = /^(econnreset|epipe|socket hang up|econnaborted|und_err_socket)$/iu;
const missing = /notfound|nosuch|doesnotexist/iu;
const busy =
  /operationinprogress|concurrentupdate|concurrentaccess|updateinprogress|conflict|servicenotactive|resourceinuse/iu;
/** Beanstalk says so in words only, with the code InvalidParameterValue. */
const busyWords = /invalid state for this operation|must be ready|must be pending deployment/iu;

/** A PlatformError for anything an SDK call throws; what is not the other side's doing comes back as it is. */
export function awsError(asked: Asked, error: unknown): unknown {
  if (error instanceof PlatformError || error instanceof Refusal || !(error instanceof Error)) return error;
  const failure = error as Failure;
  const code = codeOf(failure);
  const reason = reasonFor(failure, code);
  if (!reason) return error;
  const { platform, operation } = asked;
  return new PlatformError({
    platform,
    operation,
    code,
    reason,
    retryable: ['throttled', 'timeout', 'unreachable', 'busy', 'broken'].includes(reason),
    unsure: asked.write && isUnsure(failure, code, reason),
    message: `${platform} ${operation}: ${code}`,
    cause: error,
  });
}

function codeOf(failure: Failure): string {
  const socket = failure.code ?? (failure.cause as Failure | undefined)?.code;
  if (socket !== undefined && failure.$metadata?.httpStatusCode === undefined) return socket;
  if (failure.name === 'Error' && cutOff.test(failure.message ?? '')) return 'ECONNRESET';
  return failure.name ?? 'Error';
}

function reasonFor(failure: Failure, code: string): PlatformReason | undefined {
  const status = failure.$metadata?.httpStatusCode ?? failure.$response?.statusCode;
  if (throttled.test(code) || failure.$retryable?.throttling || status === 429) return 'throttled';
  if (denied.test(code) || status === 401 || status === 403) return 'denied';
  if (timedOut.test(code)) return 'timeout';
  if (noConnection.test(code) || cutOff.test(code)) return 'unreachable';
  if (busy.test(code) || busyWords.test(failure.message ?? '')) return 'busy';
  if (missing.test(code) || status === 404) return 'not-found';
  // An answer no client can read: the status may well be 200.
  if (code === 'SyntaxError' || failure.$response !== undefined) {
    return status !== undefined && status >= 400 && status < 500 ? 'invalid' : 'broken';
  }
  if (status === undefined) return undefined;
  return status >= 400 && status < 500 ? 'invalid' : 'broken';
}

/** Refused outright is certain; cut off, too late, unreadable or broken inside AWS is not. */
function isUnsure(failure: Failure, code: string, reason: PlatformReason): boolean {
  if (reason === 'broken' || reason === 'timeout') return true;
  return reason === 'unreachable' && !noConnection.test(code);
}

/** Whether it is a PlatformError for this reason. */
export function isFor(error: unknown, ...reasons: PlatformReason[]): boolean {
  return error instanceof PlatformError && reasons.includes(error.reason);
}
