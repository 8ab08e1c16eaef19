// Updates of an environment, as its events tell them: an update's events share a request id.
import type { EventDescription } from '@aws-sdk/client-elastic-beanstalk';
import type { Artifact, Target, TargetEvent } from '../../core/ports.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';
import { artifactOf, isUsable, labelled } from './versions.ts';

/** Our clock and AWS's may differ by this much. */
export const skew = 120_000;
/** How far before the claim an update may begin that does not say what it deploys. */
const slack = 10_000;

export type Update = {
  startedAt: number;
  endedAt?: number;
  label?: string;
  /** Whether a version was deployed, rather than the configuration changed. */
  deploys: boolean;
  outcome?: 'completed' | 'failed' | 'aborted';
  /** AWS's words for how it ended. */
  words?: string;
};

const patterns = {
  deploys:
    /deploying new version|application deployment|application version was deployed|failed to deploy application|deployment policy enabled/iu,
  start: /environment update is starting|updateEnvironment is starting/iu,
  completed: /environment update completed successfully/iu,
  failed:
    /failed to deploy application|environment update failed|update environment operation is complete, but with errors|unsuccessful command execution|deployment failed/iu,
  aborted: /update was aborted|aborting the environment update|aborting environment update|abort .*completed/iu,
};

/** Updates newest first. https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeEvents.html keeps six weeks. */
async function updates(api: Api, target: Target, since?: number): Promise<Update[]> {
  const { Events = [] } = await api.events(target.region, {
    EnvironmentId: target.id,
    MaxRecords: 1000,
    ...(since === undefined ? {} : { StartTime: new Date(since) }),
  });
  const named = Events.filter((event) => event.RequestId !== undefined);
  return [...Map.groupBy(named, (event) => event.RequestId!).values()].flatMap((group) => oneUpdate(group) ?? []);
}

function oneUpdate(group: readonly EventDescription[]): Update | undefined {
  const said = (pattern: RegExp) => group.find((event) => pattern.test(event.Message ?? ''));
  const label = group.find((event) => event.VersionLabel)?.VersionLabel;
  if (!said(patterns.start) && !(label && said(patterns.completed))) return undefined;
  const aborted = said(patterns.aborted);
  const failed = said(patterns.failed);
  const completed = said(patterns.completed);
  const outcome = aborted ? 'aborted' : failed ? 'failed' : completed ? 'completed' : undefined;
  // The instance's own complaint says more than "failed to deploy".
  const words = (aborted ?? said(/command failed on instance/iu) ?? failed)?.Message;
  const times = group.map((event) => event.EventDate?.getTime() ?? 0);
  return {
    startedAt: Math.min(...times),
    ...(label ? { label } : {}),
    deploys: label !== undefined || said(patterns.deploys) !== undefined,
    ...(outcome ? { outcome, endedAt: Math.max(...times) } : {}),
    ...(words ? { words } : {}),
  };
}

/**
 * The update an operation made, as far as events show: the newest one, to its version or, as AWS often leaves the label
 * out, to any. What was over when the operation was claimed is somebody else's, however little our clocks agree; what
 * another update came after is too.
 */
export async function updateOf(api: Api, target: Target, label: string, since: number): Promise<Update | undefined> {
  const [newest] = (await updates(api, target, since - skew)).toSorted((a, b) => b.startedAt - a.startedAt);
  if (!newest?.deploys || (newest.label ?? label) !== label) return undefined;
  if (newest.label === undefined && newest.startedAt < since - slack) return undefined;
  return newest.endedAt !== undefined && newest.endedAt < since ? undefined : newest;
}

/**
 * The version that ran well before: the one that is meant to run where a failed deployment left others behind, else the
 * one whose update completed before the current one's, as far as events name versions and it can still be deployed.
 */
export async function previous(api: Api, find: Lookups, target: Target): Promise<Artifact | undefined> {
  const [environment, instances, all] = await Promise.all([
    find.environment(target),
    find.instances(target),
    updates(api, target),
  ]);
  const now = environment.VersionLabel;
  const isMixed = instances.some((one) => one.label !== undefined && one.label !== now);
  const label = environment.Status === 'Ready' && isMixed ? now : labelBefore(all, now);
  const version = label && (await labelled(api, target, label));
  return version && isUsable(version) ? artifactOf(version) : undefined;
}

function labelBefore(all: readonly Update[], now: string | undefined): string | undefined {
  const well = all.filter((one) => one.outcome === 'completed' && one.label !== undefined);
  const newest = well.toSorted((a, b) => b.startedAt - a.startedAt);
  const current = newest.findIndex((one) => one.label === now);
  return newest.slice(current + 1).find((one) => one.label !== now)?.label;
}

/** Events newest first, not before `since`. */
export async function events(api: Api, target: Target, since: number): Promise<TargetEvent[]> {
  const { Events = [] } = await api.events(target.region, {
    EnvironmentId: target.id,
    StartTime: new Date(since),
    MaxRecords: 200,
  });
  return Events.map((event): TargetEvent => ({
    at: event.EventDate?.getTime() ?? 0,
    text: event.Message ?? '',
    severity: severityOf(event.Severity),
    ...(event.VersionLabel ? { version: event.VersionLabel } : {}),
  })).toSorted((a, b) => b.at - a.at);
}

function severityOf(severity: string | undefined): TargetEvent['severity'] {
  if (severity === 'ERROR' || severity === 'FATAL') return 'error';
  return severity === 'WARN' ? 'warning' : 'info';
}
