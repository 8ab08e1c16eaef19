// What people want of the bot in a run, and what of it must be true in the end.
import type { ScenarioName } from './draw.ts';
import type { Person } from './person.ts';
import type { Truth } from './account.ts';

export type Scenario = {
  target: string;
  /** Runs it through; what a person would not get past ends it early. */
  run(who: Person): Promise<void>;
  /** Changes that everything going well makes. */
  changes: number;
  /** How a change of it ends, once it was begun. */
  ends: 'done' | 'rolled-back';
  /** Whether a change that ended well shows in AWS. `before`: as it was at first. */
  shows(now: Truth, before: Truth): boolean;
};

async function agreed(who: Person, text: string, button: RegExp) {
  const card = await who.plan(text);
  if (!card || !(await who.click(card, button))) return undefined;
  return who.end(card);
}

const scales = (target: string, min: number, max: number): Scenario => ({
  target,
  changes: 1,
  ends: 'done',
  run: async (who) => void (await agreed(who, `scale ${target} min ${min} max ${max}`, /^Scale to/u)),
  shows: (now) => now.min === min && now.max === max && now.desired >= min && now.desired <= max,
});
const moved = (now: Truth, before: Truth): boolean => now.version !== before.version;

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'scale-ecs': scales('api-prod', 4, 12),
  'scale-beanstalk': scales('shop-web-prod', 5, 10),
  'deploy-ecs': {
    target: 'api-prod',
    changes: 1,
    ends: 'done',
    run: async (who) => void (await agreed(who, 'deploy 1.9.0 to api-prod', /^Deploy 1\.9\.0/u)),
    shows: moved,
  },
  'deploy-beanstalk': {
    target: 'shop-web-prod',
    changes: 1,
    ends: 'done',
    run: async (who) => void (await agreed(who, 'deploy v2.32.0 to shop-web-prod', /^Deploy v2\.32\.0/u)),
    shows: (now) => now.version === 'v2.32.0',
  },
  'deploy-bad': {
    target: 'api-prod',
    changes: 1,
    ends: 'rolled-back',
    run: async (who) => void (await agreed(who, 'deploy 1.9.2-crash to api-prod', /^Deploy 1\.9\.2-crash/u)),
    // It never ends well.
    shows: () => false,
  },
  rollback: {
    target: 'api-prod',
    changes: 1,
    ends: 'done',
    run: async (who) => void (await agreed(who, 'roll back api-prod', /^Roll back/u)),
    shows: moved,
  },
  'deploy-undo': {
    target: 'api-prod',
    changes: 2,
    ends: 'done',
    async run(who) {
      const done = await agreed(who, 'deploy 1.9.0 to api-prod', /^Deploy 1\.9\.0/u);
      if (!done || !who.header(done).endsWith(', done')) return;
      const undo = await who.follow(done, /^Roll back →/u);
      if (undo && (await who.click(undo, /^Roll back/u))) await who.end(undo);
    },
    // There and back again: what shows depends on how far it came.
    shows: (now, before) => moved(now, before) || now.begun > before.begun,
  },
};
