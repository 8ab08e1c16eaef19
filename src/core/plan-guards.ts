// What a plan may not do, or only by whoever may do what is dangerous: too much, too little, out of order.
import type { Draft } from './call.ts';
import { Refusal } from './errors.ts';
import type { Target } from './facts.ts';
import { say, type Phrase } from './reply.ts';
import type { World } from './world.ts';

const patience = 8000;

/**
 * The draft with what is dangerous about it. Refuses what goes over a ceiling, and what is dangerous where the person
 * may not do that.
 */
export async function withGuards(world: World, draft: Draft, by: string): Promise<Draft> {
  const { target, change } = draft;
  if (change.kind === 'scale') await refuseCeiling(world, draft);
  const danger = [...tooLittle(draft), ...(await outOfOrder(world, draft))];
  if (danger.length === 0) return draft;
  if (await world.policy.may(by, 'danger', target)) return { ...draft, danger };
  throw new Refusal(danger[0]!);
}

async function refuseCeiling(world: World, { target, change, intent }: Draft): Promise<void> {
  if (change.kind !== 'scale' || intent === 'Undo') return;
  const max = await world.policy.ceiling(target);
  const { sizes } = change;
  const wanted = Math.max(sizes.min ?? 0, sizes.max ?? 0, sizes.desired ?? 0);
  if (max !== undefined && wanted > max) throw new Refusal(say('refuse.ceiling', { target: target.name, max }));
}

/** Nothing left running, or a limit that stops more than half of what runs. What an undo restores was there before. */
function tooLittle({ intent, target, change, before }: Draft): Phrase[] {
  if (change.kind !== 'scale' || intent !== 'Scale') return [];
  const { max, desired } = change.sizes;
  const { running } = before.capacity;
  const about = { target: target.name, running };
  if (desired === 0 || max === 0) return [say('danger.zero', about)];
  // A lower minimum alone stops nothing: it only lets the policies do so.
  const least = Math.min(...[max, desired].filter((size) => size !== undefined));
  return least < running / 2 ? [say('danger.half', { ...about, size: least })] : [];
}

/** A version that the stage before does not run, where the rules say that it passes there first. */
async function outOfOrder(world: World, { target, change, exempt }: Draft): Promise<Phrase[]> {
  if (change.kind !== 'deploy' || exempt) return [];
  const order = world.policy.order();
  const stage = order[order.indexOf(target.stage ?? '') - 1];
  const sibling = stage && (await siblingIn(world, target, stage));
  if (!sibling) return [];
  const status = (await world.inventory.status([sibling], patience)).get(sibling.key);
  if (!status || status instanceof Error) throw status ?? new Error(`no state of ${sibling.key}`);
  const { version } = status;
  const { label, digest } = change.artifact;
  const isSame = version && (version.label === label || (digest !== undefined && version.digest === digest));
  return isSame ? [] : [say('refuse.order', { target: target.name, version: label, stage })];
}

/** The target that is the same in another stage: named alike, on the same platform. */
export async function siblingIn(world: World, target: Target, stage: string): Promise<Target | undefined> {
  const own = target.stage;
  const name =
    own !== undefined && target.name.includes(own) ? target.name.replace(own, stage) : `${target.name}-${stage}`;
  const found = await world.inventory.find(name);
  return found.find((other) => other.platform === target.platform && other.key !== target.key && other.name === name);
}
