// Application versions: labels of the application the environment belongs to.
import type { ApplicationVersionDescription } from '@aws-sdk/client-elastic-beanstalk';
import { Refusal } from '../../core/errors.ts';
import type { Artifact, Target, Version } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import { unknownVersion } from '../nearest.ts';
import type { Api } from './api.ts';
import type { Lookups } from './lookups.ts';

const most = 20;

/** Failed never worked; Building and Processing may still do, but not now. Unprocessed is checked by AWS when deployed. */
const unusable = ['Failed', 'Building', 'Processing'];

/** Newest first. https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_DescribeApplicationVersions.html */
export async function versions(api: Api, find: Lookups, target: Target): Promise<Version[]> {
  const [environment, all] = await Promise.all([find.environment(target), newestFirst(api, target)]);
  return all.slice(0, most).map((one): Version => {
    const artifact = artifactOf(one);
    const isCurrent = artifact.label === environment.VersionLabel;
    const isBad = !isUsable(one);
    return {
      ...artifact,
      state: isCurrent ? 'current' : isBad ? 'unusable' : 'available',
      ...(isBad && one.Status ? { note: one.Status } : one.Description ? { note: one.Description } : {}),
    };
  });
}

/** The version with this label, or the newest usable one for `latest` (unless a label is just that). */
export async function resolve(api: Api, target: Target, version: string): Promise<Artifact> {
  const exact = await labelled(api, target, version);
  if (exact) return usable(target, exact);
  const all = await newestFirst(api, target);
  const found = version.toLowerCase() === 'latest' ? all.find(isUsable) : sameButCase(all, version);
  if (found) return usable(target, found);
  const labels = all.flatMap((one) => one.VersionLabel ?? []);
  throw unknownVersion(target, version, labels);
}

const time = (one: ApplicationVersionDescription) => one.DateCreated?.getTime() ?? 0;

/** The version of this label, if there is one. */
export async function labelled(api: Api, target: Target, label: string) {
  const { ApplicationVersions = [] } = await api.versions(target.region, {
    ApplicationName: target.group,
    VersionLabels: [label],
  });
  return ApplicationVersions.find((one) => one.VersionLabel === label);
}

export function artifactOf(version: ApplicationVersionDescription): Artifact {
  const label = version.VersionLabel ?? '';
  const created = version.DateCreated?.getTime();
  return { label, ref: label, ...(created === undefined ? {} : { created }) };
}

export function isUsable({ Status }: ApplicationVersionDescription): boolean {
  return !unusable.includes(Status ?? '');
}

function usable(target: Target, version: ApplicationVersionDescription): Artifact {
  if (isUsable(version)) return artifactOf(version);
  const why = version.Status ?? '';
  const label = { code: version.VersionLabel ?? '' };
  throw new Refusal(say('refuse.version.unusable', { version: label, target: target.name, why }));
}

/** `V42` is v42 when only one label reads so. */
function sameButCase(all: readonly ApplicationVersionDescription[], version: string) {
  const wanted = version.toLowerCase();
  const found = all.filter((one) => one.VersionLabel?.toLowerCase() === wanted);
  return found.length === 1 ? found[0] : undefined;
}

async function newestFirst(api: Api, target: Target): Promise<ApplicationVersionDescription[]> {
  const all: ApplicationVersionDescription[] = [];
  let NextToken: string | undefined;
  do {
    const page = await api.versions(target.region, { ApplicationName: target.group, MaxRecords: 1000, NextToken });
    all.push(...(page.ApplicationVersions ?? []));
    NextToken = page.NextToken;
  } while (NextToken);
  return all.toSorted((a, b) => time(b) - time(a));
}
