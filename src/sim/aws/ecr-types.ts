// What the simulated ECR keeps, and how others find an image in it.
import type { Bad } from './ecs-types.ts';

export type Image = { digest: string; tags: string[]; pushedAt: number; size: number; bad?: Bad };
export type Repository = { name: string; region: string; arn: string; uri: string; createdAt: number; images: Image[] };

/**
 * The image a container asks for: `outside` when it is no ECR image of this account (pulled from elsewhere, always there),
 * undefined when the repository or the image does not exist.
 */
export function findImage(repositories: readonly Repository[], reference: string): Image | 'outside' | undefined {
  if (!/^\d{12}\.dkr\.ecr\./u.test(reference)) return 'outside';
  const [, uri, tag, digest] = /^([^@:]+)(?::([^@]+))?(?:@(.+))?$/u.exec(reference) ?? [];
  const repository = repositories.find((candidate) => candidate.uri === uri);
  return repository?.images.find((image) =>
    digest === undefined ? image.tags.includes(tag ?? 'latest') : image.digest === digest,
  );
}
