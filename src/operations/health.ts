// The ten minutes after a deployment: if it gets worse, the thread hears why, with the way back on a button. Once.
import { alarmsOf } from '../core/alarms.ts';
import { causePhrase, healthWord, run } from '../core/cards.ts';
import { changeWord } from '../core/plan-words.ts';
import { day, keys, minute, type Last, type Plan, type Watched } from '../core/records.ts';
import { say, type Line, type Reply } from '../core/reply.ts';
import type { Status } from '../core/facts.ts';
import { noteWell } from '../core/well.ts';
import type { World } from '../core/world.ts';

const watchFor = 10 * minute;
const every = minute / 2;
const patience = 8000;
const keyOf = (id: string): string => `health/${id}`;

/** Starts to watch what a plan has left behind; once, however often it is called. */
export async function beginWatch(world: World, plan: Plan): Promise<void> {
  const id = plan.id.replace(/^plan/u, 'health');
  const now = world.clock.now();
  const until = (plan.endedAt ?? now) + watchFor;
  const value: Watched = { kind: 'watched', schema: 1, plan: plan.id, until, worse: 0, state: 'watching' };
  await world.wakeups.at(id, now + every);
  await world.store.put(keyOf(id), value, { ifRev: 0, expires: until + 7 * day });
}

/** Looks once at what is watched. */
export async function healthDue(world: World, id: string): Promise<number | undefined> {
  const found = await world.store.get<Watched>(keyOf(id));
  const plan = found && (await world.store.get<Plan>(keys.plan(found.value.plan)))?.value;
  if (!found || !plan || found.value.state !== 'watching') return undefined;
  const now = world.clock.now();
  const watched = found.value;
  const save = (value: Watched) =>
    world.store.put(keyOf(id), value, { ifRev: found.rev, expires: value.until + 7 * day });
  if (await overtaken(world, plan)) {
    await save({ ...watched, state: 'ended' });
    return undefined;
  }
  const { target } = plan;
  const [status, alarms] = await Promise.all([statusOf(world, plan), alarmsOf(world, target)]);
  const before = watched.alarms ?? alarms;
  const news = (alarms ?? []).filter((name) => !(before ?? []).includes(name));
  const isWorse = status !== undefined && (status.health === 'degraded' || status.health === 'down' || news.length > 0);
  const worse = isWorse ? watched.worse + 1 : 0;
  // Twice in a row: one bad look may be a deployment's last breath.
  if (worse >= 2) {
    if ((await save({ ...watched, worse, state: 'told' })) === undefined) return now;
    await tell(world, plan, status!, news);
    return undefined;
  }
  if (now >= watched.until) {
    if (status && !isWorse && plan.change.kind === 'deploy') await noteWell(world, target, plan.change.artifact);
    await save({ ...watched, state: 'ended' });
    return undefined;
  }
  await save({ ...watched, worse, ...(before ? { alarms: before } : {}) });
  return now + every;
}

/** Something else was done to the target since. */
async function overtaken(world: World, { id, target }: Plan): Promise<boolean> {
  const last = await world.store.get<Last>(keys.lastOf(target.key));
  return last !== undefined && last.value.plan !== id;
}

async function statusOf(world: World, { target }: Plan): Promise<Status | undefined> {
  const status = (await world.inventory.status([target], patience)).get(target.key);
  return status instanceof Error ? undefined : status;
}

async function tell(world: World, plan: Plan, status: Status, news: readonly string[]): Promise<void> {
  const { target, by, place } = plan;
  const about = {
    person: { person: by },
    target: target.name,
    change: changeWord(plan),
    health: healthWord(status.health),
  };
  const lines: Line[] = [
    { sign: status.health === 'down' ? 'down' : 'degraded', parts: [say('health.worse', about)], strong: true },
    ...status.causes.slice(0, 3).map((cause): Line => ({ parts: [causePhrase(cause)] })),
    ...(news.length > 0 ? [{ parts: [say('health.alarms', { names: news.join(', ') })] }] : []),
  ];
  const back =
    plan.change.kind === 'deploy' ? [run('button.rollback', 'Rollback', { target: target.key }, 'primary')] : [];
  const reply: Reply = {
    parts: [{ kind: 'lines', lines }],
    actions: [
      ...back,
      run('button.status', 'Status', { target: target.key }),
      run('button.events', 'Events', { target: target.key }),
    ],
  };
  const thread = place.thread ?? plan.message?.ts;
  const to = { channel: plan.message?.channel ?? place.channel, ...(thread ? { thread } : {}) };
  await world.chat.post(to, reply, plan.locale);
}
