// A platform over a simulated account whose clock moves only when told.
import { onTestFinished, vi } from 'vitest';
import type { Clock, Platform, Progress, Target } from '../../src/core/ports.ts';
import { simAws } from '../../src/sim/aws/server.ts';

export const regions = ['ap-northeast-2', 'us-west-2'];
const start = Date.parse('2026-11-23T11:32:00Z');

export type Simulated = Awaited<ReturnType<typeof simulated>>;
export type Make = (options: { regions: readonly string[]; clock: Clock; attempts: number }) => Platform;

/** Closed when the test is over. The SDK finds the account by its own setting, as in production. */
export async function simulated(make: Make) {
  let now = start;
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const sim = await simAws({ clock });
  vi.stubEnv('AWS_ENDPOINT_URL', sim.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  onTestFinished(() => sim.close());
  const platform = make({ regions, clock, attempts: 2 });
  const step = (seconds: number) => {
    now += seconds * 1000;
  };

  /** The one target of this name in the first region. */
  async function target(name: string): Promise<Target> {
    const { targets } = await platform.list();
    const found = targets.find((one) => one.name === name && one.region === regions[0]);
    if (!found) throw new Error(`no target ${name}`);
    return found;
  }

  /** Looks every ten seconds until the change is over; all that was seen. */
  async function watched(of: Target, about: Parameters<NonNullable<Platform['progress']>>[1], most = 20 * 60) {
    const seen: Progress[] = [];
    for (let passed = 0; passed < most; passed += 10) {
      seen.push(await platform.progress!(of, about));
      const { state } = seen.at(-1)!;
      if (state !== 'running' && state !== 'rolling-back') return seen;
      step(10);
    }
    return seen;
  }

  const calls = (...operations: string[]) => sim.control.calls().filter((call) => operations.includes(call.operation));

  return { platform, control: sim.control, clock, now: () => now, step, target, watched, calls };
}
