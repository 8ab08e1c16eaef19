// What a version means here: a tag, a digest, a revision; always from this container's own repository.
import type { ImageDetail } from '@aws-sdk/client-ecr';
import type { Service } from '@aws-sdk/client-ecs';
import { PlatformError, Refusal } from '../../core/errors.ts';
import type { Artifact, Target, Version } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import type { Api } from './api.ts';
import { applications, ecr, imageOf, labelOf, shortDigest } from './containers.ts';
import type { Defined, Lookups } from './lookups.ts';

type Allowed = Readonly<Record<string, readonly string[]>>;
const most = 20;

/** Tags of the running container's repository, newest first. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
export async function versions(api: Api, find: Lookups, target: Target): Promise<Version[]> {
  const { service, defined, repository, container } = await app(find, target);
  const now = labelOf(service, defined);
  const details = await imagesOf(api, repository);
  return details
    .flatMap((detail) =>
      named(detail).map((tag) => ({
        ...artifact(repository, detail, tag, container),
        state: 'available' as const,
      })),
    )
    .map((version): Version => (version.label === now ? { ...version, state: 'current' } : version))
    .slice(0, most);
}

/** The exact image or task definition a version names. Refuses what does not exist or is another repository's. */
export async function resolve(
  api: Api,
  find: Lookups,
  allowed: Allowed,
  target: Target,
  version: string,
): Promise<Artifact> {
  const { service, defined, repository, container } = await app(find, target);
  const family = defined.definition.family ?? '';
  const revision = new RegExp(`^(?:${escaped(family)}:)?(\\d{1,9})$`, 'u').exec(version);
  if (revision && version.includes(':')) return byRevision(find, target, service, `${family}:${revision[1]}`);
  const asked = imageOf(version);
  const isReference = version.includes('/');
  const from = isReference ? asked.repository : repository;
  if (isReference && from !== repository && !(allowed[target.name] ?? []).includes(from)) {
    throw new Refusal(say('refuse.image.foreign', { image: { code: version }, repository: { code: repository } }));
  }
  if (version === 'latest') return newest(api, target, from, container);
  const digest = asked.digest ?? (/^sha256:[0-9a-f]{64}$/u.test(version) ? version : undefined);
  const tag = isReference ? (asked.tag ?? 'latest') : version;
  const place = placeOf(from, version, target);
  try {
    const imageId = digest ? { imageDigest: digest } : { imageTag: tag };
    const { imageDetails = [] } = await api.images(place.region, { ...where(place), imageIds: [imageId] });
    if (imageDetails[0])
      return artifact(
        from,
        imageDetails[0],
        digest ? (imageDetails[0].imageTags?.[0] ?? shortDigest(digest)) : tag,
        container,
      );
  } catch (error) {
    if (!(error instanceof PlatformError) || !/NotFound|InvalidParameter/u.test(error.code)) throw error;
  }
  throw unknown(target, version, await near(api, from, version));
}

async function byRevision(find: Lookups, target: Target, service: Service, revision: string): Promise<Artifact> {
  const defined = await find.definition(target.region, revision).catch((error: unknown) => {
    if (error instanceof PlatformError && /Client|NotFound/u.test(error.code)) throw unknown(target, revision, []);
    throw error;
  });
  const { taskDefinitionArn: ref, status } = defined.definition;
  if (!ref || status !== 'ACTIVE') throw unknown(target, revision, []);
  return { label: labelOf(service, defined), ref, ...registered(defined) };
}

/** What a task definition is as something to go back to. */
export function whole(service: Service, defined: Defined): Artifact {
  return { label: labelOf(service, defined), ref: defined.definition.taskDefinitionArn ?? '', ...registered(defined) };
}

const registered = ({ definition }: Defined) =>
  definition.registeredAt ? { created: definition.registeredAt.getTime() } : {};

async function newest(api: Api, target: Target, repository: string, container: string): Promise<Artifact> {
  const [detail] = (await imagesOf(api, repository)).filter((one) => (one.imageTags?.length ?? 0) > 0);
  if (!detail) throw unknown(target, 'latest', []);
  const tag = named(detail)[0]!;
  return artifact(repository, detail, tag, container);
}

/** The tags of an image; `latest`, which moves, only where it is the only one. */
function named({ imageTags = [] }: ImageDetail): string[] {
  const fixed = imageTags.filter((tag) => tag !== 'latest');
  return fixed.length > 0 ? fixed : imageTags;
}

async function app(find: Lookups, target: Target) {
  const service = await find.service(target);
  const defined = await find.definition(target.region, service.taskDefinition ?? '');
  const fitting = applications(service, defined);
  const [only] = fitting;
  if (!only?.image || !only.name) throw new Refusal(say('refuse.capability', { target: target.name }));
  if (fitting.length > 1) {
    const containers = fitting.map((one) => one.name).join(', ');
    throw new Refusal(say('refuse.container.which', { target: target.name, containers }));
  }
  return { service, defined, container: only.name, repository: imageOf(only.image).repository };
}

async function imagesOf(api: Api, repository: string): Promise<ImageDetail[]> {
  const place = ecr(repository);
  if (!place) return [];
  const all: ImageDetail[] = [];
  let nextToken: string | undefined;
  do {
    const page = await api.images(place.region, {
      ...where(place),
      filter: { tagStatus: 'TAGGED' },
      maxResults: 1000,
      nextToken,
    });
    all.push(...(page.imageDetails ?? []));
    nextToken = page.nextToken;
  } while (nextToken && all.length < 5000);
  return all.toSorted((a, b) => (b.imagePushedAt?.getTime() ?? 0) - (a.imagePushedAt?.getTime() ?? 0));
}

const where = ({ registryId, repositoryName }: { registryId: string; repositoryName: string }) => ({
  registryId,
  repositoryName,
});

function placeOf(repository: string, version: string, target: Target) {
  const place = ecr(repository);
  // Only ECR can tell us the digest; a tag that may move is not deployed.
  if (!place)
    throw new Refusal(
      say('refuse.version.unusable', { version: { code: version }, target: target.name, why: repository }),
    );
  return place;
}

function artifact(repository: string, detail: ImageDetail, label: string, container: string): Artifact {
  const digest = detail.imageDigest ?? '';
  return {
    label,
    ref: `${repository}@${digest}`,
    digest: shortDigest(digest),
    container,
    ...(detail.imagePushedAt ? { created: detail.imagePushedAt.getTime() } : {}),
  };
}

async function near(api: Api, repository: string, version: string): Promise<string[]> {
  const tags = (await imagesOf(api, repository).catch(() => [])).flatMap((detail) => detail.imageTags ?? []);
  const shared = (tag: string) => tag.split('').findIndex((letter, index) => letter !== version[index]);
  const score = (tag: string) => (shared(tag) < 0 ? tag.length : shared(tag));
  return tags.toSorted((a, b) => score(b) - score(a)).slice(0, 3);
}

function unknown(target: Target, version: string, nearest: readonly string[]): Refusal {
  return new Refusal(
    say('refuse.version.unknown', {
      version: { code: version },
      target: target.name,
      nearest: nearest.join(', ') || 'none',
    }),
  );
}

const escaped = (text: string): string => text.replaceAll(/[^\w-]/gu, String.raw`\$&`);
