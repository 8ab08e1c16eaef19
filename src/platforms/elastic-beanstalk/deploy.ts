// Starting and stopping a deployment of an application version.
import { PlatformError, Refusal } from '../../core/errors.ts';
import type { Artifact, Target } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import { isFor } from '../../aws-errors.ts';
import type { Api } from './api.ts';
import { skew, updateOf } from './history.ts';
import { hasVersion, type Lookups } from './lookups.ts';
import { notReady } from './scale.ts';
import { shareOption } from './settings.ts';

/**
 * Deploys unless an update to this version has begun since the claim, and returns the version label.
 * UpdateEnvironment takes no token, so its events are the only trace of an earlier try. It does not take a version and
 * settings together: a share of the traffic is set first, and the version follows at a later try, once that is in place.
 */
export async function deploy(
  api: Api,
  find: Lookups,
  target: Target,
  { artifact, since, percent }: { artifact: Artifact; since: number; percent?: number },
): Promise<string> {
  const { ref } = artifact;
  const [environment, instances, begun, settings] = await Promise.all([
    find.environment(target),
    find.instances(target),
    updateOf(api, target, ref, since),
    percent === undefined ? undefined : find.settings(target),
  ]);
  if (begun) return ref;
  // After a failed deployment the label is the old one while some instances are not.
  const everywhere = instances.every((one) => one.label === undefined || hasVersion(one, ref));
  if (environment.Status === 'Ready' && environment.VersionLabel === ref && everywhere) return ref;
  // Under way already, before its events say so.
  const reached = instances.some((one) => one.label === ref && (one.deployedAt ?? 0) >= since - skew);
  if (environment.Status === 'Updating' && (environment.VersionLabel === ref || reached)) return ref;
  if (environment.Status !== 'Ready') throw notReady('UpdateEnvironment', environment.Status);
  if (percent !== undefined && settings?.split === undefined) {
    throw new Refusal(say('refuse.no-split', { target: target.name }));
  }
  if (percent !== undefined && settings?.split?.percent !== percent) {
    await api.update(target.region, { EnvironmentId: target.id, OptionSettings: [shareOption(percent)] });
    throw notReady('UpdateEnvironment', 'Updating');
  }
  await api.update(target.region, { EnvironmentId: target.id, VersionLabel: ref });
  return ref;
}

/** Stops the update and has AWS go back. Refuses when it is over or cannot be stopped any more. */
export async function abort(api: Api, find: Lookups, target: Target): Promise<void> {
  const environment = await find.environment(target);
  if (environment.Status === 'Aborting') return;
  const over = new Refusal(say('refuse.over', { target: target.name }));
  if (environment.Status !== 'Updating' || environment.AbortableOperationInProgress === false) throw over;
  try {
    await api.abort(target.region, target.id);
  } catch (error) {
    // It ended between the look and the call.
    if (error instanceof PlatformError && isFor(error, 'busy')) throw over;
    throw error;
  }
}
