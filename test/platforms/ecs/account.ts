// An ECS service of a simulated account, and what tests do with it.
import type { Status, Target } from '../../../src/core/ports.ts';
import { ecs } from '../../../src/platforms/ecs.ts';
import { simulated, type Simulated } from '../simulated.ts';

export type Here = Simulated & { of: Target };
export const operation = 'op_1';
export const registry = '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com';

export async function account(name = 'api-prod', images: Record<string, readonly string[]> = {}): Promise<Here> {
  const here = await simulated((options) => ecs({ ...options, images }));
  const of = await here.target(name);
  here.control.clearCalls();
  return { ...here, of };
}

export async function statusOf(here: Here): Promise<Status> {
  const found = (await here.platform.status([here.of])).get(here.of.key);
  if (!found || found instanceof Error) throw found ?? new Error('no status');
  return found;
}

export const failure = (promise: Promise<unknown>): Promise<unknown> => promise.catch((error: unknown) => error);
export const asked = (here: Here): string[] => here.control.calls().map((call) => call.operation);

/** Deploys as an operation of its own and watches to the end. */
export async function deployed(here: Here, version: string) {
  const artifact = await here.platform.resolve!(here.of, version);
  const since = here.now();
  const handle = await here.platform.deploy!(here.of, { artifact, operation: `op ${version} ${since}`, since });
  return { handle, since, change: { kind: 'deploy' as const, artifact } };
}
