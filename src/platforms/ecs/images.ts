// Images of an ECR repository. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html
import type { ImageDetail } from '@aws-sdk/client-ecr';
import { isFor } from '../../aws-errors.ts';
import type { Artifact } from '../../core/ports.ts';
import type { Api } from './api.ts';
import { shortDigest } from './containers.ts';

/** Where a repository is; nothing for another registry, which cannot tell us a digest. */
export type Place = { registryId: string; repositoryName: string; region: string };

export function placeOf(repository: string): Place | undefined {
  const found = /^(\d{12})\.dkr[.-]ecr(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws)\/(.+)$/u.exec(
    repository,
  );
  return found ? { registryId: found[1]!, region: found[2]!, repositoryName: found[3]! } : undefined;
}

/** Tagged images, newest first. ECR lists them in no order, so all are read (5,000 at most). */
export async function taggedImages(api: Api, { region, ...where }: Place): Promise<ImageDetail[]> {
  const all: ImageDetail[] = [];
  let nextToken: string | undefined;
  do {
    const page = await api.images(region, { ...where, filter: { tagStatus: 'TAGGED' }, maxResults: 1000, nextToken });
    all.push(...(page.imageDetails ?? []));
    nextToken = page.nextToken;
  } while (nextToken && all.length < 5000);
  return all.filter((one) => (one.imageTags?.length ?? 0) > 0).toSorted((a, b) => pushed(b) - pushed(a));
}

const pushed = (detail: ImageDetail): number => detail.imagePushedAt?.getTime() ?? 0;

/** The one image of this tag or digest; nothing when there is none. */
export async function imageBy(
  api: Api,
  { region, ...where }: Place,
  imageId: { imageTag: string } | { imageDigest: string },
): Promise<ImageDetail | undefined> {
  try {
    return (await api.images(region, { ...where, imageIds: [imageId] })).imageDetails?.[0];
  } catch (error) {
    // A tag with letters ECR does not take is one that does not exist.
    if (isFor(error, 'not-found', 'invalid')) return undefined;
    throw error;
  }
}

/** The tags of an image; `latest`, which moves, only where it is the only one. */
export function tagsOf({ imageTags = [] }: ImageDetail): string[] {
  const fixed = imageTags.filter((tag) => tag !== 'latest');
  return fixed.length > 0 ? fixed : imageTags;
}

/** What is deployed is the digest, under the name that was asked for. */
export function artifactOf(repository: string, detail: ImageDetail, label: string, container: string): Artifact {
  const digest = detail.imageDigest ?? '';
  return {
    label,
    ref: `${repository}@${digest}`,
    digest: shortDigest(digest),
    container,
    ...(detail.imagePushedAt ? { created: detail.imagePushedAt.getTime() } : {}),
  };
}
