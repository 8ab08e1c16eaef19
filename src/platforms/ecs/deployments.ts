// Service deployments: which one is an operation's own, and which task definitions they lead to.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-deployment.html
import type { ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import type { Target } from '../../core/ports.ts';
import type { Api } from './api.ts';

/** Our clock and AWS's may differ by this much. */
export const skew = 2 * 60_000;

export type Known = { deployment: ServiceDeploymentBrief; definition?: string };

/** The newest deployments of a service with the task definition each leads to, newest first. */
export async function deployments(
  api: Api,
  target: Target,
  which: { after?: number; status?: NonNullable<ServiceDeploymentBrief['status']>[] },
): Promise<Known[]> {
  const { serviceDeployments = [] } = await api.serviceDeployments(target.region, {
    cluster: target.group,
    service: target.name,
    ...(which.after === undefined ? {} : { createdAt: { after: new Date(which.after) } }),
    ...(which.status ? { status: which.status } : {}),
  });
  const newest = serviceDeployments.toSorted((a, b) => created(b) - created(a)).slice(0, 20);
  const arns = [...new Set(newest.flatMap((one) => one.targetServiceRevisionArn ?? []))];
  const { serviceRevisions = [] } = arns.length > 0 ? await api.revisions(target.region, arns) : {};
  const byArn = new Map(serviceRevisions.map((one) => [one.serviceRevisionArn, one.taskDefinition]));
  return newest.map((deployment) => {
    const definition = byArn.get(deployment.targetServiceRevisionArn);
    return { deployment, ...(definition ? { definition } : {}) };
  });
}

const created = (one: ServiceDeploymentBrief): number => one.createdAt?.getTime() ?? 0;

/**
 * The deployment an operation made: the newest one to its task definition. What was over when the operation was claimed
 * is an earlier one, as going back to a task definition again and again makes them.
 */
export async function deploymentTo(
  api: Api,
  target: Target,
  definition: string,
  since: number,
): Promise<ServiceDeploymentBrief | undefined> {
  const all = await deployments(api, target, { after: since - skew });
  const newest = all.find((one) => one.definition === definition)?.deployment;
  return newest?.finishedAt && newest.finishedAt.getTime() < since ? undefined : newest;
}
