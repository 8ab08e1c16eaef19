// Why tasks of a service stopped, in plain kinds: AWS's wording is matched in this one place.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
import type { Task } from '@aws-sdk/client-ecs';
import type { Cause, Clock, Target } from '../../core/ports.ts';
import { collapsed } from '../causes.ts';
import type { Lookups } from './lookups.ts';

/** How long a failed task, or a complaint in the service events, counts. */
export const recent = 15 * 60_000;

/** Causes of tasks of a service that failed lately, worst first; `of` narrows to one task definition. */
export async function stopCauses(find: Lookups, clock: Clock, target: Target, of?: string): Promise<Cause[]> {
  const tasks = await find.tasks(target, 'STOPPED');
  const own = of === undefined ? tasks : tasks.filter((task) => task.taskDefinitionArn === of);
  const late = own.filter(
    (task) => clock.now() - (task.stoppedAt ?? task.stoppingAt ?? task.createdAt ?? 0).valueOf() < recent,
  );
  return collapsed(late.flatMap((task) => causeOf(task) ?? []));
}

/** Nothing for a task that was meant to stop: scaled in, replaced, or stopped by a person. */
export function causeOf(task: Task): Cause | undefined {
  const words = [task.stoppedReason ?? '', ...(task.containers ?? []).map((one) => one.reason ?? '')].join(' ').trim();
  if (/OutOfMemory/u.test(words)) return { kind: 'out-of-memory', args: { count: 1 }, words };
  if (/CannotPull/u.test(words)) return notPulled(task, words);
  if (/ResourceInitializationError/u.test(words) && /secret|ssm/iu.test(words)) return noSecret(words);
  if (/failed .*health checks?/iu.test(words)) return { kind: 'health-check', args: { count: 1 }, words };
  if (task.stopCode === 'EssentialContainerExited') return exited(task, words);
  if (task.stopCode === 'ServiceSchedulerInitiated' || task.stopCode === 'UserInitiated' || words === '')
    return undefined;
  return saidByAws(words);
}

/** Only "not there" is a missing image; no rights and no network are told in AWS's own words. */
function notPulled(task: Task, words: string): Cause {
  const named =
    /(?:resolve (?:ref|reference)|reference|manifest for) "?([\w.-]+\/[\w./-]+(?::[\w][\w.-]*)?(?:@sha256:[0-9a-f]+)?)/u;
  const containers = task.containers ?? [];
  const image = named.exec(words)?.[1] ?? containers.find((one) => /CannotPull/u.test(one.reason ?? ''))?.image;
  const missing = /not found|manifest unknown|does not exist/iu.test(words);
  return missing && image ? { kind: 'image-missing', args: { image }, words } : saidByAws(words);
}

function noSecret(words: string): Cause {
  const role = /assumed-role\/([\w+=,.@-]+)/u.exec(words)?.[1];
  const action = /perform:? ([\w-]+:\w+)/u.exec(words)?.[1];
  return role && action ? { kind: 'secret-unreadable', args: { role, action }, words } : saidByAws(words);
}

function exited(task: Task, words: string): Cause {
  const codes = (task.containers ?? []).flatMap((one) => one.exitCode ?? []);
  const code = codes.find((one) => one !== 0) ?? codes[0];
  return code === undefined ? saidByAws(words) : { kind: 'exit-code', args: { count: 1, code }, words };
}

function saidByAws(words: string): Cause {
  return { kind: 'aws-says', args: { words }, words };
}
