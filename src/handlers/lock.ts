// Keeping a target for oneself, and giving it back. Both happen at once: nothing in AWS changes.
import { sentence } from '../core/cards.ts';
import type { Handler } from '../core/call.ts';
import { Refusal } from '../core/errors.ts';
import { lockCard } from '../core/lock-cards.ts';
import { lock as take, lockOf, unlock as free } from '../core/locks.ts';
import { say } from '../core/reply.ts';
import { untilOf } from '../core/until.ts';

export const lock: Handler = async ({ command, target, request, locale, world, steals }) => {
  const { reason } = command.slots;
  if (!target || reason === undefined) throw new Error('a lock needs a target and a reason');
  const { by, place } = request;
  const until = await untilOf(world, by, command.slots);
  const taken = await take(world, { target, by, why: reason, until, place, locale, steals });
  const { stolen } = taken;
  if (stolen) {
    const about = { person: { person: stolen.by }, by: { person: by }, target: target.name, why: reason };
    // Its owner may not read the thread it was taken over in.
    await world.chat.post({ channel: stolen.by }, sentence(say('lock.stolen', about), { sign: 'lock' }), stolen.locale);
  }
  return { reply: lockCard(taken.lock) };
};

export const unlock: Handler = async ({ target, request, world }) => {
  if (!target) throw new Error('unlocking needs a target');
  const held = await lockOf(world, target.key);
  if (!held) return { reply: sentence(say('lock.none', { target: target.name })) };
  const problem = await free(world, held.id, request.by, request.place);
  if (problem) throw new Refusal(problem);
  return { reply: sentence(say('lock.freed', { target: target.name, person: { person: request.by } })) };
};
