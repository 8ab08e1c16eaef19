// A version to a target: resolved to the exact thing, checked, shown as a plan. Rollback is a deploy of what ran before.
import { Refusal } from '../core/errors.ts';
import { deployHindrance } from '../core/guards.ts';
import { plain, run, sentence } from '../core/cards.ts';
import type { Call, Draft, Handler } from '../core/call.ts';
import { influencesOf, versionWarnings } from '../core/influences.ts';
import type { Artifact, Influence, Platform, Status, Target } from '../core/ports.ts';
import { say, type Action, type Phrase } from '../core/reply.ts';
import { alarmWarnings, loadOf } from '../core/alarms.ts';
import { listed } from '../core/listed.ts';
import { wellEnded } from '../core/well.ts';
import type { World } from '../core/world.ts';
import { statusOf } from './look.ts';

export const deploy: Handler = async (call) => {
  const { platform, target } = deployable(call);
  const { version } = call.command.slots;
  if (version === undefined) throw new Error('deploy needs a version');
  if (call.command.slots.time !== undefined) throw new Refusal(say('refuse.later', { target: target.name }));
  const [status, artifact, influences, load] = await Promise.all([
    statusOf(call.world, target),
    exact(call, platform, target, version),
    influencesOf(call.world, target),
    loadOf(call.world, target),
  ]);
  return withWarnings(planned('Deploy', status, artifact, influences), alarmWarnings(load));
};

export const rollback: Handler = async (call) => {
  const { platform, target } = deployable(call);
  const { version } = call.command.slots;
  const [status, artifact, influences] = await Promise.all([
    statusOf(call.world, target),
    version === undefined ? before(call.world, platform, target) : exact(call, platform, target, version),
    influencesOf(call.world, target),
  ]);
  if (!artifact) throw new Refusal(say('refuse.no-previous', { target: target.name }), await choices(platform, target));
  return planned('Rollback', status, artifact, influences);
};

/** What ran immediately before and ended well, by AWS; where AWS does not remember, by what was watched here. */
async function before(world: World, platform: Platform, target: Target): Promise<Artifact | undefined> {
  const known = await platform.previous?.(target);
  if (known) return known;
  const running = (await statusOf(world, target)).version;
  return (await wellEnded(world, target)).find(({ ref, label }) => ref !== running?.ref && label !== running?.label);
}

function deployable({ target, world }: Call) {
  if (!target) throw new Error('a deploy needs a target');
  const platform = world.inventory.platform(target);
  if (!platform.deploy || !platform.resolve) throw new Refusal(say('refuse.capability', { target: target.name }));
  return { platform, target };
}

/** The artifact a version means; a number of the list just shown stands for its version, `@staging` is what that stage's target of the same name runs. */
export async function exact(
  { world, request }: Call,
  platform: Platform,
  target: Target,
  version: string,
): Promise<Artifact> {
  if (!version.startsWith('@')) return platform.resolve!(target, await listed(world, request.place, target, version));
  const stage = version.slice(1);
  const name = target.stage ? target.name.replace(target.stage, stage) : `${target.name}-${stage}`;
  const sibling = (await world.inventory.find(name)).find(
    (other) => other.platform === target.platform && other.key !== target.key,
  );
  if (!sibling) throw new Refusal(say('refuse.no-sibling', { target: target.name, stage }));
  const running = (await statusOf(world, sibling)).version;
  if (!running) throw new Refusal(say('refuse.no-sibling', { target: target.name, stage }));
  return platform.resolve!(target, running.label);
}

/** The plan of a deployment, or why there is nothing to do. `percent`: the new version's share of the traffic. */
export function planned(
  intent: 'Deploy' | 'Rollback' | 'Promote' | 'Traffic',
  status: Status,
  artifact: Artifact,
  influences: readonly Influence[],
  percent?: number,
): Awaited<ReturnType<Handler>> {
  const { target } = status;
  const hindrance = deployHindrance(status, intent);
  const look = [run('button.status', 'Status', { target: target.key })];
  if (hindrance) throw new Refusal(say(`hindrance.${hindrance}`, { target: target.name }), look);
  const now = status.version;
  // Going back to what AWS still calls the current version mends an update that failed half way.
  const mends = intent === 'Rollback' && status.health !== 'healthy';
  if (now && !mends && (now.ref === artifact.ref || now.label === artifact.label)) {
    const actions = [...look, run('button.restart', 'Restart', { target: target.key })];
    return { reply: sentence(say('deploy.same', { target: target.name, version: artifact.label }), { actions }) };
  }
  const draft: Draft = {
    intent,
    target,
    change: { kind: 'deploy', artifact, ...(percent === undefined ? {} : { percent }) },
    before: { sizes: {}, capacity: status.capacity, ...(now ? { artifact: now } : {}) },
    warnings: [...warnings(status), ...versionWarnings(influences)],
    ...(status.strategy ? { strategy: status.strategy } : {}),
  };
  return { draft };
}

function withWarnings(result: Awaited<ReturnType<Handler>>, more: readonly Phrase[]): Awaited<ReturnType<Handler>> {
  return 'draft' in result ? { draft: { ...result.draft, warnings: [...result.draft.warnings, ...more] } } : result;
}

function warnings({ health }: Status): Phrase[] {
  return health === 'degraded' || health === 'down' ? [say('warn.unwell', { health: say(`health.${health}`) })] : [];
}

/** Versions to go back to, as plans to open: a list, never a guess. */
async function choices(platform: Platform, target: Target): Promise<Action[]> {
  const found = ((await platform.versions?.(target)) ?? []).filter((version) => version.state === 'available');
  if (found.length === 0) return [];
  return [
    {
      kind: 'menu',
      placeholder: say('menu.rollback'),
      options: found.map((version) => ({
        label: plain(version.label),
        click: { command: { intent: 'Rollback', slots: { target: target.key, version: version.label } } },
      })),
    },
  ];
}
