// What an image is called, and which container of a task definition is the application.
import type { ContainerDefinition, Service } from '@aws-sdk/client-ecs';
import type { Artifact } from '../core/ports.ts';
import type { Definition } from './ecs-reads.ts';

/** `registry/repository:tag@digest` in its parts. */
export type Image = { repository: string; tag?: string; digest?: string };

export const operationTag = 'opsjack:operation';
/** A digest has no name; this remembers the tag that was asked for. */
export const versionTag = 'opsjack:version';

export function parseImage(image: string): Image {
  const [name = '', digest] = image.split('@');
  const colon = name.lastIndexOf(':');
  const isTag = colon > name.lastIndexOf('/');
  return {
    repository: isTag ? name.slice(0, colon) : name,
    ...(isTag ? { tag: name.slice(colon + 1) } : {}),
    ...(digest ? { digest } : {}),
  };
}

/** `sha256:` and twelve digits: enough to recognise. */
export function shortDigest(digest: string): string {
  return digest.slice(0, 'sha256:'.length + 12);
}

/**
 * Containers that may be the application: the ones a load balancer sends to, else essential ones with a port,
 * else the first essential one. More than one means a person has to say which.
 */
export function applications(service: Service, containers: readonly ContainerDefinition[]): ContainerDefinition[] {
  const balanced = new Set((service.loadBalancers ?? []).flatMap((one) => one.containerName ?? []));
  const behind = containers.filter((one) => balanced.has(one.name ?? ''));
  if (behind.length > 0) return behind;
  const essential = containers.filter((one) => one.essential !== false);
  const open = essential.filter((one) => (one.portMappings ?? []).length > 0);
  if (open.length > 0) return open;
  return (essential.length > 0 ? essential : containers).slice(0, 1);
}

/** What a task definition runs; its ref is the task definition itself, so that it can be gone back to as it is. */
export function artifactOf(service: Service, definition: Definition): Artifact {
  const container = applications(service, definition.containers)[0];
  const image = parseImage(container?.image ?? '');
  const said = definition.tags.find((tag) => tag.key === versionTag)?.value;
  const short = image.digest && shortDigest(image.digest);
  const label = image.tag ?? (short && said) ?? short ?? `${definition.family}:${definition.revision}`;
  return {
    label,
    ref: definition.arn,
    ...(definition.registeredAt === undefined ? {} : { created: definition.registeredAt }),
    ...(short ? { digest: short } : {}),
    ...(container?.name ? { container: container.name } : {}),
  };
}
