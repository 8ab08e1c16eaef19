// What can go wrong in a run, as plain values: a run is repeated by drawing them again from its seed.

/** `change`: calls that change something; `any`: all of them. Counted from when people begin. */
export type Which = 'change' | 'any';
export type AwsKind = 'timeout-before' | 'timeout-after' | 'error' | 'throttle' | 'garbage' | 'latency';
export type SlackKind = 'drop-response' | 'http-500' | 'latency';

/** When, in milliseconds of the fast clock, counted from when people begin or from the first change AWS is asked for. */
export type Timed = { since: 'begin' | 'change'; at: number };

export type Fault =
  /** The process kills itself right before or after its n-th durable write. */
  | { kind: 'kill-write'; nth: number; when: 'before' | 'after' }
  /** Killed while AWS has its n-th call: before AWS did it, or after it did and before it answered. */
  | { kind: 'kill-aws'; which: Which; nth: number; when: 'before' | 'after' }
  /** The same, of calls to Slack. */
  | { kind: 'kill-slack'; nth: number; when: 'before' | 'after' }
  | (Timed & { kind: 'kill-at' })
  | { kind: 'aws'; what: AwsKind; which: Which; nth: number; times: number }
  | (Timed & { kind: 'throttled'; ms: number })
  | { kind: 'slack'; what: SlackKind; nth: number }
  | (Timed & { kind: 'slack-limit'; ms: number })
  /** A delivery from Slack that never arrives, arrives late, or arrives twice. */
  | { kind: 'delivery'; what: 'drop' | 'delay' | 'duplicate'; nth: number; ms: number }
  | (Timed & { kind: 'socket'; what: 'drop' | 'ghost' | 'refresh' })
  /** The n-th commit fails, and the next `times - 1`. */
  | { kind: 'store'; nth: number; times: number }
  /** The clock jumps; `kills`: and the first call to AWS after it is the last, unanswered. */
  | (Timed & { kind: 'jump'; ms: number; kills?: true });

export type FaultKind = Fault['kind'];

export const changes = /^(?:Update|Register|Stop|Abort|Continue|Create|Delete|Put|Swap|Restart|Rebuild)/u;

/** One line a fault, as the log and a failure show it. */
export function described(fault: Fault): string {
  const { kind, ...about } = fault;
  return [kind, ...Object.entries(about).map(([name, value]) => `${name}=${value}`)].join(' ');
}
