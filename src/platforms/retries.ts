// How calls are tried again. Reads: by the SDK's adaptive mode. Writes: only when AWS said it did nothing, which is throttling.

type Token = { getRetryCount(): number; getRetryDelay(): number; getRetryCost(): number | undefined };
type Failure = { errorType: string };

const first = 200;

function token(count: number): Token {
  // Half fixed, half random, so that many callers do not come back at once.
  const delay = count === 0 ? 0 : first * 2 ** (count - 1) * (0.5 + Math.random() / 2);
  return { getRetryCount: () => count, getRetryDelay: () => delay, getRetryCost: () => undefined };
}

/** A retry strategy of the SDK that repeats a throttled call, up to `attempts` in all, and nothing else. */
export function throttledOnly(attempts: number) {
  return {
    acquireInitialRetryToken: () => Promise.resolve(token(0)),
    refreshRetryTokenForRetry(last: Token, failure: Failure) {
      const count = last.getRetryCount() + 1;
      if (failure.errorType !== 'THROTTLING' || count >= attempts) return Promise.reject(new Error('not again'));
      return Promise.resolve(token(count));
    },
    recordSuccess() {},
  };
}
