// Questions for a reason before somebody takes over a lock or goes against what holds a target.
import type { Command, Locale } from '../../intents/catalog.ts';
import { sentence } from './cards.ts';
import { Refusal } from './errors.ts';
import { mayOverride } from './holds.ts';
import { newId } from './ids.ts';
import { holdsNow, lockById, targetOf } from './locks.ts';
import { hour, keys, type Awaited, type Dialog, type Lead } from './records.ts';
import { say, type Click, type Phrase, type Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

const waits = hour / 2;

/** A click that counts only with a reason. */
export type NeedsWhy = Extract<Click, { lock: string } | { override: true }>;

/** The question that a click on *Steal* or *Override* comes to. Refuses who lacks the right, and what is gone. */
export async function askWhy(world: World, request: Request, click: NeedsWhy, locale: Locale): Promise<Reply> {
  return 'lock' in click
    ? askSteal(world, request, click.lock, locale)
    : askOverride(world, request, click.command, locale);
}

async function askSteal(world: World, request: Request, id: string, locale: Locale): Promise<Reply> {
  const found = await lockById(world, id);
  if (!found || !holdsNow(found.value, world.clock.now())) throw new Refusal(say('lock.gone'));
  const { value } = found;
  const { name: target } = value;
  if (value.by === request.by) throw new Refusal(say('lock.own', { target }));
  await world.policy.allow(request.by, 'lock', await targetOf(world, value));
  const command: Command = { intent: 'Lock', slots: { target: value.target } };
  return ask(
    world,
    request,
    { command, lead: { steals: id }, locale },
    say('lock.steal-ask', { target, person: { person: value.by } }),
  );
}

async function askOverride(world: World, request: Request, command: Command, locale: Locale): Promise<Reply> {
  const [target] = command.slots.target === undefined ? [] : await world.inventory.find(command.slots.target);
  if (target && !(await mayOverride(world, request.by, target))) await world.policy.allow(request.by, 'danger', target);
  return ask(world, request, { command, lead: { overrides: true }, locale }, say('override.ask'));
}

async function ask(
  world: World,
  request: Request,
  about: { command: Command; lead: Lead; locale: Locale },
  question: Phrase,
): Promise<Reply> {
  const id = newId('dlg');
  const expires = world.clock.now() + waits;
  const dialog: Dialog = { kind: 'dialog', schema: 1, by: request.by, slot: 'reason', picks: {}, ...about };
  await world.store.put(keys.dialog(id), dialog, { expires });
  const awaited: Awaited = { kind: 'awaited', schema: 1, dialog: id };
  await world.store.put(keys.awaiting(request.place, request.by), awaited, { expires });
  return sentence(question, { sign: 'ask', foot: [say('ask.reply')] });
}
