// One environment of a simulated account, and what is done with it again and again.
import type { Progress, Status, Target } from '../../../src/core/ports.ts';
import { elasticBeanstalk } from '../../../src/platforms/elastic-beanstalk.ts';
import { simulated, type Simulated } from '../simulated.ts';

export type Account = Simulated & { of: Target };

export async function account(name = 'shop-web-prod'): Promise<Account> {
  const here = await simulated(elasticBeanstalk);
  const of = await here.target(name);
  here.control.clearCalls();
  return { ...here, of };
}

export async function statusOf(here: Account): Promise<Status> {
  const found = (await here.platform.status([here.of])).get(here.of.key);
  if (!found || found instanceof Error) throw found ?? new Error('no status');
  return found;
}

/** What a promise is rejected with. */
export function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.catch((error: unknown) => error);
}

/** Deploys and watches to the end; everything that was seen. */
export async function deployed(here: Account, version: string): Promise<Progress[]> {
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const handle = await here.platform.deploy!(here.of, { artifact, operation: `${version} ${since}`, since });
  return here.watched(here.of, { change: { kind: 'deploy', artifact }, handle, since });
}
