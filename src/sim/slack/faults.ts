// Things that go wrong on request, so that the app can show what it does then.

export type Fault = {
  /** Only this Web API method; every method when left out. */
  method?: string;
  /** `drop-response`: Slack does it, but the answer is lost. */
  kind: 'error' | 'ratelimit' | 'drop-response' | 'http-500' | 'latency' | 'invalid_blocks';
  /** How many calls it hits; 1 unless said. */
  times?: number;
  /** Milliseconds of latency, or of Retry-After (rounded up to seconds). */
  ms?: number;
  /** The Slack error code of `error`. */
  code?: string;
};

/** A list of faults waiting for calls. */
export function faultList() {
  let waiting: { fault: Fault; left: number }[] = [];
  return {
    add(fault: Fault) {
      waiting.push({ fault, left: fault.times ?? 1 });
    },
    clear() {
      waiting = [];
    },
    list: () => waiting.map(({ fault, left }) => ({ ...fault, times: left })),
    /** What hits this call: the sum of latencies, and the oldest other fault. */
    take(method: string): { ms: number; fault?: Fault } {
      const hits = waiting.filter(({ fault }) => fault.method === undefined || fault.method === method);
      const latencies = hits.filter(({ fault }) => fault.kind === 'latency');
      const other = hits.find(({ fault }) => fault.kind !== 'latency');
      for (const hit of other ? [...latencies, other] : latencies) hit.left -= 1;
      waiting = waiting.filter(({ left }) => left > 0);
      return { ms: latencies.reduce((sum, { fault }) => sum + (fault.ms ?? 0), 0), fault: other?.fault };
    },
  };
}
