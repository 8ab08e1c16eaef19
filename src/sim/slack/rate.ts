// Slack's rate limits as buckets: https://docs.slack.dev/apis/web-api/rate-limits
import { string, type Json } from './json.ts';
import type { Tier } from './method.ts';

const PER_MINUTE = { tier1: 1, tier2: 20, tier3: 50, tier4: 100, special: 600 };
/** Posting: one a second for each channel with bursts, and several hundred a minute for the workspace. */
const POST = { perSecond: 1, burst: 30, workspacePerMinute: 600 };

type Bucket = { left: number; at: number };

/** Real time, not the workspace's clock: callers wait in real time, and a stopped clock would never let them go on. */
export function rateLimiter(now: () => number = () => performance.now()) {
  const buckets = new Map<string, Bucket>();

  function take(key: string, burst: number, perSecond: number): number {
    const bucket = buckets.get(key) ?? { left: burst, at: now() };
    bucket.left = Math.min(burst, bucket.left + ((now() - bucket.at) / 1000) * perSecond);
    bucket.at = now();
    buckets.set(key, bucket);
    if (bucket.left < 1) return Math.max(1, Math.ceil((1 - bucket.left) / perSecond));
    bucket.left -= 1;
    return 0;
  }

  /** Seconds to wait before this call may be made; 0 when it may be made now. */
  return (method: string, tier: Tier, args: Json): number => {
    if (tier === 'none') return 0;
    if (tier !== 'post') return take(method, PER_MINUTE[tier], PER_MINUTE[tier] / 60);
    const channel = take(`${method}:${string(args['channel'])}`, POST.burst, POST.perSecond);
    return channel || take(method, POST.workspacePerMinute, POST.workspacePerMinute / 60);
  };
}
