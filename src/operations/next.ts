// What to do next about a plan: a pure function of its record and the time.
import { expiry, startWithin } from '../core/agree.ts';
import { hour, minute, type Plan } from '../core/records.ts';

export type Next =
  | { do: 'nothing' }
  | { do: 'wait'; until: number }
  | { do: 'expire' }
  | { do: 'approve' }
  | { do: 'shelve' }
  | { do: 'due' }
  | { do: 'missed' }
  | { do: 'claim' }
  | { do: 'too-late' }
  | { do: 'start' }
  | { do: 'give-up' }
  | { do: 'look'; last: boolean }
  | { do: 'tell' };

/** How long the process that won the start may take before another may ask AWS and go on. */
export const startLease = 20_000;
/** How late a scheduled change may still start: after a longer outage nobody expects it any more. */
export const missedAfter = 15 * minute;
/** How long a start that AWS keeps from us is tried. */
export const startPatience = 3 * minute;
/** How long a change is watched before we say that it has not ended. */
export const watchPatience = hour;

/** The one next thing. Calling it at any time is safe. */
export function next(plan: Plan, now: number): Next {
  switch (plan.state) {
    case 'proposed':
      return now >= expiry(plan) ? { do: 'expire' } : { do: 'wait', until: expiry(plan) };
    case 'approving':
      return { do: 'approve' };
    case 'scheduled':
      if (!plan.shelved) return { do: 'shelve' };
      if (now < plan.startAt!) return { do: 'wait', until: plan.startAt! };
      return now - plan.startAt! > missedAfter ? { do: 'missed' } : { do: 'due' };
    case 'agreed':
      return now - (plan.agreedAt ?? 0) > startWithin ? { do: 'too-late' } : { do: 'claim' };
    case 'starting':
      if ((plan.busyUntil ?? 0) > now) return { do: 'wait', until: plan.busyUntil! };
      return now - (plan.startedAt ?? 0) > startPatience ? { do: 'give-up' } : { do: 'start' };
    case 'watching':
      // After an outage the time may be over before anybody looked: there is always one more look.
      return { do: 'look', last: now - (plan.watchedFrom ?? plan.startedAt ?? 0) > watchPatience };
    case 'ended':
    case 'expired':
    case 'cancelled':
    case 'superseded':
      return plan.told ? { do: 'nothing' } : { do: 'tell' };
  }
}

/**
 * When to look again: often at first, when most happens and somebody is watching. All operations look at the same
 * moments, so that AWS is asked for many of them in one call.
 */
export function lookAgain(plan: Plan, now: number): number {
  const every = pace(plan, now - (plan.startedAt ?? now));
  return Math.ceil((now + every / 2) / every) * every;
}

function pace({ progress }: Plan, elapsed: number): number {
  if (elapsed < minute) return 2000;
  // Somebody has to decide, and their click is taken up at once.
  if (progress?.pause && elapsed > 10 * minute) return minute;
  return elapsed < 10 * minute ? 5000 : 15_000;
}

/** When to try a start again that AWS did not take: 1, 2, 4, 8, then every 15 seconds. */
export function tryAgain(plan: Plan, now: number): number {
  return now + Math.min(15_000, 1000 * 2 ** Math.max(0, plan.attempts - 1));
}
