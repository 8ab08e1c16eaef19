// From a seed to a run: who asks for what, on which shape, and what goes wrong.
import { random, type Random } from './random.ts';
import type { AwsKind, Fault, SlackKind, Timed, Which } from './faults.ts';

export const scenarioNames = [
  'scale-ecs',
  'scale-beanstalk',
  'deploy-ecs',
  'deploy-beanstalk',
  'deploy-bad',
  'rollback',
  'deploy-undo',
  'deploy-stop',
  'approval',
  'temporary',
  'later',
] as const;
export type ScenarioName = (typeof scenarioNames)[number];
export type Shape = { replicas: 1 | 2; store: 'sqlite' | 'dynamodb' };
export type Drawn = {
  seed: number;
  scenario: ScenarioName;
  shape: Shape;
  /** Where it is asked: to the bot directly, or in a channel. */
  place: 'direct' | 'channel';
  faults: Fault[];
};

/** What may be drawn; everything unless said. */
export type Limits = { only?: ScenarioName | undefined; shapes: readonly Shape[]; faults?: readonly Fault[] };

/** The run of a seed. The same seed and limits give the same run. */
export function draw(seed: number, limits: Limits): Drawn {
  const by = random(seed);
  const scenario = limits.only ?? by.pick(scenarioNames);
  const shape = by.pick(limits.shapes);
  const place = by.chance(0.6) ? 'direct' : 'channel';
  const faults = [kill(by), ...Array.from({ length: by.int(0, 3) }, () => by.pick(kinds)(by))];
  return { seed, scenario, shape, place, faults: limits.faults ? [...limits.faults] : faults };
}

/** Every run kills at least once. */
function kill(by: Random): Fault {
  return by.pick([killWrite, killWrite, killAws, killAws, killSlack, killAt])(by);
}

const side = (by: Random) => by.pick(['before', 'after'] as const);
const which = (by: Random): { which: Which; nth: number } =>
  by.chance(0.6) ? { which: 'change', nth: by.int(1, 3) } : { which: 'any', nth: by.int(1, 60) };

const time = (by: Random): Timed =>
  by.chance(0.5) ? { since: 'begin', at: by.int(0, 20_000) } : { since: 'change', at: by.int(0, 30_000) };

const killWrite = (by: Random): Fault => ({ kind: 'kill-write', nth: by.int(1, 45), when: side(by) });
const killAws = (by: Random): Fault => ({ kind: 'kill-aws', ...which(by), when: side(by) });
const killSlack = (by: Random): Fault => ({ kind: 'kill-slack', nth: by.int(1, 14), when: side(by) });
const killAt = (by: Random): Fault => ({ kind: 'kill-at', ...time(by) });

const awsKinds: readonly AwsKind[] = [
  'timeout-after',
  'timeout-after',
  'timeout-before',
  'error',
  'throttle',
  'garbage',
  'latency',
];
const slackKinds: readonly SlackKind[] = ['drop-response', 'drop-response', 'http-500', 'latency'];
const deliveries = ['drop', 'delay', 'duplicate', 'duplicate'] as const;

const kinds: readonly ((by: Random) => Fault)[] = [
  kill,
  (by) => ({ kind: 'aws', what: by.pick(awsKinds), ...which(by), times: by.int(1, 4) }),
  (by) => ({ kind: 'aws', what: by.pick(awsKinds), ...which(by), times: by.int(1, 4) }),
  (by) => ({ kind: 'throttled', ...time(by), ms: 60_000 }),
  (by) => ({ kind: 'slack', what: by.pick(slackKinds), nth: by.int(1, 14) }),
  (by) => ({ kind: 'slack-limit', ...time(by), ms: 30_000 }),
  (by) => ({ kind: 'delivery', what: by.pick(deliveries), nth: by.int(1, 3), ms: by.int(0, 20_000) }),
  (by) => ({ kind: 'delivery', what: by.pick(deliveries), nth: by.int(1, 3), ms: by.int(0, 20_000) }),
  (by) => ({ kind: 'socket', what: by.pick(['drop', 'ghost', 'refresh'] as const), ...time(by) }),
  (by) => ({ kind: 'store', nth: by.int(1, 40), times: by.int(1, 3) }),
  (by) => ({
    kind: 'jump',
    ...time(by),
    ms: by.pick([20_000, 60_000, 240_000, 600_000]),
    ...(by.chance(0.4) ? { kills: true } : {}),
  }),
];
