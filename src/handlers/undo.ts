// The last finished change taken back: a new plan with the values from before.
import { Refusal } from '../core/errors.ts';
import type { Handler } from '../core/call.ts';
import { keys, type Last, type Plan } from '../core/records.ts';
import type { Target } from '../core/facts.ts';
import { say } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { statusOf } from './look.ts';
import { sizesOf } from './scale.ts';

export const undo: Handler = async ({ target, request, world, undoes }) => {
  const last = undoes ?? (await lastChange(world, target, request.by));
  const plan = last === undefined ? undefined : (await world.store.get<Plan>(keys.plan(last)))?.value;
  if (!plan) throw new Refusal(say('refuse.nothing-to-undo'));
  await world.policy.allow(request.by, plan.change.kind === 'scale' ? 'scale' : 'rollback', plan.target);
  const status = await statusOf(world, plan.target);
  const now = {
    sizes: sizesOf(status),
    capacity: status.capacity,
    ...(status.version ? { artifact: status.version } : {}),
  };
  const base = { intent: 'Undo', target: plan.target, before: now, warnings: [] } as const;
  if (plan.change.kind === 'scale') {
    const moved = JSON.stringify(plan.change.sizes) !== JSON.stringify(now.sizes);
    const warnings = moved ? [say('warn.moved')] : [];
    return { draft: { ...base, warnings, change: { kind: 'scale', sizes: plan.before.sizes } } };
  }
  if (plan.change.kind === 'restart') throw new Refusal(say('refuse.nothing-to-undo'));
  if (plan.change.kind === 'swap')
    return { draft: { ...base, warnings: [], change: { kind: 'swap', other: plan.change.other } } };
  const { artifact } = plan.before;
  if (!artifact) throw new Refusal(say('refuse.no-previous', { target: plan.target.name }));
  const moved = plan.change.kind === 'deploy' && status.version?.label !== plan.change.artifact.label;
  return { draft: { ...base, warnings: moved ? [say('warn.moved')] : [], change: { kind: 'deploy', artifact } } };
};

/** The last finished change of the target, else of the person. */
async function lastChange(world: World, target: Target | undefined, by: string): Promise<string | undefined> {
  return (await world.store.get<Last>(target ? keys.lastOf(target.key) : keys.lastBy(by)))?.value.plan;
}
