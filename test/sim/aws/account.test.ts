import { BatchGetImageCommand, DescribeImagesCommand, ListImagesCommand } from '@aws-sdk/client-ecr';
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ListClustersCommand,
  ListServicesCommand,
  ListTaskDefinitionsCommand,
  ListTagsForResourceCommand,
  TagResourceCommand,
  UpdateServiceCommand,
  CreateClusterCommand,
} from '@aws-sdk/client-ecs';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { ListPlatformVersionsCommand } from '@aws-sdk/client-elastic-beanstalk';
import { describe, expect, it } from 'vitest';
import { account, service, serviceDeployments, tasks } from './account.ts';

describe('the shop', () => {
  it('has one service that runs out of memory, for a reason that can be found', async () => {
    const on = await account();

    const found = await service(on, 'checkout-api-prod');
    const stopped = await tasks(on, 'checkout-api-prod', 'STOPPED');
    const history = await serviceDeployments(on, 'checkout-api-prod');

    expect([found.desiredCount, found.runningCount]).toEqual([8, 5]);
    const killed = stopped.filter((task) => task.containers?.[0]?.exitCode === 137);
    expect(killed.length).toBeGreaterThan(9);
    expect(killed[0]?.containers?.[0]?.reason).toMatch('OutOfMemoryError');
    const oldest = Math.min(...killed.map((task) => Number(task.stoppedAt)));
    expect(Math.round((on.now() - oldest) / 60_000)).toBe(12);
    expect(history.map((one) => one.status)).toEqual(['SUCCESSFUL', 'SUCCESSFUL', 'SUCCESSFUL']);
    expect(found.deploymentConfiguration?.deploymentCircuitBreaker).toEqual({ enable: true, rollback: false });
  });

  it('has every other service steady', async () => {
    const on = await account();
    const names = [
      'api-prod',
      'catalog-api-prod',
      'cart-api-prod',
      'image-worker-prod',
      'mail-worker-prod',
      'search-api-prod',
    ];

    const { services = [] } = await on.ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: names }));

    expect(services).toHaveLength(6);
    for (const one of services) {
      expect([one.serviceName, one.runningCount]).toEqual([one.serviceName, one.desiredCount]);
      expect(one.events?.[0]?.message).toMatch('has reached a steady state.');
    }
  });

  it('has task definitions with sidecars, secrets by reference and read-only members', async () => {
    const on = await account();

    const asked = { taskDefinition: 'api-prod', include: ['TAGS' as const] };
    const { taskDefinition, tags } = await on.ecs.send(new DescribeTaskDefinitionCommand(asked));

    expect(taskDefinition?.containerDefinitions?.map((one) => one.name)).toEqual([
      'api',
      'log-router',
      'datadog-agent',
    ]);
    expect(taskDefinition?.containerDefinitions?.[0]?.secrets?.[0]?.valueFrom).toMatch(/^arn:aws:secretsmanager:/);
    expect(taskDefinition).toMatchObject({
      revision: 2,
      status: 'ACTIVE',
      runtimePlatform: { cpuArchitecture: 'X86_64' },
    });
    expect(taskDefinition?.registeredBy).toMatch('shop-deploy/sora.lee');
    expect(tags).toContainEqual({ key: 'stage', value: 'prod' });
  });

  it('has a service of the same name in another region, and one that CodeDeploy deploys', async () => {
    const on = await account();

    const abroad = await on.ecsUs.send(
      new DescribeServicesCommand({ cluster: 'shop-us', services: ['cart-api-prod'] }),
    );
    const search = await service(on, 'search-api-prod');
    const force = { cluster: 'shop', service: 'search-api-prod', forceNewDeployment: true };

    expect(abroad.services?.[0]?.serviceArn).toMatch('us-west-2');
    expect(search.deploymentController).toEqual({ type: 'CODE_DEPLOY' });
    expect(search.taskSets?.[0]).toMatchObject({ status: 'PRIMARY', runningCount: 3 });
    await expect(on.ecs.send(new UpdateServiceCommand(force))).rejects.toThrow(/CODE_DEPLOY deployment controller/);
  });
});

