// A platform with one target that keeps count of what was really done to it, and processes over it that can die.
import { audit, type AuditEntry } from '../../src/core/audit.ts';
import { keptFrom } from '../../src/core/audit-chain.ts';
import { inventory } from '../../src/core/inventory.ts';
import type { Rules } from '../../src/core/grants.ts';
import { policy } from '../../src/core/policy.ts';
import { PlatformError, Refusal } from '../../src/core/errors.ts';
import type { Artifact, Chat, People, Platform, Progress, Sizes, Status, Store, Target } from '../../src/core/ports.ts';
import type { Plan } from '../../src/core/records.ts';
import { say, type Reply } from '../../src/core/reply.ts';
import type { World } from '../../src/core/world.ts';
import type { TestClock } from '../clock.ts';
import { memoryStore } from '../memory.ts';

export const target: Target = {
  key: 'fake/1/here/shop/api-prod',
  platform: 'ecs',
  account: '1',
  region: 'here',
  group: 'shop',
  name: 'api-prod',
  id: 'arn:api-prod',
};
export const artifact = (label: string): Artifact => ({ label, ref: label });

export type Answer = 'takes' | 'denies' | 'is busy' | 'takes and breaks off' | 'breaks off before';

const people: People = { kind: async () => 'member', members: async () => [], profile: async () => undefined };
const anybody: Rules = {
  grants: 'everyone',
  approvals: [],
  order: [],
  ceilings: [],
  sharedChannels: [],
  hash: 'anybody',
};

/** What survives every process: AWS, Slack, the records and the wake-ups. */
export type Account = ReturnType<typeof account>;

/** An account at rest. */
export function account(clock: TestClock) {
  const store = memoryStore(clock);
  const wakeups: { id: string; due: number }[] = [];
  const messages = new Map<string, { reply: Reply; edits: number }>();
  return {
    clock,
    store,
    wakeups,
    messages,
    sizes: { min: 2, max: 6 } as Sizes,
    version: '1.0.0',
    /** What was really done, by operation. */
    done: [] as { operation: string; kind: 'scale' | 'deploy' | 'abort' | 'continue' | 'rollback' }[],
    /** How AWS answers the next changes; it takes them when nothing is left. */
    answers: [] as Answer[],
    /** What AWS shows of a change that runs. */
    progress: 'running' as Progress['state'],
    /** Where a deployment waits. */
    pause: undefined as Progress['pause'],
    /** A record that moved after its end. */
    broken: [] as string[],
  };
}

/** Everything in the audit log, oldest first. */
export async function entries({ store }: Account): Promise<AuditEntry[]> {
  const found: AuditEntry[] = [];
  for await (const { value } of keptFrom(store, 1)) found.push(...value.entries);
  return found;
}

/** A process over the account. `dieIn` counts its calls to the outside; the one it reaches 0 at is its last. */
export function process(world: Account) {
  const life = { dead: false, dieIn: Infinity, lastIsDone: false };

  /** One call to the outside: it is made, or the process dies before or right after it. */
  async function call<T>(work: () => T | Promise<T>): Promise<T> {
    if (life.dead) throw new Error('dead');
    life.dieIn -= 1;
    if (life.dieIn > 0) {
      const value = await work();
      if (life.dead) throw new Error('dead');
      return value;
    }
    life.dead = true;
    if (life.lastIsDone) await work();
    throw new Error('died');
  }

  const store: Store = {
    get: (key) => call(() => world.store.get(key)),
    list: (prefix) => call(() => world.store.list(prefix)),
    delete: (key, rev) => call(() => world.store.delete(key, rev)),
    close: () => world.store.close(),
    put: (key, value, options) =>
      call(async () => {
        const before = key.startsWith('plan/') ? (await world.store.get<Plan>(key))?.value : undefined;
        const rev = await world.store.put(key, value, options);
        if (rev !== undefined && before?.state === 'ended') noteMoved(world, before, value as Plan);
        return rev;
      }),
  };
  const chat: Chat = {
    post: (to, reply) =>
      call(() => {
        const ts = String(world.messages.size + 1);
        world.messages.set(ts, { reply, edits: 0 });
        return { channel: to.channel, ts };
      }),
    update: ({ ts }, reply) =>
      call(() => {
        const edits = (world.messages.get(ts)?.edits ?? 0) + 1;
        world.messages.set(ts, { reply, edits });
      }),
    react: () => call(() => undefined),
  };
  const log = audit({ store: world.store, clock: world.clock, log: { warn: () => undefined } });
  const made: World = {
    clock: world.clock,
    store,
    chat,
    wakeups: {
      at: (id, due) => call(() => void world.wakeups.push({ id, due })),
      start: () => undefined,
      close: async () => undefined,
    },
    inventory: inventory({ platforms: [platform(world, call)], clock: world.clock }),
    reader: { read: async () => ({ locale: 'en-US', confidence: 0, slots: {}, guesses: [] }) },
    policy: policy({ rules: () => anybody, people, tags: async () => undefined }),
    people,
    audit: { ...log, note: (entry) => call(() => log.note(entry)) },
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    defaultLocale: 'en-US',
    locales: ['en-US'],
    translates: false,
    channelLocales: {},
  };
  return { life, world: made };
}

