import { describe, expect, it } from 'vitest';
import { PlatformError, Refusal } from '../src/core/errors.ts';
import { say } from '../src/core/reply.ts';
import { awsError } from '../src/aws-errors.ts';

const read = { platform: 'ecs', operation: 'DescribeServices', write: false };
const write = { platform: 'ecs', operation: 'UpdateService', write: true };

/** An error as the SDK throws it. */
function thrown(name: string, more: { status?: number; code?: string; message?: string; response?: boolean } = {}) {
  const { status, code, message = 'words of AWS', response } = more;
  return Object.assign(new Error(message), {
    name,
    ...(code ? { code } : {}),
    ...(status ? { $metadata: { httpStatusCode: status } } : {}),
    ...(response ? { $response: { statusCode: 200 } } : {}),
  });
}

describe('what an SDK call throws', () => {
  it.each([
    ['AccessDeniedException', { status: 400 }, 'denied', false],
    ['AccessDenied', { status: 403 }, 'denied', false],
    ['ExpiredTokenException', { status: 400 }, 'denied', false],
    ['UnrecognizedClientException', { status: 400 }, 'denied', false],
    ['InsufficientPrivilegesException', { status: 403 }, 'denied', false],
    ['CredentialsProviderError', {}, 'denied', false],
    ['ThrottlingException', { status: 400 }, 'throttled', true],
    ['Throttling', { status: 400 }, 'throttled', true],
    ['RequestLimitExceeded', { status: 503 }, 'throttled', true],
    ['TooManyRequestsException', { status: 429 }, 'throttled', true],
    ['TimeoutError', {}, 'timeout', true],
    ['RequestTimeout', { status: 400 }, 'timeout', true],
    ['Error', { code: 'ETIMEDOUT' }, 'timeout', true],
    ['Error', { code: 'ECONNREFUSED' }, 'unreachable', true],
    ['Error', { code: 'ENOTFOUND' }, 'unreachable', true],
    ['Error', { code: 'ECONNRESET' }, 'unreachable', true],
    ['Error', { message: 'socket hang up' }, 'unreachable', true],
    ['ServiceNotFoundException', { status: 400 }, 'not-found', false],
    ['ImageNotFoundException', { status: 400 }, 'not-found', false],
    ['ClusterNotFoundException', { status: 400 }, 'not-found', false],
    ['OperationInProgressFailure', { status: 400 }, 'busy', true],
    ['ConcurrentUpdateException', { status: 400 }, 'busy', true],
    ['InvalidParameterException', { status: 400 }, 'invalid', false],
    ['ValidationException', { status: 400 }, 'invalid', false],
    ['ServerException', { status: 500 }, 'broken', true],
    ['ServiceUnavailable', { status: 503 }, 'broken', true],
    ['SyntaxError', { status: 200, response: true }, 'broken', true],
    ['SyntaxError', {}, 'broken', true],
  ] as const)('%s %j is "%s"', (name, more, reason, retryable) => {
    const error = awsError(read, thrown(name, more));

    expect(error).toBeInstanceOf(PlatformError);
    expect(error).toMatchObject({ platform: 'ecs', operation: 'DescribeServices', reason, retryable, unsure: false });
  });

  it('is busy, though its code says invalid, when Beanstalk wants the environment to be Ready', () => {
    const words = 'Environment named shop is in an invalid state for this operation. Must be Ready.';

    expect(awsError(write, thrown('InvalidParameterValue', { status: 400, message: words }))).toMatchObject({
      reason: 'busy',
      retryable: true,
      unsure: false,
    });
  });

  it.each([
    ['TimeoutError', {}, true],
    ['Error', { code: 'ECONNRESET' }, true],
    ['Error', { message: 'socket hang up' }, true],
    ['ServerException', { status: 500 }, true],
    ['SyntaxError', { status: 200, response: true }, true],
    ['Error', { code: 'ECONNREFUSED' }, false],
    ['Error', { code: 'ENOTFOUND' }, false],
    ['ThrottlingException', { status: 400 }, false],
    ['AccessDeniedException', { status: 400 }, false],
    ['InvalidParameterException', { status: 400 }, false],
  ] as const)('of a change, %s %j leaves it unsure: %s', (name, more, unsure) => {
    expect(awsError(write, thrown(name, more))).toMatchObject({ unsure });
  });

  it('keeps the code and the cause, and says nothing of what AWS wrote', () => {
    const cause = thrown('AccessDeniedException', { status: 400, message: 'User: arn:aws:iam::1:user/secret' });

    const error = awsError(read, cause) as PlatformError;

    expect([error.code, error.cause]).toEqual(['AccessDeniedException', cause]);
    expect(error.message).toBe('ecs DescribeServices: AccessDeniedException');
  });

  it('stays as it is when it is ours: a refusal, a known failure, a mistake of the code', () => {
    const refusal = new Refusal(say('refuse.over', { target: 'api' }));
    const known = awsError(read, thrown('ThrottlingException', { status: 400 }));
    const mistake = new TypeError("Cannot read properties of undefined (reading 'x')");

    expect(awsError(write, refusal)).toBe(refusal);
    expect(awsError(write, known)).toBe(known);
    expect(awsError(write, mistake)).toBe(mistake);
  });
});
