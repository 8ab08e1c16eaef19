// One status a target, each with its own error.
import type { Status, Target } from '../core/ports.ts';

/** `one` is called for all targets in the same turn, so that what it asks can share calls. */
export async function statuses(targets: readonly Target[], one: (target: Target) => Promise<Status>) {
  const answers = await Promise.allSettled(targets.map(one));
  const found = new Map<string, Status | Error>();
  for (const [index, answer] of answers.entries()) {
    const { key } = targets[index]!;
    if (answer.status === 'fulfilled') found.set(key, answer.value);
    else found.set(key, answer.reason instanceof Error ? answer.reason : new Error(String(answer.reason)));
  }
  return found;
}
