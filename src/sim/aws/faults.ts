// Faults somebody asked for: which of them strikes a call, and how often it still may.
import { quirks, strikes, type Quirk } from './quirks.ts';

export type FaultRule = {
  /** Missing: any. */
  service?: string;
  operation?: string;
  region?: string;
  /**
   * `timeout-before` drops the connection without doing anything, `timeout-after` does it and then drops the connection,
   * `garbage` answers 200 with what no client can read, `latency` answers `ms` later.
   * The others strike one service: see quirks.ts.
   */
  kind: 'throttle' | 'deny' | 'error' | 'timeout-before' | 'timeout-after' | 'garbage' | 'latency' | Quirk;
  /** How many calls it strikes; without end when missing. */
  times?: number;
  ms?: number;
};

export const faultKinds: readonly FaultRule['kind'][] = [
  'throttle',
  'deny',
  'error',
  'timeout-before',
  'timeout-after',
  'garbage',
  'latency',
  ...quirks,
];

export type Faults = {
  add(rule: FaultRule): void;
  clear(): void;
  /** The rule that strikes this call, used up by one; the oldest first. */
  strike(call: { service: string; operation: string; region: string }): FaultRule | undefined;
};

export function faults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    add(rule) {
      rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY });
    },
    clear() {
      rules = [];
    },
    strike(call) {
      const hit = rules.find(
        ({ rule }) =>
          strikes(rule.kind, call.service) &&
          (rule.service ?? call.service) === call.service &&
          (rule.operation ?? call.operation) === call.operation &&
          (rule.region ?? call.region) === call.region,
      );
      if (!hit) return undefined;
      hit.left -= 1;
      rules = rules.filter(({ left }) => left > 0);
      return hit.rule;
    },
  };
}
