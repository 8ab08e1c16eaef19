// Elastic Beanstalk environments. https://docs.aws.amazon.com/elasticbeanstalk/latest/api/Welcome.html
import type { Platform } from '../core/ports.ts';
import { clients, type ClientOptions } from './clients.ts';
import { cloudWatch } from './cloudwatch.ts';
import { api as createApi, id, implied, permissions } from './elastic-beanstalk/api.ts';
import { abort, deploy } from './elastic-beanstalk/deploy.ts';
import { calls, influences, tags } from './elastic-beanstalk/calls.ts';
import { events, previous } from './elastic-beanstalk/history.ts';
import { list } from './elastic-beanstalk/list.ts';
import { lookups } from './elastic-beanstalk/lookups.ts';
import { metrics } from './elastic-beanstalk/metrics.ts';
import { progress } from './elastic-beanstalk/progress.ts';
import { restart, swap } from './elastic-beanstalk/restart.ts';
import { scale } from './elastic-beanstalk/scale.ts';
import { status } from './elastic-beanstalk/status.ts';
import { resolve, versions } from './elastic-beanstalk/versions.ts';
import { inSessions } from './sessions.ts';
import { statuses } from './statuses.ts';

/** Environments of the regions. `attempts`: how often a read is tried. */
export function elasticBeanstalk(options: ClientOptions & { regions: readonly string[] }): Platform {
  const { clock, regions } = options;
  const made = clients(id, options);
  const api = createApi(made);
  const watch = cloudWatch(made, clock);
  const find = lookups(api);
  return inSessions({
    id,
    label: 'Elastic Beanstalk',
    permissions,
    implied,
    list: () => list(api, regions),
    status: (targets) => statuses(targets, (target) => status(api, find, clock, target, targets.length === 1)),
    metrics: (target) => metrics(watch, api, find, target),
    events: (target, since) => events(api, target, since),
    versions: (target) => versions(api, find, target),
    resolve: (target, version) => resolve(api, target, version),
    previous: (target) => previous(api, find, target),
    scale: (target, { sizes }) => scale(api, find, target, sizes),
    deploy: (target, change) => deploy(api, find, target, change),
    tags: (target) => tags(api, target),
    influences: (target) => influences(api, find, clock, target),
    calls: (target, change) => calls(find, target, change),
    splits: async (target) => (await find.settings(target)).split !== undefined,
    restart: (target, change) => restart(api, find, target, change),
    swap: (target, change) => swap(api, find, target, change),
    progress: (target, about) => progress(api, find, clock, target, about),
    abort: (target) => abort(api, find, target),
  });
}
