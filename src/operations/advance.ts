// One step of a plan's life at a time: read the record, do the one next thing, save, say when to be called again.
import { keys, type Plan } from '../core/records.ts';
import type { World } from '../core/world.ts';
import { approving } from './approving.ts';
import { say } from '../core/reply.ts';
import { claimStart, end, giveUp, start } from './start.ts';
import { next } from './next.ts';
import { save, type Step } from './step.ts';
import { shelve, tell } from './tell.ts';
import { look } from './watch.ts';
import { wakings } from './wakings.ts';

/** Takes a plan as far as it goes now. Safe to call at any time, twice, or after a crash at any point. */
export function operations(world: World): { advance: (id: string) => Promise<void> } {
  const running = new Map<string, { again: boolean; done: Promise<void> }>();

  async function advance(id: string): Promise<void> {
    const current = running.get(id);
    if (current) {
      current.again = true;
      return current.done;
    }
    const entry = { again: false, done: Promise.resolve() };
    running.set(id, entry);
    entry.done = (async () => {
      try {
        do {
          entry.again = false;
          await go(world, id);
        } while (entry.again);
      } finally {
        running.delete(id);
      }
    })();
    return entry.done;
  }

  return { advance };
}

async function go(world: World, id: string): Promise<void> {
  const waking = wakings[id.slice(0, id.indexOf('_'))];
  if (waking) {
    const again = await waking(world, id);
    return again === undefined ? undefined : world.wakeups.at(id, again);
  }
  for (;;) {
    const found = await world.store.get<Plan>(keys.plan(id));
    if (!found) return;
    const step = await take(world, found.value, found.rev);
    if (step.again === undefined) return;
    if (step.again > 0) return world.wakeups.at(id, step.again);
  }
}

async function take(world: World, plan: Plan, rev: number): Promise<Step> {
  const now = world.clock.now();
  const todo = next(plan, now);
  switch (todo.do) {
    case 'nothing':
      return {};
    case 'wait':
      return { again: todo.until };
    case 'expire':
      return save(world, { ...plan, state: 'expired' }, rev);
    case 'approve':
      return approving(world, plan, rev);
    case 'shelve':
      return shelve(world, plan, rev);
    case 'due':
      return save(world, { ...plan, state: 'agreed', agreedAt: now }, rev);
    case 'missed':
      return end(world, plan, rev, say('late.missed'));
    case 'claim':
      return claimStart(world, plan, rev);
    case 'too-late':
    case 'give-up':
      return giveUp(world, plan, rev);
    case 'start':
      return start(world, plan, rev);
    case 'look':
      return look(world, plan, rev, todo.last);
    case 'tell':
      return tell(world, plan, rev);
  }
}
