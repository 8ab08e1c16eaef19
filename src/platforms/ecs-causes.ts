// Why tasks of a service stopped, from the words and codes of DescribeTasks and service events.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/stopped-task-error-codes.html
import type { Service, Task } from '@aws-sdk/client-ecs';
import type { Cause } from '../core/ports.ts';
import { collapsed } from './causes.ts';

/** Causes of tasks that failed after `after`, equal ones as one with a count, worst first. */
export function causesOfTasks(tasks: readonly Task[], after: number): Cause[] {
  const recent = tasks.filter((task) => (task.stoppedAt ?? task.stoppingAt ?? task.createdAt ?? 0).valueOf() >= after);
  return collapsed(recent.flatMap((task) => causeOf(task) ?? []));
}

/** Nothing for a task that was meant to stop: scaled in, replaced, or stopped by a person. */
export function causeOf(task: Task): Cause | undefined {
  const words = task.stoppedReason ?? '';
  const inContainers = (task.containers ?? []).map((one) => one.reason ?? '').join(' ');
  const all = `${words} ${inContainers}`;
  if (/OutOfMemory/u.test(all)) return { kind: 'out-of-memory', args: { count: 1 }, words: all.trim() };
  if (/health checks?/iu.test(words)) return { kind: 'health-check', args: { count: 1 }, words };
  if (/CannotPull/u.test(all)) return pullCause(all.trim());
  if (/ResourceInitializationError/u.test(all) && /secret|ssm|parameter/iu.test(all)) return secretCause(all.trim());
  if (task.stopCode === 'EssentialContainerExited') return exitCause(task, words);
  if (task.stopCode === 'ServiceSchedulerInitiated' || task.stopCode === 'UserInitiated') return undefined;
  return words === '' ? undefined : { kind: 'aws-says', args: { words }, words };
}

/** Only "not there" is a missing image; no rights or no network are told in AWS's words. */
function pullCause(words: string): Cause {
  const image = /(?:resolve ref |reference "?|image (?!manifest))([\w.-]+\/[\w./-]+(?:[:@][\w.:-]*\w)?)/u.exec(
    words,
  )?.[1];
  const missing = /not found|manifest unknown|does not exist/iu.test(words);
  if (!missing || !image) return { kind: 'aws-says', args: { words }, words };
  return { kind: 'image-missing', args: { image }, words };
}

function secretCause(words: string): Cause {
  const role = /assumed-role\/([^/\s]+)/u.exec(words)?.[1];
  const action = /perform: ([\w-]+:\w+)/u.exec(words)?.[1];
  if (!role || !action) return { kind: 'aws-says', args: { words }, words };
  return { kind: 'secret-unreadable', args: { role, action }, words };
}

function exitCause(task: Task, words: string): Cause {
  const codes = (task.containers ?? []).map((one) => one.exitCode);
  const code = codes.find((one) => one !== undefined && one !== 0) ?? codes.find((one) => one !== undefined);
  if (code === undefined) return { kind: 'aws-says', args: { words }, words };
  return { kind: 'exit-code', args: { count: 1, code }, words };
}

/** What the newest service events, back to the last steady state, say about no room for tasks. */
export function noRoom(service: Service, after: number): Cause[] {
  const events = unsettled(service, after).filter(({ message }) => /unable to place a task/u.test(message ?? ''));
  if (events.length === 0) return [];
  return [{ kind: 'no-room', args: { count: events.length }, words: events[0]?.message ?? '' }];
}

/** Events after `after` and after the last "has reached a steady state", newest first. */
export function unsettled(service: Service, after: number) {
  const events = (service.events ?? []).filter((event) => (event.createdAt?.getTime() ?? 0) >= after);
  const steady = events.findIndex(({ message }) => /has reached a steady state/u.test(message ?? ''));
  return steady === -1 ? events : events.slice(0, steady);
}
