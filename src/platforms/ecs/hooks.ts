// Hooks at which a deployment pauses until somebody, or the time, decides.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/pause-lifecycle-hooks.html
import type { DeploymentLifecycleHookDetail, Service, ServiceDeploymentBrief } from '@aws-sdk/client-ecs';
import { isFor } from '../../aws-errors.ts';
import { Refusal } from '../../core/errors.ts';
import type { Progress, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import type { Api } from './api.ts';

const waits = ({ targetType, status }: DeploymentLifecycleHookDetail): boolean =>
  targetType === 'PAUSE' && status === 'AWAITING_ACTION';

/** The hook a deployment waits at now. Asked only of services that have such hooks. */
export async function pauseOf(
  api: Api,
  target: Target,
  service: Service,
  made: ServiceDeploymentBrief | undefined,
): Promise<Progress['pause']> {
  const hooks = service.deploymentConfiguration?.lifecycleHooks ?? [];
  const isPossible = made?.status === 'IN_PROGRESS' && hooks.some(({ targetType }) => targetType === 'PAUSE');
  if (!isPossible || !made.serviceDeploymentArn) return undefined;
  const [found] = (await api.wholeDeployments(target.region, [made.serviceDeploymentArn])).serviceDeployments ?? [];
  const hook = found?.lifecycleHookDetails?.find(waits);
  if (!hook?.hookId) return undefined;
  return { hook: hook.hookId, ...(hook.expiresAt ? { until: hook.expiresAt.getTime() } : {}) };
}

/** Says how the deployment that waits at the hook goes on. Refuses when none waits there any more. */
export async function resume(
  api: Api,
  target: Target,
  { hook, action }: { hook: string; action: 'continue' | 'rollback' },
): Promise<void> {
  const arn = await waitingAt(api, target, hook);
  if (!arn) throw tooLate(target);
  try {
    await api.decide(target.region, {
      serviceDeploymentArn: arn,
      hookId: hook,
      action: action === 'continue' ? 'CONTINUE' : 'ROLLBACK',
    });
  } catch (error) {
    // Decided in between; ECS has no code of its own for that.
    if (isFor(error, 'invalid') && (await waitingAt(api, target, hook)) === undefined) throw tooLate(target);
    throw error;
  }
}

async function waitingAt(api: Api, target: Target, hook: string): Promise<string | undefined> {
  const { serviceDeployments = [] } = await api.serviceDeployments(target.region, {
    cluster: target.group,
    service: target.name,
    status: ['IN_PROGRESS'],
  });
  const arns = serviceDeployments.flatMap((one) => one.serviceDeploymentArn ?? []).slice(0, 20);
  if (arns.length === 0) return undefined;
  const { serviceDeployments: whole = [] } = await api.wholeDeployments(target.region, arns);
  return whole.find((one) => one.lifecycleHookDetails?.some((it) => it.hookId === hook && waits(it)))
    ?.serviceDeploymentArn;
}

const tooLate = (target: Target): Refusal => new Refusal(say('refuse.not-waiting', { target: target.name }));
