// ECR, reading. https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_Operations.html
import { denied } from './ecs-changes.ts';
import type { Image, Repository } from './ecr-types.ts';
import { awsError } from './errors.ts';
import { hash } from './ids.ts';
import { isParams, items, number, page, required, text, texts, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';

const manifest = 'application/vnd.docker.distribution.manifest.v2+json';

function repositoryOf(
  params: Params,
  { world, region }: Context,
  name = required(params, 'repositoryName'),
): Repository {
  const found = world.repositories.find((it) => it.region === region && it.name === name);
  if (found) return found;
  const words = `The repository with name '${name}' does not exist in the registry with id '${world.account}'`;
  throw awsError('RepositoryNotFoundException', words);
}

function sizeOf(params: Params): number {
  const size = number(params, 'maxResults') ?? 100;
  if (size < 1 || size > 1000) throw awsError('InvalidParameterException', 'maxResults must be between 1 and 1000.');
  return size;
}

function find(repository: Repository, id: Params): Image | undefined {
  const digest = text(id, 'imageDigest');
  const tag = text(id, 'imageTag');
  return repository.images.find(
    (it) => (digest === undefined || it.digest === digest) && (tag === undefined || it.tags.includes(tag)),
  );
}

function tagStatus(params: Params): string {
  return (isParams(params['filter']) ? text(params['filter'], 'tagStatus') : undefined) ?? 'ANY';
}

function isWanted(image: Image, status: string): boolean {
  return status === 'ANY' || (status === 'TAGGED') === image.tags.length > 0;
}

const describeRepositories: Route = (params, context) => {
  const names = texts(params, 'repositoryNames');
  const all = names
    ? names.map((name) => repositoryOf(params, context, name))
    : context.world.repositories.filter((it) => it.region === context.region);
  const found = page(all, sizeOf(params), text(params, 'nextToken'));
  return {
    repositories: found.page.map((it) => ({
      repositoryArn: it.arn,
      registryId: context.world.account,
      repositoryName: it.name,
      repositoryUri: it.uri,
      createdAt: new Date(it.createdAt),
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: { encryptionType: 'AES256' },
    })),
    nextToken: found.next,
  };
};

const describeImages: Route = (params, context) => {
  const repository = repositoryOf(params, context);
  const ids = items(params, 'imageIds');
  const wanted = ids.map((id) => find(repository, id) ?? notFound(repository, id, context));
  const all = ids.length > 0 ? wanted : repository.images.filter((it) => isWanted(it, tagStatus(params)));
  const found = page(all, sizeOf(params), text(params, 'nextToken'));
  return {
    imageDetails: found.page.map((it) => ({
      registryId: context.world.account,
      repositoryName: repository.name,
      imageDigest: it.digest,
      imageTags: it.tags.length > 0 ? it.tags : undefined,
      imageSizeInBytes: it.size,
      imagePushedAt: new Date(it.pushedAt),
      imageManifestMediaType: manifest,
      artifactMediaType: 'application/vnd.docker.container.image.v1+json',
      imageStatus: 'ACTIVE',
    })),
    nextToken: found.next,
  };
};

function notFound(repository: Repository, id: Params, { world }: Context): never {
  const name = `{imageDigest:'${text(id, 'imageDigest') ?? 'null'}', imageTag:'${text(id, 'imageTag') ?? 'null'}'}`;
  const place = `within the repository with name '${repository.name}' in the registry with id '${world.account}'`;
  throw awsError('ImageNotFoundException', `The image with imageId ${name} does not exist ${place}`);
}

const batchGetImage: Route = (params, context) => {
  const repository = repositoryOf(params, context);
  const ids = items(params, 'imageIds');
  if (ids.length === 0 || ids.length > 100) {
    throw awsError('InvalidParameterException', 'imageIds must have between 1 and 100 items.');
  }
  const looked = ids.map((id) => ({ id, image: find(repository, id) }));
  return {
    images: looked.flatMap(({ id, image }) =>
      image
        ? [
            {
              registryId: context.world.account,
              repositoryName: repository.name,
              imageId: { imageDigest: image.digest, imageTag: text(id, 'imageTag') ?? image.tags[0] },
              imageManifest: manifestOf(image),
              imageManifestMediaType: manifest,
            },
          ]
        : [],
    ),
    failures: looked
      .filter(({ image }) => !image)
      .map(({ id }) => ({ imageId: id, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' })),
  };
};

function manifestOf(image: Image): string {
  const config = { mediaType: 'application/vnd.docker.container.image.v1+json', size: 7023 };
  const digest = `sha256:${hash(`config of ${image.digest}`)}`;
  return JSON.stringify({ schemaVersion: 2, mediaType: manifest, config: { ...config, digest }, layers: [] });
}

const listImages: Route = (params, context) => {
  const repository = repositoryOf(params, context);
  const all = repository.images
    .filter((it) => isWanted(it, tagStatus(params)))
    .flatMap((it) =>
      it.tags.length > 0
        ? it.tags.map((imageTag) => ({ imageDigest: it.digest, imageTag }))
        : [{ imageDigest: it.digest }],
    );
  const found = page<unknown>(all, sizeOf(params), text(params, 'nextToken'));
  return { imageIds: found.page, nextToken: found.next };
};

export const ecr: Service = {
  id: 'ecr',
  signing: 'ecr',
  wire: { protocol: 'json', version: '1.1', target: 'AmazonEC2ContainerRegistry_V20150921' },
  routes: {
    DescribeRepositories: describeRepositories,
    DescribeImages: describeImages,
    BatchGetImage: batchGetImage,
    ListImages: listImages,
  },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('ThrottlingException', 'Rate exceeded');
    if (kind === 'error') return awsError('ServerException', 'A server-side error occurred.', 500);
    return awsError('AccessDeniedException', denied(caller, `ecr:${operation}`));
  },
};
