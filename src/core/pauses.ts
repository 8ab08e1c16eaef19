// Deployments that pause at a hook of AWS's: what people see then, and what they decide.
import { keys, over, underWay, type Plan } from './records.ts';
import { late, takeUp } from './agree.ts';
import { changeWord } from './plan-words.ts';
import { putPlan } from './plan-store.ts';
import { say, type Action, type Line, type Phrase } from './reply.ts';
import type { World } from './world.ts';

export type PauseVerb = 'continue' | 'rollback';

/** Records how a paused deployment goes on: once, by whoever may deploy or roll back. A decision is about one pause alone. */
export async function decidePause(
  world: World,
  { operation: id, hook, verb }: { operation: string; hook: string; verb: PauseVerb },
  by: string,
): Promise<Phrase | undefined> {
  const found = await world.store.get<Plan>(keys.plan(id));
  if (!found) return say('late.gone');
  const plan = found.value;
  await world.policy.allow(by, verb === 'continue' ? 'deploy' : 'rollback', plan.target);
  if (over(plan) || !underWay(plan)) return late(plan.state);
  if (plan.stop && !plan.stop.refused) return say('late.stopping', { person: { person: plan.stop.by } });
  const { decision } = plan;
  if (decision?.hook === hook && !decision.refused) return say('late.decided', { person: { person: decision.by } });
  if (plan.progress?.pause?.hook !== hook) return say('refuse.not-waiting', { target: plan.target.name });
  const now = world.clock.now();
  await world.wakeups.at(id, now + takeUp);
  const rev = await putPlan(world, { ...plan, decision: { by, at: now, hook, verb } }, found.rev);
  return rev === undefined ? decidePause(world, { operation: id, hook, verb }, by) : undefined;
}

/** Whether it waits for somebody, and nobody has decided yet. */
export function isPaused({ progress, decision, stop }: Plan): boolean {
  const hook = progress?.pause?.hook;
  if (hook === undefined || (stop && !stop.refused)) return false;
  return decision?.hook !== hook || decision.refused !== undefined;
}

/** That it waits and until when, and what was decided. */
export function pauseLines(plan: Plan): Line[] {
  const { progress, decision } = plan;
  const until = progress?.pause?.until;
  const waits = until === undefined ? say('pause.open') : say('pause.until', { until: { time: until, style: 'time' } });
  return [
    ...(decision ? [decided(decision)] : []),
    ...(isPaused(plan) ? [{ sign: 'ask' as const, parts: [waits], strong: true }] : []),
  ];
}

function decided({ by, verb, refused }: NonNullable<Plan['decision']>): Line {
  const person = { person: by };
  if (refused) return { sign: 'no', parts: [say('pause.refused', { person, reason: refused })] };
  return verb === 'continue'
    ? { sign: 'done', parts: [say('pause.continued', { person })] }
    : { sign: 'back', parts: [say('pause.returned', { person })] };
}

/** *Continue* and *Roll back*, while it waits. */
export function pauseButtons(plan: Plan): Action[] {
  const hook = plan.progress?.pause?.hook;
  if (hook === undefined || !isPaused(plan)) return [];
  const about = { target: plan.target.name, change: changeWord(plan) };
  const button = { kind: 'button' as const, hint: say('pause.hint', about) };
  const click = (verb: PauseVerb) => ({ operation: plan.id, hook, verb });
  return [
    { ...button, label: say('button.continue'), click: click('continue'), style: 'primary' },
    {
      ...button,
      label: say('button.go-back'),
      click: click('rollback'),
      style: 'danger',
      confirm: {
        title: say('pause.title'),
        text: say('stop.text', about),
        yes: say('button.go-back'),
        no: say('button.keep-going'),
      },
    },
  ];
}
