// The calls a change will make, for people to read before they agree. Of a task definition they show how it is built, and
// values only where they cannot be secret.
import type { Change, PlannedCall, Target } from '../../core/ports.ts';
import { dimension, type Api } from './api.ts';
import { operationTag, versionTag } from './containers.ts';
import { copyOf } from './deploy.ts';
import { resourceId, type Lookups } from './lookups.ts';
import { range } from './scale.ts';
import { runs } from './status.ts';
import type { Json } from './whole.ts';

/** What stands for a value that is not shown, or not known yet. */
const hidden = '…';

/** In order; none where nothing is to be changed. */
export async function calls(api: Api, find: Lookups, target: Target, change: Change): Promise<PlannedCall[]> {
  switch (change.kind) {
    case 'scale':
      return scaling(find, target, change);
    case 'restart':
      return [updating(target, { forceNewDeployment: true })];
    case 'deploy':
      return change.artifact.ref.startsWith('arn:')
        ? [updating(target, { taskDefinition: change.artifact.ref })]
        : deploying(api, find, target, change);
    case 'swap':
      return [];
  }
}

function updating(target: Target, input: Json): PlannedCall {
  return {
    service: 'ecs',
    operation: 'UpdateService',
    input: { cluster: target.group, service: target.name, ...input },
  };
}

async function scaling(find: Lookups, target: Target, change: Change & { kind: 'scale' }): Promise<PlannedCall[]> {
  const [service, scalable] = await Promise.all([find.service(target), find.scalable(target)]);
  const { desired } = change.sizes;
  if (!scalable && !change.register) {
    return desired === undefined || service.desiredCount === desired
      ? []
      : [updating(target, { desiredCount: desired })];
  }
  const { min = scalable?.MinCapacity, max = scalable?.MaxCapacity } = range(change.sizes);
  if (scalable && min === scalable.MinCapacity && max === scalable.MaxCapacity) return [];
  const wanted = range(change.sizes);
  return [
    {
      service: 'application-autoscaling',
      operation: 'RegisterScalableTarget',
      input: {
        ...dimension,
        ResourceId: resourceId(target),
        ...(wanted.min === undefined ? {} : { MinCapacity: wanted.min }),
        ...(wanted.max === undefined ? {} : { MaxCapacity: wanted.max }),
      },
    },
  ];
}

async function deploying(
  api: Api,
  find: Lookups,
  target: Target,
  { artifact }: Change & { kind: 'deploy' },
): Promise<PlannedCall[]> {
  const service = await find.service(target);
  const body = await copyOf(api, find, target, service, { artifact, operation: hidden });
  const definition = runs(service).replace(/:\d+$/u, `:${hidden}`);
  return [
    { service: 'ecs', operation: 'RegisterTaskDefinition', input: shown(body) as Json },
    updating(target, { taskDefinition: definition }),
  ];
}

/** Members whose texts are names, kinds or places; every other text may hold a secret, also one AWS adds in the future. */
const open = new Set([
  'appProtocol',
  'condition',
  'containerName',
  'cpu',
  'cpuArchitecture',
  'executionRoleArn',
  'family',
  'image',
  'key',
  'logDriver',
  'memory',
  'mode',
  'name',
  'networkMode',
  'operatingSystemFamily',
  'protocol',
  'requiresCompatibilities',
  'taskRoleArn',
  'type',
]);
const ours: readonly unknown[] = [operationTag, versionTag];

/** What changes comes first: these are long, and chats cut. */
const first = ['family', 'containerDefinitions', 'name', 'image'];
const rank = (member: string): number => (first.includes(member) ? first.indexOf(member) : first.length);

function shown(value: unknown, member = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => shown(one, member));
  if (typeof value === 'string') return open.has(member) ? value : hidden;
  if (typeof value !== 'object' || value === null) return value;
  const isOurs = ours.includes((value as Json)['key']);
  const members = Object.entries(value).toSorted(([a], [b]) => rank(a) - rank(b));
  return Object.fromEntries(members.map(([name, one]) => [name, isOurs ? one : shown(one, name)]));
}
