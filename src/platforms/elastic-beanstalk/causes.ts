// Causes of enhanced health in plain kinds: AWS's wording is matched in this one place.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-status.html
import type { Cause } from '../../core/ports.ts';
import { collapsed } from '../causes.ts';

/** What a change looks like while it goes well: no cause of anything. */
const underWay = /in progress|performing initialization|initialization completed|deployment completed/iu;
const unhealthy = /health|severe|degraded|no data received|not sending data|impaired|not running/iu;

/** Causes worst first, without those that only say what is under way. `total`: how many instances "all" are. */
export function causesOf(all: readonly string[], total: number): Cause[] {
  return collapsed(all.flatMap((words) => causeOf(words, total) ?? []));
}

function causeOf(words: string, total: number): Cause | undefined {
  if (underWay.test(words)) return undefined;
  const found = instancesIn(words, total);
  const version = /Expected version "([^"]+)"/u.exec(words)?.[1];
  if (words.startsWith('Incorrect application version') && version) {
    return { kind: 'wrong-version', args: { count: found?.count ?? 1, version }, words };
  }
  const percent = /([\d.]+) ?% of the requests[^.]*HTTP 5xx/u.exec(words)?.[1];
  if (percent !== undefined) {
    return { kind: 'requests-failing', args: { percent: Math.round(Number(percent)) }, words };
  }
  if (/deployment failed/iu.test(words)) return { kind: 'update-failed', args: {}, words };
  if (found && unhealthy.test(words)) return { kind: 'instances-unhealthy', args: found, words };
  return { kind: 'aws-says', args: { words }, words };
}

/** `2 out of 6 instances`, or all of them. */
function instancesIn(words: string, total: number): { count: number; total: number } | undefined {
  const [, count, of] = /(\d+) out of (\d+) instances?/u.exec(words) ?? [];
  if (count !== undefined && of !== undefined) return { count: Number(count), total: Number(of) };
  return total > 0 && /all instances/iu.test(words) ? { count: total, total } : undefined;
}
