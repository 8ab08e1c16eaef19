// Clicks that decide something: each is recorded before the click is acknowledged, and taken up from its record.
import { cancel, confirm, stop } from './agree.ts';
import { vote } from './approve.ts';
import { lockDecision } from './lock-decisions.ts';
import type { Click, Phrase } from './reply.ts';
import { decidePause } from './pauses.ts';
import { decideRevert } from './reverts.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

/** `decide` records it and answers nothing, or why it did not count; `id`: what is to be taken a step on then, and `more` beside it. */
export type Decision = { id: string; more?: readonly string[]; decide: () => Promise<Phrase | undefined> };

/** Each is confirmed as if by itself; what does not count any more says so on its own card. */
function confirmAll(world: World, plans: readonly string[], by: string): Decision {
  const [id = '', ...more] = plans;
  return {
    id,
    more,
    async decide() {
      const problems: (Phrase | undefined)[] = [];
      for (const plan of plans) problems.push(await confirm(world, plan, by));
      return problems.every(Boolean) ? problems[0] : undefined;
    },
  };
}

/** What a click decides; nothing where it only looks or asks. */
export function decisionOf(world: World, request: Request, click: Click): Decision | undefined {
  const { by, message, place } = request;
  if ('plans' in click) return confirmAll(world, click.plans, by);
  if ('plan' in click) {
    const id = click.plan;
    switch (click.verb) {
      case 'confirm': {
        const { responseUrl } = place;
        const from = { ...(message ? { message } : {}), ...(responseUrl ? { responseUrl } : {}) };
        return { id, decide: () => confirm(world, id, by, from) };
      }
      case 'cancel':
        return { id, decide: () => cancel(world, id, by) };
      case 'approve':
        return { id, decide: () => vote(world, id, by, true) };
      case 'decline':
        return { id, decide: () => vote(world, id, by, false) };
      default:
        return undefined;
    }
  }
  if ('revert' in click) {
    const { revert: id, verb } = click;
    return { id, decide: () => decideRevert(world, id, by, verb) };
  }
  if ('lock' in click) return lockDecision(world, request, click);
  if ('hook' in click) return { id: click.operation, decide: () => decidePause(world, click, by) };
  if ('operation' in click && click.verb === 'abort') {
    return { id: click.operation, decide: () => stop(world, click.operation, by) };
  }
  return undefined;
}