function noteMoved(world: Account, before: Plan, after: Plan): void {
  const same = (['state', 'outcome', 'endedAt', 'cause', 'startedAt'] as const).every(
    (part) => JSON.stringify(before[part]) === JSON.stringify(after[part]),
  );
  if (!same) world.broken.push(`${before.id}: ${before.outcome} became ${after.state} ${after.outcome}`);
}

function platform(world: Account, call: <T>(work: () => T | Promise<T>) => Promise<T>): Platform {
  async function change(operation: string, kind: 'scale' | 'deploy', apply: () => void): Promise<void> {
    const answer = world.answers.shift() ?? 'takes';
    if (answer === 'denies') throw failure('denied', false);
    if (answer === 'is busy') throw failure('throttled', false);
    if (answer === 'breaks off before') throw failure('timeout', true);
    await call(async () => {
      const isNoted = (await entries(world)).some(({ id }) => id === `${operation}/started`);
      if (!isNoted) world.broken.push(`${operation}: changed AWS before its start was noted`);
      apply();
      world.done.push({ operation, kind });
      world.progress = 'running';
    });
    if (answer === 'takes and breaks off') throw failure('timeout', true);
  }
  return {
    id: 'ecs',
    label: 'Fake',
    permissions: [],
    implied: [],
    list: () => call(() => ({ targets: [target], failed: [] })),
    status: () => call(() => new Map([[target.key, status(world)]])),
    async scale(_target, { sizes, operation }) {
      if (await call(() => JSON.stringify(world.sizes) === JSON.stringify(sizes))) return;
      await change(operation, 'scale', () => (world.sizes = sizes));
    },
    // Looks first and acts later, as AWS has it: two at once would both act.
    async deploy(_target, { artifact: wanted, operation }) {
      const own = await call(() => world.done.some((one) => one.operation === operation));
      if (!own) await change(operation, 'deploy', () => (world.version = wanted.label));
      return `handle of ${operation}`;
    },
    progress: () =>
      call(() => {
        const { progress: state, version, pause } = world;
        return { state, capacity: status(world).capacity, steps: [], version, ...(pause ? { pause } : {}) };
      }),
    async resume(_target, { handle = '', hook, action }) {
      if ((await call(() => world.pause?.hook)) !== hook) {
        throw new Refusal(say('refuse.not-waiting', { target: target.name }));
      }
      const answer = world.answers.shift() ?? 'takes';
      if (answer === 'denies') throw failure('denied', false);
      if (answer === 'breaks off before') throw failure('timeout', true);
      await call(() => {
        world.done.push({ operation: handle, kind: action });
        world.pause = undefined;
        if (action === 'rollback') world.progress = 'rolled-back';
      });
      if (answer === 'takes and breaks off') throw failure('timeout', true);
    },
    abort: async (_target, { handle = '' }) => {
      await call(() => {
        if (world.progress !== 'running') throw new Refusal(say('refuse.over', { target: target.name }));
        world.done.push({ operation: handle, kind: 'abort' });
        world.progress = 'rolled-back';
      });
      if (world.answers.shift() === 'takes and breaks off') throw failure('timeout', true);
    },
  };
}

function failure(reason: 'denied' | 'throttled' | 'timeout', unsure: boolean): PlatformError {
  const retryable = reason !== 'denied';
  return new PlatformError({ platform: 'ecs', operation: 'Change', code: reason, reason, retryable, unsure });
}

function status(world: Account): Status {
  const capacity = { unit: 'tasks', desired: 3, running: 3, healthy: 3, pending: 0 } as const;
  return {
    target,
    at: world.clock.now(),
    health: 'healthy',
    causes: [],
    capacity: { ...capacity, ...world.sizes },
    version: artifact(world.version),
    hindrances: {},
    console: 'https://console',
  };
}
