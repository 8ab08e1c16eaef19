// The container that is the application, and its image taken apart.
import type { ContainerDefinition, Service } from '@aws-sdk/client-ecs';
import type { Defined } from './lookups.ts';

export const operationTag = 'opsjack:operation';
export const versionTag = 'opsjack:version';

/** The containers that could be the application: the load balancer's own, else the essential ones with a port, else the essential ones. */
export function applications(service: Service, { definition }: Defined): ContainerDefinition[] {
  const all = definition.containerDefinitions ?? [];
  const balanced = service.loadBalancers?.map((one) => one.containerName) ?? [];
  const named = all.filter((one) => balanced.includes(one.name));
  if (named.length > 0) return named;
  const essential = all.filter((one) => one.essential !== false);
  const withPort = essential.filter((one) => (one.portMappings?.length ?? 0) > 0);
  if (withPort.length > 0) return withPort;
  // A worker has no port: then the container called like the family is the one, and others are its sidecars.
  const own = essential.filter((one) => one.name !== undefined && (definition.family ?? '').startsWith(one.name));
  return own.length > 0 ? own : essential;
}

export type Image = { repository: string; tag?: string; digest?: string };

/** `registry/repository:tag@sha256:...` taken apart. */
export function imageOf(reference: string): Image {
  const [name = '', digest] = reference.split('@', 2);
  const slash = name.lastIndexOf('/');
  const colon = name.indexOf(':', slash + 1);
  return {
    repository: colon < 0 ? name : name.slice(0, colon),
    ...(colon < 0 ? {} : { tag: name.slice(colon + 1) }),
    ...(digest ? { digest } : {}),
  };
}

/** What people call the version a task definition runs: what we noted, the image's tag, else a short digest. */
export function labelOf(service: Service, defined: Defined): string {
  const noted = defined.tags.find((tag) => tag.key === versionTag)?.value;
  const image = imageOf(applications(service, defined)[0]?.image ?? '');
  // Ours says what its image is only as long as the image is the digest we wrote.
  if (noted && image.digest) return noted;
  return image.tag ?? (image.digest ? shortDigest(image.digest) : 'latest');
}

/** First twelve characters of a digest. */
export const shortDigest = (digest: string): string => digest.replace(/^sha256:/u, '').slice(0, 12);
