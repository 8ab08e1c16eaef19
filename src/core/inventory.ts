// What there is to operate on: every platform's targets, remembered for a minute so that reading a name costs no call.
import type { Clock, Platform, Status, Target } from './ports.ts';
import { PlatformError } from './errors.ts';

export type Inventory = {
  /** All targets, and which platforms and regions did not answer. Waits only when nothing is known yet. */
  all(): Promise<{ targets: readonly Target[]; failed: readonly string[] }>;
  /** Targets by key, name or alias; several where a name exists more than once; by part of a name when nothing fits whole. */
  find(name: string): Promise<Target[]>;
  /** Names that look like this one, nearest first, at most `most`. */
  near(name: string, most: number): Promise<Target[]>;
  platform(target: Target): Platform;
  /** Tags of a target, where its platform tells; a minute old at most. */
  tags(target: Target): Promise<Readonly<Record<string, string>> | undefined>;
  /** State of each target; what did not answer within `within` ms is an error. */
  status(targets: readonly Target[], within: number): Promise<Map<string, Status | Error>>;
};

export type Aliases = Readonly<Record<string, string>>;

const fresh = 60_000;

/** An inventory over platforms. `stages` maps a stage to name patterns that decide it. */
export function inventory(options: {
  platforms: readonly Platform[];
  clock: Clock;
  aliases?: Aliases;
  stages?: Readonly<Record<string, readonly string[]>>;
}): Inventory {
  const { platforms, clock } = options;
  const byId = new Map(platforms.map((one) => [one.id, one]));
  const tagged = new Map<string, { at: number; tags: Promise<Readonly<Record<string, string>> | undefined> }>();
  let known: { targets: readonly Target[]; failed: readonly string[]; at: number } | undefined;
  let loading: Promise<NonNullable<typeof known>> | undefined;

  function load() {
    loading ??= list(platforms)
      .then((found) => {
        const targets = found.targets.map((target) => ({ ...target, stage: stageOf(target, options.stages) }));
        // A platform that fails now keeps the targets it had: a passing fault must not make names unknown.
        const kept = (known?.targets ?? []).filter(
          (old) =>
            (found.failed.includes(old.platform) || found.failed.includes(`${old.platform} ${old.region}`)) &&
            !targets.some((target) => target.key === old.key),
        );
        known = { targets: [...targets, ...kept], failed: found.failed, at: clock.now() };
        return known;
      })
      .finally(() => {
        loading = undefined;
      });
    return loading;
  }

  async function all() {
    if (!known || (known.targets.length === 0 && known.failed.length > 0)) return load();
    // Refreshed beside the answer: load() keeps what is known when it fails.
    if (clock.now() - known.at > fresh) load().catch(() => undefined);
    return known;
  }

  async function find(name: string) {
    const { targets } = await all();
    const { aliases = {} } = options;
    const wanted = (Object.hasOwn(aliases, name) ? aliases[name]! : name).toLowerCase();
    const exact = targets.filter(
      (target) => target.key.toLowerCase() === wanted || target.name.toLowerCase() === wanted,
    );
    if (exact.length > 0) return exact;
    const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
    if (words.length === 0) return [];
    return targets.filter((target) => {
      const parts = target.name.toLowerCase().split(/[^\p{L}\p{N}]+/u);
      return words.every((word) => parts.includes(word));
    });
  }

  async function near(name: string, most: number) {
    const { targets } = await all();
    const wanted = name.toLowerCase();
    return targets
      .map((target) => ({ target, distance: nearness(wanted, target.name.toLowerCase()) }))
      .filter((entry) => entry.distance < 0.5)
      .toSorted((a, b) => a.distance - b.distance || a.target.name.localeCompare(b.target.name))
      .slice(0, most)
      .map((entry) => entry.target);
  }

  function platform(target: Target) {
    const found = byId.get(target.platform);
    if (!found) throw new Error(`no platform ${target.platform}`);
    return found;
  }

  function tags(target: Target) {
    const held = tagged.get(target.key);
    if (held && clock.now() - held.at < fresh) return held.tags;
    const asked = platform(target).tags?.(target) ?? Promise.resolve(undefined);
    const entry = { at: clock.now(), tags: asked.catch(() => undefined) };
    tagged.set(target.key, entry);
    return entry.tags;
  }

  async function status(targets: readonly Target[], within: number) {
    const groups = Map.groupBy(targets, (target) => target.platform);
    const answers = await Promise.all(
      [...groups].map(([id, group]) => before(clock, within, byId.get(id)!.status(group), group, id)),
    );
    return new Map(answers.flatMap((answer) => [...answer]));
  }

  return { all, find, near, platform, tags, status };
}

async function list(platforms: readonly Platform[]) {
  const answers = await Promise.allSettled(platforms.map((platform) => platform.list()));
  const targets: Target[] = [];
  const failed: string[] = [];
  for (const [index, answer] of answers.entries()) {
    if (answer.status === 'rejected') {
      failed.push(platforms[index]!.id);
      continue;
    }
    targets.push(...answer.value.targets);
    failed.push(...answer.value.failed.map((part) => `${platforms[index]!.id} ${part.region}`));
  }
  return { targets: targets.toSorted((a, b) => a.name.localeCompare(b.name) || a.key.localeCompare(b.key)), failed };
}

/** The answer, or an error for each target when it takes too long or fails as a whole. */
function before(
  clock: Clock,
  within: number,
  answer: Promise<Map<string, Status | Error>>,
  targets: readonly Target[],
  id: string,
) {
  return new Promise<Map<string, Status | Error>>((resolve) => {
    const everyone = (error: Error) => resolve(new Map(targets.map((target) => [target.key, error])));
    const late = new PlatformError({
      platform: id,
      operation: 'status',
      code: 'Timeout',
      reason: 'timeout',
      retryable: true,
      unsure: false,
    });
    const cancel = clock.after(within, () => everyone(late));
    answer
      .then(resolve, (error: unknown) => everyone(error instanceof Error ? error : new Error(String(error))))
      .finally(cancel);
  });
}

function stageOf(target: Target, stages: Readonly<Record<string, readonly string[]>> = {}): string | undefined {
  for (const [stage, patterns] of Object.entries(stages)) {
    if (patterns.some((pattern) => matches(pattern, target.name))) return stage;
  }
  return target.stage;
}

/** `*` stands for anything. */
function matches(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = name.indexOf(part, from);
    if (at < 0 || (index === 0 && at !== 0)) return false;
    from = at + part.length;
  }
  return name.endsWith(parts.at(-1)!);
}

/** 0 for the same, towards 1 for nothing alike: edits over length, with a name that contains the other as near. */
function nearness(a: string, b: string): number {
  if (b.includes(a) || a.includes(b)) return 0.1 + Math.abs(a.length - b.length) / 1000;
  return Math.min(edits(a, b), edits(a, b.slice(0, a.length)) + 1) / Math.max(3, Math.min(a.length, b.length));
}

function edits(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
