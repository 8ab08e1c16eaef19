// Starting, finding again and stopping deployments of a service.
import type { Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { Refusal } from '../../core/errors.ts';
import type { Artifact, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import type { Api } from './api.ts';
import { applications, operationTag } from './containers.ts';
import type { Lookups } from './lookups.ts';
import { copied } from './task-definition.ts';
import { whole } from './versions.ts';

/** Our clock and AWS's may differ by this much. */
export const skew = 2 * 60_000;

/** Registers and deploys once an operation, whoever calls how often; returns the task definition deployed. */
export async function deploy(
  api: Api,
  find: Lookups,
  target: Target,
  change: { artifact: Artifact; operation: string; since: number },
): Promise<string> {
  const service = await find.service(target);
  const definition = change.artifact.ref.startsWith('arn:')
    ? change.artifact.ref
    : ((await registeredBefore(api, find, target, service, change.operation)) ??
      (await register(api, find, target, service, change)));
  if (service.taskDefinition === definition) return definition;
  const started = await deploymentOf(api, target, definition, change.since);
  if (!started)
    await api.update(target.region, { cluster: target.group, service: target.name, taskDefinition: definition });
  return definition;
}

async function registeredBefore(
  api: Api,
  find: Lookups,
  target: Target,
  service: Service,
  operation: string,
): Promise<string | undefined> {
  const { definition } = await find.definition(target.region, service.taskDefinition ?? '');
  const { taskDefinitionArns = [] } = await api.revisionsOfFamily(target.region, definition.family ?? '');
  const candidates = await Promise.all(taskDefinitionArns.map((arn) => find.definition(target.region, arn)));
  return candidates.find(({ tags }) => tags.some((tag) => tag.key === operationTag && tag.value === operation))
    ?.definition.taskDefinitionArn;
}

async function register(
  api: Api,
  find: Lookups,
  target: Target,
  service: Service,
  { artifact, operation }: { artifact: Artifact; operation: string },
): Promise<string> {
  const running = await find.definition(target.region, service.taskDefinition ?? '');
  const container = artifact.container ?? applications(service, running)[0]?.name ?? '';
  const answer = await api.register(
    target.region,
    copied(running, { container, image: artifact.ref, label: artifact.label, operation }),
  );
  return answer.taskDefinition?.taskDefinitionArn ?? '';
}

/** The newest deployment of a task definition since a time, by AWS's own record. */
export async function deploymentOf(
  api: Api,
  target: Target,
  definition: string,
  since: number,
): Promise<ServiceDeploymentBrief | undefined> {
  const { serviceDeployments = [] } = await api.serviceDeployments(target.region, {
    cluster: target.group,
    service: target.name,
    createdAt: { after: new Date(since - skew) },
  });
  return (await withDefinitions(api, target, serviceDeployments)).find((one) => one.definition === definition)
    ?.deployment;
}

/** Deployments with the task definition each leads to, in the order given. */
export async function withDefinitions(api: Api, target: Target, deployments: readonly ServiceDeploymentBrief[]) {
  const arns = [...new Set(deployments.flatMap((one) => one.targetServiceRevisionArn ?? []))].slice(0, 20);
  const { serviceRevisions = [] } = arns.length > 0 ? await api.revisions(target.region, arns) : {};
  const byArn = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.taskDefinition]));
  return deployments.map((deployment) => ({ deployment, definition: byArn.get(deployment.targetServiceRevisionArn) }));
}

/** The task definition that ran immediately before the current one and was deployed successfully. */
export async function previous(api: Api, find: Lookups, target: Target): Promise<Artifact | undefined> {
  const service = await find.service(target);
  const { serviceDeployments = [] } = await api.serviceDeployments(target.region, {
    cluster: target.group,
    service: target.name,
    status: ['SUCCESSFUL'],
  });
  const newestFirst = serviceDeployments
    .toSorted((a, b) => (b.createdAt?.getTime() ?? 0) - (a.createdAt?.getTime() ?? 0))
    .slice(0, 20);
  const found = (await withDefinitions(api, target, newestFirst)).find(
    ({ definition }) => definition !== undefined && definition !== service.taskDefinition,
  );
  if (!found?.definition) return undefined;
  const defined = await find.definition(target.region, found.definition);
  return defined.definition.status === 'ACTIVE' ? whole(service, defined) : undefined;
}

/** Stops this operation's deployment and lets AWS go back. Refuses when it is over. */
export async function abort(api: Api, target: Target, about: { handle?: string; since: number }): Promise<void> {
  const found = about.handle ? await deploymentOf(api, target, about.handle, about.since) : undefined;
  const going = found?.status === 'IN_PROGRESS' || found?.status === 'PENDING';
  if (!found?.serviceDeploymentArn || !going) throw new Refusal(say('refuse.over', { target: target.name }));
  await api.stop(target.region, found.serviceDeploymentArn);
}
