// What tests, demos and the local page do to the simulated account from outside of AWS's APIs.
import { awsError } from './errors.ts';
import { faultKinds, type FaultRule, type Faults } from './faults.ts';
import { addImage, addVersion, breakTarget, deploymentRules, load, outside, stateOf } from './interfere.ts';
import type { DeploymentRules, Outside } from './interfere.ts';
import type { Params } from './params.ts';
import type { Translations } from './translate-types.ts';
import type { World } from './world.ts';

/** One call as it was asked and answered; `dropped`: the connection was cut instead of an answer. */
export type Call = {
  at: number;
  service: string;
  operation: string;
  region: string;
  params: Params;
  status: number | 'dropped' | 'garbage';
  caller: string;
};

export type Control = {
  /** Sets, if given, and tells how many times faster than in AWS processes run. */
  speed(factor?: number): number;
  /** From now on this fault strikes the calls it names; several are struck in the order they were added. */
  fault(rule: FaultRule): void;
  /** Ends every fault. */
  clear(): void;
  /** Every call since the start or the last `clearCalls`, oldest first. */
  calls(): Call[];
  clearCalls(): void;
  /** Back to the seed, without faults and calls; the speed stays. */
  reset(): void;
  /** Every resource as plain JSON; times are epoch milliseconds. */
  state(): unknown;
  /** From now on tasks or instances of a target fail this way (`health`, `exit`, `oom`, `missing`, `secret`); `ok` mends it. */
  breakTarget(name: string, how: string): void;
  /** Requests per second that come to a target, at any time of day. */
  load(name: string, rps: number): void;
  /** Pushes an image; `bad` is how its tasks fail, true meaning their health checks. */
  addImage(repository: string, tag: string, options?: { bad?: boolean | string }): void;
  /** A new Beanstalk application version; a bad one fails to deploy. */
  addVersion(application: string, label: string, options?: { bad?: boolean }): void;
  /** Somebody else changes a target: numbers, an image tag or a version label. */
  outside(name: string, change: Outside): void;
  /** How deployments of an ECS service go from now on: where they pause, and which alarms end them. */
  deploymentRules(name: string, rules: DeploymentRules): void;
  /** Requests and characters Translate took so far, in all and by pair (`th-en`); `reset` starts over. */
  translations(): Translations;
  /** Records a call; used by the server alone. */
  note(call: Call): void;
};

type Held = { world: World };

export function control({ held, striking, rebuild }: { held: Held; striking: Faults; rebuild: () => World }): Control {
  let calls: Call[] = [];
  const now = () => {
    held.world.timeline.catchUp();
    return held.world;
  };
  return {
    speed: (factor) => now().timeline.speed(factor),
    fault: (rule) => striking.add(checked(rule)),
    clear: () => striking.clear(),
    calls: () => [...calls],
    clearCalls: () => {
      calls = [];
    },
    reset() {
      const speed = held.world.timeline.speed();
      held.world = rebuild();
      held.world.timeline.speed(speed);
      striking.clear();
      calls = [];
    },
    state: () => stateOf(now()),
    breakTarget: (name, how) => breakTarget(now(), name, how),
    load: (name, rps) => load(now(), name, rps),
    addImage: (repository, tag, options) => addImage(now(), repository, tag, options?.bad),
    addVersion: (application, label, options) => addVersion(now(), application, label, options?.bad ?? false),
    outside: (name, change) => outside(now(), name, change),
    deploymentRules: (name, rules) => deploymentRules(now(), name, rules),
    translations: () => structuredClone(held.world.translations),
    note: (call) => {
      calls.push(call);
      if (calls.length > 20_000) calls.splice(0, 10_000);
    },
  };
}

function checked(rule: FaultRule): FaultRule {
  if (faultKinds.includes(rule.kind)) return rule;
  throw awsError('InvalidFault', `kind must be one of ${faultKinds.join(', ')}`);
}
