// The pieces several cards share: where a target is, what its numbers are, what can be done next.
import type { ReplyKey } from '../../intents/replies.ts';
import { replies } from '../../intents/replies.ts';
import type { Command, Intent, Slots } from '../../intents/catalog.ts';
import type { Capacity, Cause, Health, Sizes, Target } from './facts.ts';
import { say, type Action, type Arg, type Button, type Line, type Phrase, type Reply, type Sign } from './reply.ts';

/** Outside or fixed text as a phrase of its own. */
export const plain = (text: Arg): Phrase => say('plain', { text });

/** The platform's name; every driver's id has one, by test. */
export const platformName = (target: Target): Phrase => say(`platform.${target.platform}` as ReplyKey);

/** What tells targets of one name apart, in one phrase. */
export function where(target: Target): Phrase {
  return say('place', { platform: platformName(target), group: target.group, city: city(target.region) });
}

/** Platform, cluster or application, city. */
export function place(target: Target): Phrase[] {
  return [platformName(target), plain(target.group), city(target.region)];
}

/** A region by its city, or by its id where we have no word for it. */
export function city(region: string): Phrase {
  const key = `city.${region}`;
  return key in replies ? say(key as ReplyKey) : plain(region);
}

export const healthSign: Record<Health, Sign> = {
  healthy: 'healthy',
  degraded: 'degraded',
  down: 'down',
  changing: 'changing',
  unknown: 'unknown',
};
export const healthWord = (health: Health): Phrase => say(`health.${health}`);

/** Why something is unwell; where only AWS knows, in AWS's words. */
export function causePhrase({ kind, args }: Cause): Phrase {
  const said = kind === 'aws-says' ? { words: { aws: String(args['words']) } } : args;
  return say(`cause.${kind}`, said);
}

export function line(label: ReplyKey, ...parts: Phrase[]): Line {
  return { label: say(label), parts };
}

/** `min 4 ≤ 6 ≤ max 12`, or a fixed count. */
export function range(capacity: Capacity): Phrase {
  if (capacity.min === undefined || capacity.max === undefined) {
    return say('capacity.fixed', { running: capacity.running, desired: capacity.desired });
  }
  return say('capacity.range', { min: capacity.min, running: capacity.running, max: capacity.max });
}

/** Sizes as a header says them: `8–24`, or one number. */
export function sizesPhrase(sizes: Sizes): Phrase {
  if (sizes.min !== undefined && sizes.max !== undefined && sizes.min !== sizes.max) {
    return say('sizes.range', { min: sizes.min, max: sizes.max });
  }
  if (sizes.desired !== undefined && sizes.min === undefined) return say('sizes.count', { count: sizes.desired });
  if (sizes.min !== undefined && sizes.max !== undefined) return say('sizes.count', { count: sizes.min });
  return sizes.min !== undefined ? say('sizes.min', { min: sizes.min }) : say('sizes.max', { max: sizes.max ?? 0 });
}

/** The digit a size ends in: Korean particles follow its reading. */
export function lastDigit(sizes: Sizes): number {
  return Math.abs(sizes.max ?? sizes.desired ?? sizes.min ?? 0) % 10;
}

/** A button that carries a command; a change among them opens its plan. */
export function run(
  label: ReplyKey,
  intent: Intent,
  slots: Slots,
  style?: Button['style'],
  args?: Record<string, Arg>,
): Action {
  const button: Action = { kind: 'button', label: say(label, args), click: { command: { intent, slots } } };
  return style ? { ...button, style } : button;
}

/** Asks the same again and shows it in the same message. */
export function refresh(intent: Intent, slots: Slots): Action {
  return { kind: 'button', label: say('button.refresh'), click: { command: { intent, slots }, refresh: true } };
}

/** A plain sentence with no header: a question, an answer, a refusal. */
export function sentence(
  reason: Phrase,
  options: { sign?: Sign; more?: Phrase[]; actions?: Action[]; foot?: Phrase[] } = {},
): Reply {
  const first: Line = { parts: [reason], strong: true, ...(options.sign ? { sign: options.sign } : {}) };
  return {
    parts: [{ kind: 'lines', lines: [first, ...(options.more ?? []).map((part) => ({ parts: [part] }))] }],
    ...(options.actions ? { actions: options.actions } : {}),
    ...(options.foot ? { foot: options.foot } : {}),
  };
}

/** The command with one more slot filled. */
export function fill(command: Command, slots: Slots): Command {
  return { intent: command.intent, slots: { ...command.slots, ...slots } };
}
