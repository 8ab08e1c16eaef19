// Broken pieces, each of which must make runs fail: what holds them off is what makes changes safe.
import type { Drawn, ScenarioName } from './draw.ts';
import type { Fault } from './faults.ts';

export type Plant = {
  /** Under src/. */
  file: string;
  /** Exactly once in the file. */
  good: string;
  bad: string;
  /** Where it shows: a scenario and a fault that a sound bot takes without harm. On a busy machine the first may miss. */
  shows: { scenario: ScenarioName; faults: readonly Fault[] };
};

export const plants: Readonly<Record<string, Plant>> = {
  'no-dedup': {
    file: 'core/bot.ts',
    good: 'if (rev === undefined) return undefined;',
    bad: '',
    shows: {
      scenario: 'scale-ecs',
      faults: [1000, 3000, 6000].map((ms) => ({ kind: 'delivery', what: 'duplicate', nth: 1, ms })),
    },
  },
  'no-asking-first': {
    file: 'platforms/ecs/deploy.ts',
    good: '(await registeredBefore(api, find, target, service, change.operation))',
    bad: 'undefined',
    shows: {
      scenario: 'deploy-ecs',
      faults: [{ kind: 'aws', what: 'timeout-after', which: 'change', nth: 2, times: 1 }],
    },
  },
  'ack-before-record': {
    file: 'slack/gate.ts',
    good: 'const accepted = given.bot.accept(request);',
    bad: 'await delivery.acknowledge(); const accepted = given.bot.accept(request);',
    shows: { scenario: 'scale-ecs', faults: [{ kind: 'kill-write', nth: 1, when: 'before' }] },
  },
  'wake-up-deleted-first': {
    file: 'wakeups/sqlite.ts',
    good: 'await handle(id);\n      await file.write(forget);',
    bad: 'await file.write(forget);\n      await handle(id);',
    shows: {
      scenario: 'deploy-ecs',
      faults: [3000, 5000, 2000, 7000].map((at) => ({ kind: 'jump', since: 'change', at, ms: 600_000, kills: true })),
    },
  },
};

/** A run that shows a plant, by one of its faults. */
export function shown(drawn: Drawn, { shows: { scenario, faults } }: Plant, attempt: number): Drawn {
  return { ...drawn, place: 'direct', scenario, faults: [faults[attempt % faults.length]!] };
}
