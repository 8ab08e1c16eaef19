// Freezes: a stage, or everything, that nobody changes for a while. Declared by somebody with the right, or planned in opsjack.yaml.
import type { Locale } from '../../intents/catalog.ts';
import { Refusal } from './errors.ts';
import type { Target } from './facts.ts';
import { spanNear, type FreezeWindow, type Span } from './freeze-windows.ts';
import { everything, frozenPhrase, thawButton } from './freeze-cards.ts';
import { newId } from './ids.ts';
import { day, keys, type Freeze } from './records.ts';
import { say } from './reply.ts';
import type { Place } from './request.ts';
import type { World } from './world.ts';

/** How often who froze something without an end is asked whether it still is to be. */
export const askEvery = day;
type Asked = { stage: string; by: string; why: string; until?: number | undefined; place: Place; locale: Locale };

/** Freezes that somebody declared and that hold a target now: of its stage, and of everything. */
export async function freezesOf(world: World, target: Target): Promise<Freeze[]> {
  const stages = [...(target.stage === undefined ? [] : [target.stage]), everything];
  const found = await Promise.all(stages.map((stage) => world.store.get<Freeze>(keys.freeze(stage))));
  return found.flatMap((one) => (one && holdsNow(one.value, world.clock.now()) ? [one.value] : []));
}

/** Planned freezes of a target that are on, or begin within `ahead` milliseconds. */
export function windowsOf(world: World, target: Target, ahead = 0): { window: FreezeWindow; span: Span }[] {
  const now = world.clock.now();
  return (world.freezes?.() ?? [])
    .filter(
      ({ stages }) => stages.includes(everything) || (target.stage !== undefined && stages.includes(target.stage)),
    )
    .flatMap((window) => {
      const span = spanNear(window, now, ahead);
      return span ? [{ window, span }] : [];
    });
}

/** A declared freeze by its id. */
export async function freezeById(world: World, id: string): Promise<{ value: Freeze; rev: number } | undefined> {
  return (await world.store.list<Freeze>(keys.freeze(''))).find(({ value }) => value.id === id);
}

/** Whether it is still on. */
export function holdsNow({ until }: Freeze, now: number): boolean {
  return until === undefined || until > now;
}

/** When a freeze needs to be looked at next. */
export function nextLook({ since, until }: Freeze, now: number): number {
  const asks = Math.max(1, Math.floor((now - since) / askEvery) + 1);
  return Math.min(until ?? Infinity, since + asks * askEvery);
}

/** Freezes a stage. Who asks needs the right on every target of it. Another's freeze is left as it is, and refuses. */
export async function freeze(world: World, asked: Asked): Promise<Freeze> {
  const { stage, by, why, until, place, locale } = asked;
  await allowed(world, by, stage);
  const now = world.clock.now();
  const key = keys.freeze(stage);
  const found = await world.store.get<Freeze>(key);
  const held = found && holdsNow(found.value, now) ? found.value : undefined;
  if (held && held.by !== by) throw new Refusal(frozenPhrase(held), [thawButton(stage)]);
  const { id, since } = held ?? { id: newId('freeze'), since: now };
  const end = until === undefined ? {} : { until };
  const next: Freeze = { kind: 'freeze', schema: 1, id, stage, by, since, why, ...end, place, locale };
  await world.wakeups.at(id, nextLook(next, now));
  const rev = await world.store.put(key, next, { ifRev: found?.rev ?? 0 });
  if (rev === undefined) return freeze(world, asked);
  await world.audit.note({
    id: `${id}/${rev}`,
    kind: 'frozen',
    by,
    channel: place.channel,
    what: stage,
    why,
    ...(until === undefined ? {} : { outcome: `until ${new Date(until).toISOString()}` }),
  });
  return next;
}

/** Ends a freeze; the one there was, or nothing. */
export async function thaw(world: World, stage: string, by: string, place: Place): Promise<Freeze | undefined> {
  await allowed(world, by, stage);
  const key = keys.freeze(stage);
  const found = await world.store.get<Freeze>(key);
  if (!found || !holdsNow(found.value, world.clock.now())) return undefined;
  if (!(await world.store.delete(key, found.rev))) return thaw(world, stage, by, place);
  const id = `${found.value.id}/thawed`;
  await world.audit.note({ id, kind: 'thawed', by, channel: place.channel, what: stage });
  return found.value;
}

/** The right is needed on every target that is frozen. Refuses a stage that no target has. */
async function allowed(world: World, by: string, stage: string): Promise<void> {
  const { targets } = await world.inventory.all();
  const frozen = targets.filter((target) => stage === everything || target.stage === stage);
  if (frozen.length === 0) throw new Refusal(say('freeze.no-stage', { stage: { code: stage } }));
  for (const target of frozen) await world.policy.allow(by, 'freeze', target);
}

/** Stages that targets have, by their number of targets. */
export async function stagesOf(world: World): Promise<string[]> {
  const { targets } = await world.inventory.all();
  const groups = Map.groupBy(targets, ({ stage }) => stage);
  return [...groups].toSorted((a, b) => b[1].length - a[1].length).flatMap(([stage]) => (stage ? [stage] : []));
}
