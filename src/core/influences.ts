// What else moves a target's numbers, or puts them back, as warnings of a plan.
import { sizesPhrase } from './cards.ts';
import type { Influence, Sizes, Target } from './facts.ts';
import { say, type Phrase } from './reply.ts';
import type { World } from './world.ts';

/** Of many schedules the next few are told. */
const most = 3;

/** How long a plan waits for it. */
const patience = 4000;

/** What the platform tells; nothing where it cannot, or not in time: a plan does not fail for it. */
export async function influencesOf(world: World, target: Target): Promise<Influence[]> {
  const { promise: late, resolve } = Promise.withResolvers<undefined>();
  const cancel = world.clock.after(patience, () => resolve(undefined));
  try {
    return (await Promise.race([world.inventory.platform(target).influences?.(target), late])) ?? [];
  } catch (error) {
    world.log.warn({ target: target.key, err: error }, 'what else moves the numbers is not known');
    return [];
  } finally {
    cancel();
  }
}

/** What will move the numbers again, limit them or put them back. */
export function numberWarnings(influences: readonly Influence[], sizes: Sizes, running: number): Phrase[] {
  const schedules = influences.filter((one) => one.kind === 'schedule').filter((one) => differs(one.sizes, sizes));
  const next = schedules.toSorted((a, b) => (a.at ?? Infinity) - (b.at ?? Infinity)).slice(0, most);
  const isFixed = sizes.min === undefined || sizes.min === sizes.max;
  return [
    ...next.map(schedulePhrase),
    ...influences.flatMap((one) => (one.kind === 'policy' && !isFixed ? [policyPhrase(one)] : [])),
    ...influences.flatMap((one) => (one.kind === 'quota' && exceeds(one, sizes, running) ? [quotaPhrase(one)] : [])),
    ...ownerWarnings(influences, 'numbers'),
  ];
}

/** What will put the version back. */
export function versionWarnings(influences: readonly Influence[]): Phrase[] {
  return ownerWarnings(influences, 'version');
}

/** Whether the most there may be takes more than there is; what is in use is at least what runs here. */
function exceeds({ limit, used = 0, each }: Influence & { kind: 'quota' }, sizes: Sizes, running: number): boolean {
  const more = (sizes.desired ?? sizes.max ?? running) - running;
  return more > 0 && Math.max(used, running * each) + more * each > limit;
}

function differs(scheduled: Sizes, { min, max, desired }: Sizes): boolean {
  return (
    (scheduled.min ?? min ?? desired) !== (min ?? desired) || (scheduled.max ?? max ?? desired) !== (max ?? desired)
  );
}

function schedulePhrase({ name, when, at, sizes }: Influence & { kind: 'schedule' }): Phrase {
  const about = { name, sizes: sizesPhrase(sizes) };
  return at === undefined
    ? say('warn.schedule', { ...about, when: { code: when } })
    : say('warn.schedule-at', { ...about, at: { time: at, style: 'day' } });
}

function policyPhrase({ name, metric, value }: Influence & { kind: 'policy' }): Phrase {
  return metric === undefined || value === undefined
    ? say('warn.policy', { name })
    : say('warn.policy-on', { name, metric, value });
}

function quotaPhrase({ name, limit, used }: Influence & { kind: 'quota' }): Phrase {
  return used === undefined ? say('warn.quota', { name, limit }) : say('warn.quota-used', { name, limit, used });
}

function ownerWarnings(influences: readonly Influence[], what: 'numbers' | 'version'): Phrase[] {
  return influences.flatMap((one) => {
    if (one.kind === 'stack') return [say(`warn.stack-${what}`, { name: one.name })];
    return one.kind === 'terraform' ? [say(`warn.terraform-${what}`)] : [];
  });
}
