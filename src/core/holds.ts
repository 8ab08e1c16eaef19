// What stands in the way of a change: a lock, a freeze, a planned freeze. Asked when a plan is made, confirmed, and started.
import type { Command } from '../../intents/catalog.ts';
import { sentence } from './cards.ts';
import { Refusal } from './errors.ts';
import type { Change, Target } from './facts.ts';
import { freezeAbout, frozenPhrase, thawButton } from './freeze-cards.ts';
import { freezesOf, windowsOf } from './freezes.ts';
import type { FreezeWindow } from './freeze-windows.ts';
import { lockedCard } from './lock-cards.ts';
import { holdsBack, lockOf } from './locks.ts';
import { day, keys, type Freeze, type Lock, type Plan, type PlanIntent } from './records.ts';
import { touched } from './rights.ts';
import { say, type Action, type Line, type Phrase, type Reply } from './reply.ts';
import type { World } from './world.ts';

/** `said`: in one sentence. */
export type Hold = { id: string; target: Target; said: Phrase } & (
  | { kind: 'lock'; lock: Lock }
  | { kind: 'freeze'; freeze: Freeze }
  | { kind: 'window'; window: FreezeWindow; until: number }
);

/** A change as far as it matters here; a Plan is one. */
export type Held = { target: Target; intent: PlanIntent; by: string; change: Change } & Pick<
  Plan,
  'exempt' | 'override'
>;

/** What stands in the way of a change now; nothing where it may be made. */
export async function heldBack(world: World, asked: Held): Promise<Hold | undefined> {
  if (asked.exempt) return undefined;
  const overridden = asked.override?.holds ?? [];
  return (await holdsOn(world, asked)).find(({ id }) => !overridden.includes(id));
}

/** Everything that holds the targets of a change, locks first. */
async function holdsOn(world: World, asked: Held): Promise<Hold[]> {
  const found = await Promise.all(touched(asked).map((one) => holdsOf(world, one, asked.by)));
  return [...new Map(found.flat().map((hold) => [hold.id, hold])).values()];
}

async function holdsOf(world: World, target: Target, by: string): Promise<Hold[]> {
  const [lock, freezes] = await Promise.all([lockOf(world, target.key), freezesOf(world, target)]);
  return [
    ...(lock && holdsBack(lock, by)
      ? [{ id: lock.id, target, kind: 'lock' as const, lock, said: lockPhrase(lock) }]
      : []),
    ...freezes.map((freeze) => ({
      id: freeze.id,
      target,
      kind: 'freeze' as const,
      freeze,
      said: frozenPhrase(freeze),
    })),
    ...windowsOf(world, target).map(({ window, span }) => ({
      id: `window/${window.name}/${span.to}`,
      target,
      kind: 'window' as const,
      window,
      until: span.to,
      said: say('hold.window', { name: window.name, until: { time: span.to, style: 'day' } }),
    })),
  ];
}

/** That a target is locked, by whom and why. */
export function lockPhrase({ name, by, why, reason }: Lock): Phrase {
  const person = { person: by };
  if (why === undefined && reason) return say('hold.automatic', { target: name, reason });
  return say('hold.lock', { target: name, person, why: why ?? '–' });
}

/** What a new plan is under: refuses where something holds it, else says what the plan is to keep in mind. */
export async function underHolds(
  world: World,
  asked: Held,
  about: { command: Command; overrides?: string | undefined },
): Promise<Pick<Plan, 'exempt' | 'override'> & { notes: Phrase[] }> {
  const exempt = await isWayBack(world, asked);
  const held = await holdsOn(world, asked);
  const notes = await notices(world, asked);
  if (exempt) return { exempt: true, notes };
  const [first] = held;
  if (!first) return { notes };
  const { by, target } = asked;
  if (about.overrides === undefined || !(await mayOverride(world, by, target)))
    throw await heldRefusal(world, first, { by, command: about.command });
  const said = held.map((hold) => hold.said);
  return { notes, override: { by, why: about.overrides, holds: held.map(({ id }) => id), said } };
}

/** Going back to what ran immediately before and ended well, but not to a version a lock was made against. */
async function isWayBack(world: World, { target, intent, change }: Held): Promise<boolean> {
  if ((intent !== 'Rollback' && intent !== 'Undo') || change.kind !== 'deploy' || change.percent !== undefined)
    return false;
  const lock = await lockOf(world, target.key);
  if (lock?.away === change.artifact.ref) return false;
  const previous = await world.inventory
    .platform(target)
    .previous?.(target)
    .catch((error: unknown) => {
      world.log.warn({ target: target.key, err: error }, 'no way back is known: locks and freezes hold');
      return undefined;
    });
  return previous?.ref === change.artifact.ref;
}

