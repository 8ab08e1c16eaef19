// Causes of enhanced health in plain kinds: AWS's wording is matched in this one place.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-status.html
import type { Cause } from '../../core/ports.ts';
import { collapsed } from '../causes.ts';

/** Causes worst first, without those that only say what is under way. */
export function causesOf(all: readonly string[]): Cause[] {
  return collapsed(all.flatMap((words) => causeOf(words) ?? []));
}

function causeOf(words: string): Cause | undefined {
  const [, count = '0', total = '0'] = /(\d+) out of (\d+) instances?/u.exec(words) ?? [];
  const version = /Expected version "([^"]+)"/u.exec(words)?.[1];
  const every = /all instances/iu.test(words);
  if (/^Incorrect application version/u.test(words) && version) {
    return { kind: 'wrong-version', args: { count: Math.max(1, Number(count)), version }, words };
  }
  const percent = /([\d.]+) ?% of the requests/u.exec(words)?.[1];
  if (percent !== undefined && /failing with HTTP 5xx|HTTP 5xx/u.test(words)) {
    return { kind: 'requests-failing', args: { percent: Math.round(Number(percent)) }, words };
  }
  if (/deployment failed/iu.test(words)) return { kind: 'update-failed', args: {}, words };
  if (Number(total) > 0 && /health|severe|degraded|not sending data|impaired|not running/iu.test(words)) {
    return { kind: 'instances-unhealthy', args: { count: Number(count), total: Number(total) }, words };
  }
  // "in progress" and initialisation are what a change looks like, not a cause.
  if (/in progress|Performing initialization|initialization in progress/iu.test(words)) return undefined;
  if (every && /ELB health|health checks?/iu.test(words)) return { kind: 'aws-says', args: { words }, words };
  return { kind: 'aws-says', args: { words }, words };
}
