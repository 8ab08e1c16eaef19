// Things that go wrong on request, so that the app can show what it does then.

export type Fault = {
  /** Only this Web API method; every method when left out. */
  method?: string;
  /** `drop-response`: Slack does it, but the answer is lost. */
  kind: 'error' | 'ratelimit' | 'drop-response' | 'http-500' | 'http-503' | 'latency' | 'invalid_blocks';
  /** How many calls it hits; 1 unless said. */
  times?: number;
  /** Every call for so many milliseconds, instead of `times`. A rate limit then says how long it still lasts. */
  forMs?: number;
  /** Milliseconds of latency, or of Retry-After (rounded up to seconds). */
  ms?: number;
  /** The Slack error code of `error`. */
  code?: string;
};

type Waiting = { fault: Fault; left: number; until: number };

/** A list of faults waiting for calls, in real time. `strike` is asked about every call first. */
export function faultList(
  strike: (method: string) => Fault | undefined = () => undefined,
  now: () => number = () => performance.now(),
) {
  let waiting: Waiting[] = [];
  const isOver = ({ left, until }: Waiting): boolean => left <= 0 || until <= now();
  const still = ({ fault, until }: Waiting): Fault =>
    fault.forMs !== undefined && fault.kind === 'ratelimit' ? { ms: until - now(), ...fault } : fault;
  return {
    add(fault: Fault) {
      const { forMs } = fault;
      const left = forMs === undefined ? (fault.times ?? 1) : Infinity;
      waiting.push({ fault, left, until: now() + (forMs ?? Infinity) });
    },
    clear() {
      waiting = [];
    },
    list: () => waiting.filter((one) => !isOver(one)).map(({ fault, left }) => ({ ...fault, times: left })),
    /** What hits this call: the sum of latencies, and the oldest other fault. */
    take(method: string): { ms: number; fault?: Fault } {
      const struck = strike(method);
      if (struck) return struck.kind === 'latency' ? { ms: struck.ms ?? 0 } : { ms: 0, fault: struck };
      waiting = waiting.filter((one) => !isOver(one));
      const hits = waiting.filter(({ fault }) => fault.method === undefined || fault.method === method);
      const latencies = hits.filter(({ fault }) => fault.kind === 'latency');
      const other = hits.find(({ fault }) => fault.kind !== 'latency');
      for (const hit of other ? [...latencies, other] : latencies) hit.left -= 1;
      return { ms: latencies.reduce((sum, { fault }) => sum + (fault.ms ?? 0), 0), fault: other && still(other) };
    },
  };
}
