// Starting, finding again and stopping deployments of a service, and what was there before.
import type { Service } from '@aws-sdk/client-ecs';
import { PlatformError, Refusal } from '../../core/errors.ts';
import type { Artifact, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import { id, type Api } from './api.ts';
import { applications, operationTag } from './containers.ts';
import { deployments, deploymentTo } from './deployments.ts';
import type { Lookups } from './lookups.ts';
import { runs } from './status.ts';
import { copied } from './task-definition.ts';
import { whole } from './versions.ts';
import type { Json } from './whole.ts';

/** Registers and deploys once an operation, whoever calls how often; returns the task definition deployed. */
export async function deploy(
  api: Api,
  find: Lookups,
  target: Target,
  change: { artifact: Artifact; operation: string; since: number },
): Promise<string> {
  const service = deployable(await find.service(target), target);
  const definition = change.artifact.ref.startsWith('arn:')
    ? change.artifact.ref
    : ((await registeredBefore(api, find, target, service, change.operation)) ??
      (await api.registerWhole(target.region, await copyOf(api, find, target, service, change))));
  if (service.taskDefinition === definition) return definition;
  // AWS may have gone back from it already: then it is not begun again.
  const begun = await deploymentTo(api, target, definition, change.since);
  if (!begun) {
    await api.update(target.region, { cluster: target.group, service: target.name, taskDefinition: definition });
  }
  return definition;
}

/** The service itself. Refuses one that another controller deploys. */
export function deployable(service: Service, target: Target): Service {
  const controller = service.deploymentController?.type ?? 'ECS';
  if (controller !== 'ECS') throw new Refusal(say('hindrance.controller', { target: target.name }));
  return service;
}

async function registeredBefore(
  api: Api,
  find: Lookups,
  target: Target,
  service: Service,
  operation: string,
): Promise<string | undefined> {
  const { definition } = await find.definition(target.region, runs(service));
  const { taskDefinitionArns = [] } = await api.revisionsOfFamily(target.region, definition.family ?? '');
  const candidates = await Promise.all(taskDefinitionArns.map((arn) => find.definition(target.region, arn)));
  return candidates.find(({ tags }) => tags.some((tag) => tag.key === operationTag && tag.value === operation))
    ?.definition.taskDefinitionArn;
}

/** What to register: the task definition that runs, with another image. */
export async function copyOf(
  api: Api,
  find: Lookups,
  target: Target,
  service: Service,
  { artifact, operation }: { artifact: Artifact; operation: string },
): Promise<Json> {
  const container = artifact.container ?? (await onlyApplication(find, target, service));
  const described = await api.describedWhole(target.region, runs(service));
  return copied(described, { container, image: artifact.ref, label: artifact.label, operation });
}

async function onlyApplication(find: Lookups, target: Target, service: Service): Promise<string> {
  const found = applications(service, await find.definition(target.region, runs(service)));
  if (found.length === 1 && found[0]?.name) return found[0].name;
  const containers = found.map((one) => one.name).join(', ');
  throw new Refusal(say('refuse.container.which', { target: target.name, containers }));
}

/** The task definition whose successful deployment came before the current one's, if it can still be deployed. */
export async function previous(api: Api, find: Lookups, target: Target): Promise<Artifact | undefined> {
  const [service, all] = await Promise.all([
    find.service(target),
    deployments(api, target, { status: ['SUCCESSFUL'] }),
  ]);
  const current = runs(service);
  // After A, B and A again it is B; while a deployment has not succeeded yet it is the last that did.
  const before = all.find((one) => one.definition !== undefined && one.definition !== current);
  if (!before?.definition) return undefined;
  const defined = await find.freshDefinition(target.region, before.definition);
  return defined.definition.status === 'ACTIVE' ? whole(service, defined) : undefined;
}

/** Stops this operation's deployment and has AWS go back. Refuses when it is over; nothing to do when AWS is going back. */
export async function abort(api: Api, target: Target, about: { handle?: string; since: number }): Promise<void> {
  const found = about.handle ? await deploymentTo(api, target, about.handle, about.since) : undefined;
  if (found?.status && ['ROLLBACK_REQUESTED', 'ROLLBACK_IN_PROGRESS', 'STOP_REQUESTED'].includes(found.status)) return;
  if (!found) throw notYet(target);
  const going = found?.status === 'IN_PROGRESS' || found?.status === 'PENDING';
  if (!found?.serviceDeploymentArn || !going) throw new Refusal(say('refuse.over', { target: target.name }));
  await api.stop(target.region, found.serviceDeploymentArn);
}

/** AWS lists a deployment some seconds after it was started. */
function notYet(target: Target): PlatformError {
  return new PlatformError({
    platform: id,
    operation: 'ListServiceDeployments',
    code: 'NotListed',
    reason: 'not-found',
    retryable: true,
    unsure: false,
    message: `no deployment of ${target.name} is listed yet`,
  });
}
