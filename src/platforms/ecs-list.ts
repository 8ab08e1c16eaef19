// Every ECS service of the configured regions: ListClusters, ListServices, and tags only where names say no stage.
import type { Platform, Target } from '../core/ports.ts';
import { each } from './batching.ts';
import type { Clients } from './clients.ts';
import type { EcsReads } from './ecs-reads.ts';
import { stageInNames, stageInTags } from './stage.ts';

type Listed = Awaited<ReturnType<Platform['list']>>;

export function ecsList(options: { regions: readonly string[]; clients: Clients; reads: EcsReads }) {
  const { regions, clients, reads } = options;
  const stages = new Map<string, string | undefined>();

  async function staged(target: Target): Promise<Target> {
    if (target.stage) return target;
    if (!stages.has(target.id)) {
      const service = await reads.service(target).catch(() => undefined);
      if (!service) return target;
      stages.set(target.id, stageInTags(service.tags));
    }
    const stage = stages.get(target.id);
    return stage ? { ...target, stage } : target;
  }

  async function ofRegion(region: string): Promise<Target[]> {
    const clusters = await pages(async (nextToken) => {
      const page = await (await clients.ecs(region)).listClusters({ maxResults: 100, nextToken });
      return { items: page.clusterArns, next: page.nextToken };
    });
    const services = await each(clusters, 5, (cluster) =>
      pages(async (nextToken) => {
        const page = await (await clients.ecs(region)).listServices({ cluster, maxResults: 100, nextToken });
        return { items: page.serviceArns, next: page.nextToken };
      }).then((arns) => arns.map((arn) => targetOf(arn, cluster))),
    );
    return Promise.all(services.flat().map(staged));
  }

  return async (): Promise<Listed> => {
    const answers = await Promise.allSettled(regions.map(ofRegion));
    const listed: Listed = { targets: [], failed: [] };
    for (const [index, answer] of answers.entries()) {
      if (answer.status === 'fulfilled') listed.targets.push(...answer.value);
      else listed.failed.push({ region: regions[index]!, reason: answer.reason });
    }
    return listed;
  };
}

async function pages(page: (token?: string) => Promise<{ items?: string[]; next?: string }>): Promise<string[]> {
  const all: string[] = [];
  let token: string | undefined;
  do {
    const { items = [], next } = await page(token);
    all.push(...items);
    token = next;
  } while (token);
  return all;
}

/** Service ARNs of the old format lack the cluster, so it comes from the cluster that was asked. */
function targetOf(arn: string, cluster: string): Target {
  const [, , , region = '', account = ''] = arn.split(':');
  const group = cluster.split('/').at(-1)!;
  const name = arn.split('/').at(-1)!;
  const stage = stageInNames(name, group);
  const key = ['ecs', account, region, group, name].join('/');
  return { key, platform: 'ecs', account, region, group, name, id: arn, ...(stage ? { stage } : {}) };
}
