// What a button or menu option carries, as its `value`: an opaque id or a Command, never more.
import { z } from 'zod';
import { catalog, type Amount, type Command, type Intent } from '../../intents/catalog.ts';
import type { Click } from '../core/reply.ts';
import { limits } from './limits.ts';

const id = z.string().min(1).max(200);
const word = z.string().min(1).max(1000);
const amount = z.custom<Amount>((value) => {
  if (typeof value === 'number') return Number.isSafeInteger(value);
  return typeof value === 'string' && /^(?:[+-]\d{1,9}|x\d{1,9}(?:\.\d{1,9})?)$/u.test(value);
});
const slots = z.strictObject({
  target: word.optional(),
  version: word.optional(),
  min: amount.optional(),
  max: amount.optional(),
  count: amount.optional(),
  duration: word.optional(),
  time: word.optional(),
  filter: word.optional(),
  language: word.optional(),
  other: word.optional(),
  reason: word.optional(),
});
const intent = z.custom<Intent>((value) => typeof value === 'string' && Object.hasOwn(catalog, value));
/** Short, because an option of a menu has 150 characters. A new shape gets a new first letter. */
const wire = z.union([
  z.tuple([z.literal('c'), intent, slots]).transform(([, name, given]): Click => ({ command: command(name, given) })),
  z
    .tuple([z.literal('r'), intent, slots])
    .transform(([, name, given]): Click => ({ command: command(name, given), refresh: true })),
  z
    .tuple([z.literal('w'), intent, slots])
    .transform(([, name, given]): Click => ({ command: command(name, given), original: true })),
  z
    .tuple([z.literal('p'), z.enum(['confirm', 'cancel', 'read', 'calls', 'approve', 'decline']), id])
    .transform(([, verb, plan]): Click => ({ plan, verb })),
  z
    .tuple([z.literal('o'), z.enum(['abort', 'undo']), id])
    .transform(([, verb, operation]): Click => ({ operation, verb })),
  z
    .tuple([z.literal('h'), z.enum(['continue', 'rollback']), id, id])
    .transform(([, verb, operation, hook]): Click => ({ operation, verb, hook })),
  z
    .tuple([z.literal('t'), z.enum(['keep', 'longer', 'now']), id])
    .transform(([, verb, revert]): Click => ({ revert, verb })),
  z.tuple([z.literal('m'), z.array(id).min(1).max(10)]).transform(([, plans]): Click => ({ plans, verb: 'confirm' })),
  z.tuple([z.literal('d'), id, word]).transform(([, dialog, pick]): Click => ({ dialog, pick })),
  z
    .tuple([z.literal('l'), z.enum(['notify', 'steal', 'unlock', 'keep']), id])
    .transform(([, verb, lock]): Click => ({ lock, verb })),
  z
    .tuple([z.literal('v'), intent, slots])
    .transform(([, name, given]): Click => ({ command: command(name, given), override: true })),
  z
    .tuple([z.literal('g'), intent, slots])
    .transform(([, name, given]): Click => ({ command: command(name, given), register: true })),
]);

/** The click as a value of at most `max` characters; nothing when it does not fit. */
export function encodeClick(click: Click, max: number = limits.value): string | undefined {
  const value = JSON.stringify(shape(click));
  return value.length <= max ? value : undefined;
}

/** The click a value stands for; nothing for what this version would not have written. */
export function decodeClick(value: string): Click | undefined {
  if (value.length > limits.value) return undefined;
  try {
    const read = wire.safeParse(JSON.parse(value));
    return read.success ? read.data : undefined;
  } catch {
    return undefined;
  }
}

function shape(click: Click): unknown[] {
  if ('command' in click) return [letterOf(click), click.command.intent, click.command.slots];
  if ('plans' in click) return ['m', click.plans];
  if ('plan' in click) return ['p', click.verb, click.plan];
  if ('lock' in click) return ['l', click.verb, click.lock];
  if ('revert' in click) return ['t', click.verb, click.revert];
  if ('hook' in click) return ['h', click.verb, click.operation, click.hook];
  if ('operation' in click) return ['o', click.verb, click.operation];
  return ['d', click.dialog, click.pick];
}

function letterOf(click: Extract<Click, { command: Command }>): string {
  if ('original' in click) return 'w';
  if ('override' in click) return 'v';
  if ('register' in click) return 'g';
  return 'refresh' in click ? 'r' : 'c';
}

function command(name: Intent, given: z.infer<typeof slots>): Command {
  const present = Object.entries(given).filter(([, value]) => value !== undefined);
  return { intent: name, slots: Object.fromEntries(present) };
}