describe('ECS', () => {
  it('lists ten services a page unless told, and describes ten at most', async () => {
    const on = await account();

    const some = await on.ecs.send(new ListServicesCommand({ cluster: 'shop', maxResults: 5 }));
    const rest = await on.ecs.send(
      new ListServicesCommand({ cluster: 'shop', maxResults: 5, nextToken: some.nextToken }),
    );
    const eleven = new DescribeServicesCommand({
      cluster: 'shop',
      services: Array.from({ length: 11 }, () => 'api-prod'),
    });

    expect([some.serviceArns?.length, rest.serviceArns?.length, rest.nextToken]).toEqual([5, 2, undefined]);
    await expect(on.ecs.send(eleven)).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it('names what it does not find', async () => {
    const on = await account();

    const { failures } = await on.ecs.send(new DescribeServicesCommand({ cluster: 'shop', services: ['ghost'] }));

    expect(failures).toEqual([
      { arn: 'arn:aws:ecs:ap-northeast-2:111122223333:service/shop/ghost', reason: 'MISSING' },
    ]);
    await expect(on.ecs.send(new ListServicesCommand({ cluster: 'ghost' }))).rejects.toMatchObject({
      name: 'ClusterNotFoundException',
    });
  });

  it('refuses to register members that only describing answers with', async () => {
    const on = await account();

    const answer = await fetch(on.url, {
      method: 'POST',
      headers: {
        'x-amz-target': 'AmazonEC2ContainerServiceV20141113.RegisterTaskDefinition',
        authorization: 'AWS4-HMAC-SHA256 Credential=AKID/20261123/ap-northeast-2/ecs/aws4_request',
      },
      body: JSON.stringify({ family: 'x', containerDefinitions: [{ name: 'x', image: 'x' }], revision: 3 }),
    });

    expect(answer.status).toBe(400);
    expect(await answer.json()).toEqual({
      __type: 'InvalidParameterException',
      message: 'Unknown parameter in input: "revision"',
    });
  });

  it('keeps tags and lists task definitions newest first on request', async () => {
    const on = await account();
    const { serviceArn } = await service(on, 'api-prod');

    await on.ecs.send(new TagResourceCommand({ resourceArn: serviceArn, tags: [{ key: 'stage', value: 'canary' }] }));
    const { tags } = await on.ecs.send(new ListTagsForResourceCommand({ resourceArn: serviceArn }));
    const listed = await on.ecs.send(new ListTaskDefinitionsCommand({ familyPrefix: 'api-prod', sort: 'DESC' }));

    expect(tags).toContainEqual({ key: 'stage', value: 'canary' });
    expect(listed.taskDefinitionArns?.map((arn) => arn.split('/').at(-1))).toEqual(['api-prod:2', 'api-prod:1']);
  });
});

describe('ECR', () => {
  it('finds an image by tag and by the digest of that tag', async () => {
    const on = await account();
    const find = (imageIds: object[]) => on.ecr.send(new DescribeImagesCommand({ repositoryName: 'api', imageIds }));

    const byTag = (await find([{ imageTag: '1.9.0' }])).imageDetails?.[0];
    const byDigest = (await find([{ imageDigest: byTag?.imageDigest }])).imageDetails?.[0];

    expect(byDigest?.imageTags).toEqual(['1.9.0', 'latest']);
    await expect(find([{ imageTag: '7.7.7' }])).rejects.toMatchObject({ name: 'ImageNotFoundException' });
  });

  it('lists tags, and says which of several images do not exist', async () => {
    const on = await account();

    const { imageIds = [] } = await on.ecr.send(new ListImagesCommand({ repositoryName: 'api' }));
    const wanted = { repositoryName: 'api', imageIds: [{ imageTag: '1.8.0' }, { imageTag: 'no' }] };
    const { images, failures } = await on.ecr.send(new BatchGetImageCommand(wanted));

    expect(imageIds.map((id) => id.imageTag)).toContain('1.9.1-bad');
    expect(images?.map((image) => image.imageId?.imageTag)).toEqual(['1.8.0']);
    expect(failures).toMatchObject([{ failureCode: 'ImageNotFound', imageId: { imageTag: 'no' } }]);
  });
});

describe('STS', () => {
  it('gives out sessions whose calls are told apart', async () => {
    const on = await account();
    const role = { RoleArn: 'arn:aws:iam::111122223333:role/ops', RoleSessionName: 'op-1', SourceIdentity: 'U1' };

    const { Credentials: made, SourceIdentity } = await on.sts.send(new AssumeRoleCommand(role));
    const credentials = { accessKeyId: made?.AccessKeyId ?? '', secretAccessKey: made?.SecretAccessKey ?? '' };
    const session = new STSClient({ region: 'ap-northeast-2', endpoint: on.url, credentials });
    const { Arn } = await session.send(new GetCallerIdentityCommand({}));
    session.destroy();

    expect(SourceIdentity).toBe('U1');
    expect(Arn).toBe('arn:aws:sts::111122223333:assumed-role/ops/op-1');
    expect(on.control.calls().at(-1)?.caller).toBe(Arn);
  });
});

describe('STS, asked for a session', () => {
  it.each([
    ['op 1', 'U1', "Value 'op 1' at 'roleSessionName'"],
    ['op-1', 'U', "Value 'U' at 'sourceIdentity'"],
    ['x'.repeat(65), 'U1', 'less than or equal to 64'],
  ])('refuses the names %s and %s', async (RoleSessionName, SourceIdentity, words) => {
    const on = await account();
    const role = { RoleArn: 'arn:aws:iam::111122223333:role/ops', RoleSessionName, SourceIdentity };

    await expect(on.sts.send(new AssumeRoleCommand(role))).rejects.toMatchObject({
      name: 'ValidationError',
      message: expect.stringContaining(words),
    });
  });
});

describe('what is not simulated', () => {
  it('is answered as AWS answers an unknown operation', async () => {
    const on = await account();

    await expect(on.ecs.send(new CreateClusterCommand({}))).rejects.toMatchObject({
      name: 'UnknownOperationException',
    });
    await expect(on.beanstalk.send(new ListPlatformVersionsCommand({}))).rejects.toMatchObject({
      name: 'InvalidAction',
    });
    await expect(on.ecs.send(new ListClustersCommand({}))).resolves.toBeDefined();
  });
});
