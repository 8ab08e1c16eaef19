// Which services there are, in every cluster of every region: lists only, and tags just where no name says the stage.
import type { Platform, Target } from '../../core/ports.ts';
import { each } from '../batching.ts';
import { stageInNames, stageInTags } from '../stage.ts';
import { id, type Api } from './api.ts';
import type { Lookups } from './lookups.ts';

/** Every service of the regions; a region that fails is named and the others stand. */
export async function list(api: Api, find: Lookups, regions: readonly string[]): ReturnType<Platform['list']> {
  const answers = await Promise.allSettled(regions.map((region) => inRegion(api, find, region)));
  const targets: Target[] = [];
  const failed: { region: string; reason: unknown }[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'fulfilled') targets.push(...answer.value);
    else failed.push({ region: regions[index]!, reason: answer.reason });
  }
  return { targets, failed };
}

async function inRegion(api: Api, find: Lookups, region: string): Promise<Target[]> {
  const clusters = await pages(async (token) => {
    const { clusterArns = [], nextToken } = await api.clusters(region, token);
    return { items: clusterArns, next: nextToken };
  });
  const services = await each(clusters, 5, async (cluster) => {
    const arns = await pages(async (token) => {
      const { serviceArns = [], nextToken } = await api.services(region, cluster, token);
      return { items: serviceArns, next: nextToken };
    });
    return arns.map((arn) => targetOf(arn, region, cluster));
  });
  return Promise.all(services.flat().map((target) => staged(find, target)));
}

/** Tags are asked for once; a service that does not answer is listed without a stage. */
async function staged(find: Lookups, target: Target): Promise<Target> {
  if (target.stage) return target;
  const stage = await find.stage(target, async () => stageInTags((await find.service(target)).tags));
  return stage ? { ...target, stage } : target;
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

/** ARNs of the old format lack the cluster, so it is the one that was asked. */
function targetOf(arn: string, region: string, clusterArn: string): Target {
  const account = arn.split(':')[4] ?? '';
  const name = arn.split('/').at(-1)!;
  const group = clusterArn.split('/').at(-1)!;
  const stage = stageInNames(name, group);
  const key = [id, account, region, group, name].join('/');
  return { key, platform: id, account, region, group, name, id: arn, ...(stage ? { stage } : {}) };
}