/** What does not hold it, and should be known: one's own lock, a freeze that is near. */
async function notices(world: World, { target, by }: Held): Promise<Phrase[]> {
  const now = world.clock.now();
  const lock = await lockOf(world, target.key);
  const coming = windowsOf(world, target, day).filter(({ span }) => span.from > now);
  return [
    ...(lock && !holdsBack(lock, by) ? [say('warn.own-lock')] : []),
    ...coming.map(({ window, span }) =>
      say('warn.freeze-soon', { name: window.name, at: { time: span.from, style: 'day' } }),
    ),
  ];
}

/** Whether somebody may go against locks and freezes. */
export async function mayOverride(world: World, by: string, target: Target): Promise<boolean> {
  return (await world.policy.may(by, 'danger', target)) || world.policy.may(by, 'admin', target);
}

/** The refusal that says who or what holds a change, and what can be done about it. */
export async function heldRefusal(
  world: World,
  hold: Hold,
  { by, command }: { by: string; command?: Command },
): Promise<Refusal> {
  const override = command && (await mayOverride(world, by, hold.target)) ? [overrideButton(command)] : [];
  return new Refusal(hold.said, [], 'everyone', await heldCard(world, hold, by, override));
}

async function heldCard(world: World, hold: Hold, by: string, more: Action[]): Promise<Reply> {
  if (hold.kind === 'lock') {
    const isOwner = hold.lock.by === by;
    const mayUnlock = isOwner || (await world.policy.may(by, 'admin', hold.target));
    return lockedCard(hold.lock, { mayUnlock, isOwner }, more);
  }
  const lines = [{ sign: 'lock' as const, parts: [hold.said], strong: true }, { parts: [say('nothing.changed')] }];
  if (hold.kind === 'window') return { parts: [{ kind: 'lines', lines }], actions: more };
  const mayThaw = await world.policy.may(by, 'freeze', hold.target);
  return {
    parts: [
      { kind: 'lines', lines },
      { kind: 'note', parts: freezeAbout(hold.freeze) },
    ],
    actions: [...(mayThaw ? [thawButton(hold.freeze.stage)] : []), ...more],
  };
}

function overrideButton({ intent, slots }: Command): Action {
  const { reason: _reason, ...rest } = slots;
  return {
    kind: 'button',
    label: say('button.override'),
    click: { command: { intent, slots: rest }, override: true },
    hint: say('override.hint'),
  };
}

/** One line for a status card; nothing where nothing holds the target. */
export async function holdLine(world: World, target: Target): Promise<Line | undefined> {
  const lock = await lockOf(world, target.key);
  const held = await holdsOf(world, target, '');
  const said = held.map((hold) => {
    const until = hold.kind === 'lock' ? lock?.until : hold.kind === 'freeze' ? hold.freeze.until : undefined;
    return until === undefined
      ? hold.said
      : say('hold.until', { hold: hold.said, until: { time: until, style: 'day' } });
  });
  return said.length > 0 ? { sign: 'lock', parts: said } : undefined;
}

/** The loud line of the log: what was gone against, by whom and why; once a plan. Owners of locks are told. */
export async function noteOverride(world: World, plan: Plan): Promise<void> {
  const { id, override, target, place, command } = plan;
  if (!override) return;
  const { by, why, holds } = override;
  const about = { target: target.key, plan: id, channel: place.channel, command, why };
  await world.audit.note({ id: `${id}/overridden`, kind: 'overridden', by, ...about, what: holds.join(', ') });
  const isFirst = await world.store.put(
    keys.overridden(id),
    { kind: 'overridden', schema: 1 },
    { ifRev: 0, expires: world.clock.now() + day },
  );
  if (isFirst !== undefined) await tellOwners(world, plan, override);
}

async function tellOwners(world: World, { target, change }: Plan, { by, why, holds }: NonNullable<Plan['override']>) {
  for (const one of change.kind === 'swap' ? [target, change.other] : [target]) {
    const lock = await lockOf(world, one.key);
    if (!lock || lock.by === by || !holds.includes(lock.id)) continue;
    const said = say('lock.overridden', { person: { person: lock.by }, by: { person: by }, target: one.name, why });
    await world.chat
      .post({ channel: lock.by }, sentence(said, { sign: 'lock' }), lock.locale)
      .catch((error: unknown) => {
        world.log.warn({ lock: lock.id, err: error }, 'an owner could not be told of an override');
      });
  }
}
