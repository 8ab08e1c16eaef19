// Which services there are, in every cluster of every region.
import type { Target } from '../../core/ports.ts';
import { id, type Api } from './api.ts';

/** Every service of the regions; a region that fails is named and the others stand. */
export async function list(api: Api, regions: readonly string[]) {
  const answers = await Promise.allSettled(regions.map((region) => inRegion(api, region)));
  const targets: Target[] = [];
  const failed: { region: string; reason: unknown }[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') targets.push(...answer.value);
    else failed.push({ region: regions[index]!, reason: answer.reason });
  }
  return { targets, failed };
}

async function inRegion(api: Api, region: string): Promise<Target[]> {
  const clusters = await pages(async (token) => {
    const { clusterArns = [], nextToken } = await api.clusters(region, token);
    return { items: clusterArns, next: nextToken };
  });
  const found = await Promise.all(
    clusters.map((cluster) =>
      pages(async (token) => {
        const { serviceArns = [], nextToken } = await api.services(region, cluster, token);
        return { items: serviceArns, next: nextToken };
      }),
    ),
  );
  return found.flatMap((arns, index) => arns.map((arn) => targetOf(arn, region, clusters[index]!)));
}

async function pages<T>(page: (token?: string) => Promise<{ items: T[]; next?: string | undefined }>): Promise<T[]> {
  const all: T[] = [];
  let token: string | undefined;
  do {
    const { items, next } = await page(token);
    all.push(...items);
    token = next;
  } while (token);
  return all;
}

function targetOf(arn: string, region: string, clusterArn: string): Target {
  const account = arn.split(':')[4] ?? '';
  const name = arn.split('/').at(-1)!;
  const group = clusterArn.split('/').at(-1)!;
  const stage = stageIn(name) ?? stageIn(group);
  const key = [id, account, region, group, name].join('/');
  return { key, platform: id, account, region, group, name, id: arn, ...(stage ? { stage } : {}) };
}

/** The stage a name says: `checkout-api-prod` is prod. */
function stageIn(name: string): string | undefined {
  const found = /(?:^|[-_])(prod|production|staging|stage|stg|dev|development|test|qa)(?:$|[-_])/iu
    .exec(name)?.[1]
    ?.toLowerCase();
  if (found === 'production') return 'prod';
  return found === 'stage' || found === 'stg' ? 'staging' : found;
}
