// How a plan is named and headed, wherever it is shown.
import { sizesPhrase } from './cards.ts';
import type { Plan } from './records.ts';
import { say, type Phrase, type Reply, type Sign } from './reply.ts';

/** What changes, as a noun phrase: `deploy 1.9.0`, `scale to 8–24`. */
export function changeWord(plan: Pick<Plan, 'change' | 'intent'>): Phrase {
  const { change } = plan;
  switch (change.kind) {
    case 'scale':
      return say('change.scale', { sizes: sizesPhrase(change.sizes) });
    case 'restart':
      return say('change.restart');
    case 'swap':
      return say('change.swap', { other: change.other.name });
    case 'deploy':
      if (change.percent !== undefined)
        return say('change.traffic', { version: change.artifact.label, percent: change.percent });
      return say(isBack(plan) ? 'change.rollback' : 'change.deploy', { version: change.artifact.label });
  }
}

/** Who goes against which locks and freezes, and why. */
export function overridePhrase({ by, why, said }: NonNullable<Plan['override']>): Phrase {
  return say('plan.overrides', { person: { person: by }, holds: said, why });
}

/** Whether it goes back to a version rather than forwards. */
export function isBack({ intent }: Pick<Plan, 'intent'>): boolean {
  return intent === 'Rollback' || intent === 'Undo';
}

/** Header of a plan's card. */
export function head(plan: Plan, sign: Sign, state: Phrase): NonNullable<Reply['header']> {
  return { sign, text: say('header', { target: plan.target.name, state }) };
}
