// Amazon ECS services. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html
import { Refusal } from '../core/errors.ts';
import type { Clock, Platform, Sizes, Target, TargetEvent } from '../core/ports.ts';
import { say } from '../core/reply.ts';
import { api as createApi, id, permissions, type Api } from './ecs/api.ts';
import { abort, deploy, previous } from './ecs/deploy.ts';
import { list } from './ecs/list.ts';
import { lookups, resourceId, type Lookups } from './ecs/lookups.ts';
import { metrics } from './ecs/metrics.ts';
import { progress } from './ecs/progress.ts';
import { status } from './ecs/status.ts';
import { resolve, versions } from './ecs/versions.ts';

/** ECS services of the regions. `images`: further repositories a target's image may come from. */
export function ecs(options: {
  regions: readonly string[];
  clock: Clock;
  images: Readonly<Record<string, readonly string[]>>;
}): Platform {
  const { clock } = options;
  const api = createApi();
  const find = lookups(api);
  return {
    id,
    label: 'ECS',
    permissions,
    implied: [
      {
        action: 'iam:PassRole',
        source: 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task-iam-roles.html',
      },
    ],
    list: () => list(api, options.regions),
    status: (targets) => status(api, find, clock, targets),
    metrics: (target) => metrics(find, clock, target),
    events: (target, since) => events(find, target, since),
    versions: (target) => versions(api, find, target),
    resolve: (target, version) => resolve(api, find, options.images, target, version),
    previous: (target) => previous(api, find, target),
    scale: (target, { sizes }) => scale(api, find, target, sizes),
    deploy: (target, change) => deploy(api, find, target, change),
    progress: (target, about) => progress(api, find, clock, target, about),
    abort: (target, about) => abort(api, target, about),
  };
}

async function scale(api: Api, find: Lookups, target: Target, sizes: Sizes): Promise<void> {
  const scalable = await find.scalable(target);
  if (!scalable) {
    if (sizes.desired === undefined) throw new Refusal(say('hindrance.no-scalable-target', { target: target.name }));
    const service = await find.service(target);
    if (service.desiredCount === sizes.desired) return;
    await api.update(target.region, { cluster: target.group, service: target.name, desiredCount: sizes.desired });
    return;
  }
  const min = sizes.min ?? sizes.desired ?? scalable.MinCapacity ?? 0;
  const max = sizes.max ?? sizes.desired ?? scalable.MaxCapacity ?? min;
  if (scalable.MinCapacity === min && scalable.MaxCapacity === max) return;
  await api.setScale(target.region, resourceId(target), min, max);
}

async function events(find: Lookups, target: Target, since: number): Promise<TargetEvent[]> {
  const { events: found = [] } = await find.service(target);
  return found
    .map((event): TargetEvent => ({
      at: event.createdAt?.getTime() ?? 0,
      text: event.message ?? '',
      severity: severityOf(event.message ?? ''),
    }))
    .filter((event) => event.at >= since);
}

function severityOf(text: string): TargetEvent['severity'] {
  if (/unable|failed|error|circuit breaker/iu.test(text)) return 'error';
  return /unhealthy|stopped|deregistered/iu.test(text) ? 'warning' : 'info';
}
