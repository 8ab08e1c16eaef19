// What people want of the bot in a run, and what of it must be true in the end.
import type { ScenarioName } from './draw.ts';
import type { Outcome } from '../../src/core/records.ts';
import type { Card, Person } from './person.ts';
import type { Truth } from './account.ts';

/** Who takes part. `pass` lets time go by. */
export type Cast = { alice: Person; jiho: Person; daniel: Person; pass: (ms: number) => void };

export type Scenario = {
  target: string;
  /** More of opsjack.yaml. */
  settings?: string;
  /** Where it must be asked. */
  place?: 'channel';
  /** Runs it through; what a person would not get past ends it early. */
  run(cast: Cast): Promise<void>;
  /** Changes that everything going well makes. */
  changes: number;
  /** How a change of it may end, once it was begun. */
  ends: readonly Outcome[];
  /** Whether changes that ended well show in AWS, so many of them. `before`: as it was at first. */
  shows(now: Truth, before: Truth, done: number): boolean;
};

const minute = 60_000;
const tries = 3;

/** Asks and agrees, again when nothing came of it; the card of the end. */
async function agreed(who: Person, text: string, button: RegExp, then?: (card: Card) => Promise<void>) {
  for (let again = 0; again < tries; again++) {
    const card = await who.plan(text);
    if (!card) return undefined;
    if (!(await who.click(card, button))) continue;
    await then?.(card);
    const end = await who.end(card);
    if (!end || !/, (?:not started|expired)$|newer plan$/u.test(who.header(end))) return end;
  }
  return undefined;
}

const range = (now: Truth, min: number, max: number): boolean => now.min === min && now.max === max;
const scales = (target: string, min: number, max: number): Scenario => ({
  target,
  changes: 1,
  ends: ['done'],
  run: async ({ alice }) => void (await agreed(alice, `scale ${target} min ${min} max ${max}`, /^Scale to/u)),
  shows: (now) => range(now, min, max) && now.desired >= min && now.desired <= max,
});
const deploys = (target: string, version: string): Scenario => ({
  target,
  changes: 1,
  ends: ['done'],
  run: async ({ alice }) => void (await agreed(alice, `deploy ${version} to ${target}`, /^Deploy /u)),
  shows: moved,
});
function moved(now: Truth, before: Truth): boolean {
  return now.version !== before.version;
}

export const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  'scale-ecs': scales('api-prod', 4, 12),
  'scale-beanstalk': scales('shop-web-prod', 5, 10),
  'deploy-ecs': deploys('api-prod', '1.9.0'),
  'deploy-beanstalk': deploys('shop-web-prod', 'v2.32.0'),
  // AWS goes back from it by itself: it never ends well.
  'deploy-bad': { ...deploys('api-prod', '1.9.2-crash'), ends: ['rolled-back'], shows: () => false },
  rollback: {
    ...deploys('api-prod', ''),
    run: async ({ alice }) => void (await agreed(alice, 'roll back api-prod', /^Roll back/u)),
  },
  'deploy-undo': {
    ...deploys('api-prod', '1.9.0'),
    changes: 2,
    async run({ alice }) {
      const done = await agreed(alice, 'deploy 1.9.0 to api-prod', /^Deploy /u);
      if (!done || !alice.header(done).endsWith(', done')) return;
      const undo = await alice.follow(done, /^Roll back →/u);
      if (undo && (await alice.click(undo, /^Roll back/u))) await alice.end(undo);
    },
    shows: (now, before, done) => moved(now, before) === (done === 1),
  },
  'deploy-stop': {
    ...deploys('api-prod', '1.9.0'),
    // Stopped, or over before that reached AWS.
    ends: ['stopped', 'done'],
    async run({ alice }) {
      await agreed(alice, 'deploy 1.9.0 to api-prod', /^Deploy /u, async (card) => {
        if (await alice.sees(card, /^Stop/u)) await alice.click(card, /^Stop/u);
      });
    },
  },
  approval: {
    ...scales('api-prod', 4, 12),
    place: 'channel',
    settings: 'approvals: [{ on: { name: api-prod }, for: [scale], need: 2, from: [S0APPROVE], within: 60 }]\n',
    async run({ alice, jiho, daniel }) {
      await agreed(alice, 'scale api-prod min 4 max 12', /^Scale to/u, async (card) => {
        const approve = async (who: Person) => {
          if (await who.sees(card, /^Approve/u)) await who.click(card, /^Approve/u);
        };
        await Promise.all([approve(jiho), approve(daniel)]);
      });
    },
  },
  temporary: {
    ...scales('api-prod', 4, 12),
    changes: 2,
    async run({ alice, pass }) {
      const done = await agreed(alice, 'scale api-prod min 4 max 12 for 2 hours', /^Scale to/u);
      if (!done || !alice.header(done).endsWith(', done')) return;
      pass(112 * minute);
      await alice.sooner(done, /back to 2–6/u);
      pass(9 * minute);
      await alice.sooner(done, /scale to 2–6, done/u);
    },
    shows: (now, _before, done) => (done === 2 ? range(now, 2, 6) : range(now, 4, 12)),
  },
  later: {
    ...scales('api-prod', 4, 12),
    async run({ alice, pass }) {
      await agreed(alice, 'scale api-prod min 4 max 12 in 30 minutes', /^Scale to/u, async (card) => {
        if (await alice.waits(card)) pass(30 * minute);
      });
    },
  },
};
