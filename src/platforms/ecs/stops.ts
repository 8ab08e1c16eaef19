// Why tasks stopped, in plain kinds: AWS's wording is matched in this one place.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
import type { Task } from '@aws-sdk/client-ecs';
import type { Cause, Clock, Target } from '../../core/ports.ts';
import type { Api } from './api.ts';

const recent = 15 * 60_000;

/** Causes of tasks of a service that stopped lately, the most frequent first; `of` narrows to one task definition. */
export async function stopCauses(api: Api, clock: Clock, target: Target, of?: string): Promise<Cause[]> {
  const { taskArns = [] } = await api.tasks(target.region, target.group, target.name, 'STOPPED');
  if (taskArns.length === 0) return [];
  const { tasks = [] } = await api.describeTasks(target.region, target.group, taskArns);
  const late = tasks.filter((task) => clock.now() - (task.stoppedAt?.getTime() ?? 0) < recent);
  return collapsed(late.filter((task) => !of || task.taskDefinitionArn === of).flatMap((task) => causeOf(task) ?? []));
}

function collapsed(causes: readonly Cause[]): Cause[] {
  const byKind = Map.groupBy(causes, (cause) => `${cause.kind} ${JSON.stringify({ ...cause.args, count: 0 })}`);
  return [...byKind.values()]
    .toSorted((a, b) => b.length - a.length)
    .map((same) => ({
      ...same[0]!,
      args: 'count' in same[0]!.args ? { ...same[0]!.args, count: same.length } : same[0]!.args,
    }));
}

function causeOf(task: Task): Cause | undefined {
  const words = task.stoppedReason ?? '';
  const containers = task.containers ?? [];
  const said = [words, ...containers.map((one) => one.reason ?? '')].join(' ');
  if (/OutOfMemory/u.test(said)) return { kind: 'out-of-memory', args: { count: 1 }, words: said };
  if (/CannotPull|image .*not found|manifest unknown/iu.test(said)) {
    const image = containers.find((one) => /CannotPull/u.test(one.reason ?? ''))?.image ?? containers[0]?.image ?? '?';
    return { kind: 'image-missing', args: { image }, words };
  }
  if (/ResourceInitializationError/u.test(said) && /secret|ssm/iu.test(said)) {
    const role = /assumed-role\/([\w+=,.@-]+)/u.exec(said)?.[1] ?? /role\/([\w+=,.@/-]+)/u.exec(said)?.[1] ?? '?';
    const action =
      /(?:perform:?|action:?)\s+([a-z]+:[A-Za-z]+)/u.exec(said)?.[1] ??
      (/ssm/iu.test(said) ? 'ssm:GetParameters' : 'secretsmanager:GetSecretValue');
    return { kind: 'secret-unreadable', args: { role, action }, words };
  }
  if (/failed .*health checks/iu.test(said)) return { kind: 'health-check', args: { count: 1 }, words };
  if (task.stopCode === 'EssentialContainerExited') {
    const code = containers.find((one) => one.exitCode !== undefined && one.exitCode !== 0)?.exitCode;
    return code === undefined ? undefined : { kind: 'exit-code', args: { count: 1, code }, words };
  }
  // Scaling in and deployments stop tasks too; that is no trouble.
  return task.stopCode === 'TaskFailedToStart' || task.stopCode === 'SpotInterruption'
    ? { kind: 'aws-says', args: { words }, words }
    : undefined;
}
