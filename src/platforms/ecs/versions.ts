// What a version means here: a tag, a digest, a revision; always from this container's own repository.
import type { ContainerDefinition, Service } from '@aws-sdk/client-ecs';
import { Refusal } from '../../core/errors.ts';
import type { Artifact, Target, Version } from '../../core/ports.ts';
import { say } from '../../core/reply.ts';
import { isFor } from '../../aws-errors.ts';
import { unknownVersion } from '../nearest.ts';
import type { Api } from './api.ts';
import { applications, imageOf, labelOf } from './containers.ts';
import { artifactOf, imageBy, placeOf, taggedImages, tagsOf } from './images.ts';
import type { Defined, Lookups } from './lookups.ts';
import { runs } from './status.ts';

/** Further repositories by target name. */
export type Allowed = Readonly<Record<string, readonly string[]>>;
type App = { service: Service; defined: Defined };
/** A version as somebody wrote it: `web=1.2`, `registry/repository:1.2`, `1.2`, `sha256:...`. */
type Asked = { container?: string; repository?: string; tag?: string; digest?: string };

const most = 20;

/** Tags of the running container's repository, newest first; none where ECR does not hold it. */
export async function versions(api: Api, find: Lookups, target: Target): Promise<Version[]> {
  const app = await appOf(find, target);
  const { container, repository } = chosen(target, app, {}, []);
  const place = placeOf(repository);
  if (!place) return [];
  const now = labelOf(app.service, app.defined);
  const images = (await taggedImages(api, place)).slice(0, most);
  return images
    .flatMap((image) => tagsOf(image).map((tag) => artifactOf(repository, image, tag, container)))
    .map((artifact): Version => ({ ...artifact, state: artifact.label === now ? 'current' : 'available' }))
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
  const app = await appOf(find, target);
  const family = app.defined.definition.family ?? '';
  const revision = revisionIn(version, family, runs(app.service));
  if (revision) return byRevision(find, target, app.service, revision);
  const asked = askedFor(version, app);
  const { container, repository } = chosen(target, app, asked, allowed[target.name] ?? []);
  const place = placeOf(repository);
  if (!place) throw notEcr(target, version, repository);
  const { digest, tag = 'latest' } = asked;
  if (tag === 'latest' && !digest) {
    const [newest] = await taggedImages(api, place);
    if (newest) return artifactOf(repository, newest, tagsOf(newest)[0]!, container);
  }
  const image = await imageBy(api, place, digest ? { imageDigest: digest } : { imageTag: tag });
  if (image) return artifactOf(repository, image, digest ? (tagsOf(image)[0] ?? digest.slice(7, 19)) : tag, container);
  const tags = (await taggedImages(api, place)).flatMap(tagsOf);
  throw unknownVersion(target, version, tags);
}

/** `family:12` or a task definition ARN, of this service's own family, account and region; a bare number is a tag. */
function revisionIn(version: string, family: string, running: string): string | undefined {
  const arn = running.slice(0, running.lastIndexOf('/') + 1);
  const name = arn !== '' && version.startsWith(arn) ? version.slice(arn.length) : version;
  const [, before, number] = /^([\w-]+):(\d{1,9})$/u.exec(name) ?? [];
  return number !== undefined && before === family ? `${family}:${number}` : undefined;
}

/** A task definition as it is, to be deployed without registering anything. */
async function byRevision(find: Lookups, target: Target, service: Service, revision: string): Promise<Artifact> {
  try {
    const defined = await find.freshDefinition(target.region, revision);
    if (defined.definition.status === 'ACTIVE') return whole(service, defined);
  } catch (error) {
    // ECS says ClientException where there is no such revision.
    if (!isFor(error, 'invalid', 'not-found')) throw error;
  }
  throw unknownVersion(target, revision, []);
}

/** What a task definition is as something to go back to. */
export function whole(service: Service, defined: Defined): Artifact {
  const { registeredAt, taskDefinitionArn = '' } = defined.definition;
  const container = applications(service, defined)[0]?.name;
  return {
    label: labelOf(service, defined),
    ref: taskDefinitionArn,
    ...(registeredAt ? { created: registeredAt.getTime() } : {}),
    ...(container ? { container } : {}),
  };
}

function askedFor(version: string, { defined }: App): Asked {
  const names = (defined.definition.containerDefinitions ?? []).flatMap((one) => one.name ?? []);
  const container = names.find((name) => version.startsWith(`${name}=`) || version.startsWith(`${name}:`));
  const rest = container ? version.slice(container.length + 1) : version;
  const digest = /^sha256:[0-9a-f]{64}$/u.test(rest);
  const image = rest.includes('/') ? imageOf(rest) : digest ? { digest: rest } : { tag: rest };
  return { ...image, ...(container ? { container } : {}) };
}

/** The container whose image changes, and the repository it comes from. Refuses a foreign repository, and to guess. */
function chosen(target: Target, { service, defined }: App, asked: Asked, allowed: readonly string[]) {
  const all = defined.definition.containerDefinitions ?? [];
  const fitting = asked.container ? all.filter((one) => one.name === asked.container) : applications(service, defined);
  const { repository } = asked;
  const own = repository === undefined ? fitting : fitting.filter((one) => repositoryOf(one) === repository);
  const found = own.length === 0 && repository !== undefined && allowed.includes(repository) ? fitting : own;
  const [only] = found;
  if (!only?.name && repository !== undefined) {
    const image = [repository, asked.digest ? `@${asked.digest}` : `:${asked.tag ?? 'latest'}`].join('');
    const wanted = fitting[0] ? repositoryOf(fitting[0]) : '';
    throw new Refusal(say('refuse.image.foreign', { image: { code: image }, repository: { code: wanted } }));
  }
  if (!only?.name) throw new Refusal(say('refuse.capability', { target: target.name }));
  if (found.length > 1) {
    const containers = found.map((one) => one.name).join(', ');
    throw new Refusal(say('refuse.container.which', { target: target.name, containers }));
  }
  return { container: only.name, repository: repository ?? repositoryOf(only) };
}

const repositoryOf = (one: ContainerDefinition): string => imageOf(one.image ?? '').repository;

async function appOf(find: Lookups, target: Target): Promise<App> {
  const service = await find.service(target);
  return { service, defined: await find.definition(target.region, runs(service)) };
}

/** Only ECR can tell us the digest; a tag that may move is not deployed. */
function notEcr(target: Target, version: string, repository: string): Refusal {
  const why = repository.split('/')[0]!;
  return new Refusal(say('refuse.version.unusable', { version: { code: version }, target: target.name, why }));
}
