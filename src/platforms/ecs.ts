// Amazon ECS services. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html
import type { Platform } from '../core/ports.ts';
import { clients, type ClientOptions } from './clients.ts';
import { cloudWatch } from './cloudwatch.ts';
import { api as createApi, id, implied, permissions } from './ecs/api.ts';
import { calls } from './ecs/calls.ts';
import { abort, deploy, previous } from './ecs/deploy.ts';
import { events } from './ecs/events.ts';
import { resume } from './ecs/hooks.ts';
import { influences } from './ecs/influences.ts';
import { list } from './ecs/list.ts';
import { lookups } from './ecs/lookups.ts';
import { metrics } from './ecs/metrics.ts';
import { deployProgress } from './ecs/progress.ts';
import { restart } from './ecs/restart.ts';
import { scale, scaleProgress } from './ecs/scale.ts';
import { status, tags } from './ecs/status.ts';
import { resolve, versions } from './ecs/versions.ts';
import { inSessions } from './sessions.ts';
import { statuses } from './statuses.ts';

/**
 * ECS services of the regions. `images`: repositories a target's image may come from beside the one it runs now, by
 * target name. `attempts`: how often a read is tried.
 */
export function ecs(
  options: ClientOptions & {
    regions: readonly string[];
    images?: Readonly<Record<string, readonly string[]>>;
  },
): Platform {
  const { clock, images = {} } = options;
  const made = clients(id, options);
  const api = createApi(made);
  const watch = cloudWatch(made, clock);
  const find = lookups(api);
  return inSessions({
    id,
    label: 'ECS',
    permissions,
    implied,
    list: () => list(api, find, options.regions),
    tags: (target) => tags(find, target),
    status: (targets) => statuses(targets, (target) => status(find, clock, target)),
    metrics: (target) => metrics(watch, find, target),
    events: (target, since) => events(find, target, since),
    versions: (target) => versions(api, find, target),
    resolve: (target, version) => resolve(api, find, images, target, version),
    previous: (target) => previous(api, find, target),
    influences: (target) => influences({ api, find, watch, clock }, target),
    calls: (target, change) => calls(api, find, target, change),
    scale: (target, change) => scale(api, find, target, change),
    deploy: (target, change) => deploy(api, find, target, change),
    restart: (target, change) => restart(api, find, target, change),
    resume: (target, answer) => resume(api, target, answer),
    progress: (target, { change, handle, since }) =>
      change.kind === 'scale'
        ? scaleProgress(find, clock, target, { ...change, since })
        : deployProgress(api, find, clock, target, {
            definition: handle ?? (change.kind === 'deploy' ? change.artifact.ref : ''),
            since,
            restarted: change.kind === 'restart',
          }),
    abort: (target, about) => abort(api, target, about),
  });
}
