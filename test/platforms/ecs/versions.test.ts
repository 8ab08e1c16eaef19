// What a version means, on a simulated account.
import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../src/core/errors.ts';
import { account, failure, operation, registry } from './account.ts';

describe('the version to deploy', () => {
  it('is the digest of a tag, from the repository that runs, under the name that was asked for', async () => {
    const here = await account();

    const byTag = await here.platform.resolve!(here.of, '1.9.0');
    const byReference = await here.platform.resolve!(here.of, `${registry}/api:1.9.0`);
    const byDigest = await here.platform.resolve!(here.of, byTag.ref.split('@')[1]!);

    expect(byTag).toMatchObject({ label: '1.9.0', container: 'api' });
    expect(byTag.ref).toMatch(new RegExp(`^${registry}/api@sha256:[0-9a-f]{64}$`, 'u'));
    expect([byReference, byDigest]).toEqual([byTag, byTag]);
  });

  it('latest is the newest that was pushed, by its own name', async () => {
    const here = await account();
    here.control.addImage('api', '2.0.0');

    expect((await here.platform.resolve!(here.of, 'latest')).label).toBe('2.0.0');
  });

  it.each(['docker.io/evil/api:1.9.0', `999900001111.dkr.ecr.ap-northeast-2.amazonaws.com/api:1.9.0`, 'evil/api'])(
    'is refused from elsewhere: %s',
    async (image) => {
      const here = await account();

      const refused = await failure(here.platform.resolve!(here.of, image));

      const repository = { code: `${registry}/api` };
      expect(refused).toBeInstanceOf(Refusal);
      expect(refused).toMatchObject({ reason: { say: 'refuse.image.foreign', with: { repository } } });
      expect(here.calls('DescribeImages')).toEqual([]);
    },
  );

  it('is taken from another repository that is listed for the target, and for no other target', async () => {
    const listed = `${registry}/cart-api`;
    const here = await account('api-prod', { 'api-prod': [listed] });
    const other = await here.target('catalog-api-prod');

    const artifact = await here.platform.resolve!(here.of, `${listed}:2.7.0`);
    const refused = await failure(here.platform.resolve!(other, `${listed}:2.7.0`));

    expect(artifact).toMatchObject({ label: '2.7.0', container: 'api', ref: expect.stringContaining(`${listed}@`) });
    expect(refused).toMatchObject({ reason: { say: 'refuse.image.foreign' } });
  });

  it('may name its container; of a registry that tells no digest it is refused', async () => {
    const here = await account();

    const named = await here.platform.resolve!(here.of, 'api=1.9.0');
    const refused = await failure(here.platform.resolve!(here.of, 'log-router=2.33.0'));

    expect(named).toMatchObject({ label: '1.9.0', container: 'api' });
    expect(refused).toMatchObject({ reason: { say: 'refuse.version.unusable', with: { why: 'public.ecr.aws' } } });
  });

  it.each([
    { version: 'api-prod:1', label: '1.7.2' },
    { version: 'arn:aws:ecs:ap-northeast-2:111122223333:task-definition/api-prod:1', label: '1.7.2' },
  ])('$version is a task definition of this service, as it is', async ({ version, label }) => {
    const here = await account();

    const artifact = await here.platform.resolve!(here.of, version);
    const handle = await here.platform.deploy!(here.of, { artifact, operation, since: here.now() });

    expect(artifact).toMatchObject({ label, ref: expect.stringMatching(/:task-definition\/api-prod:1$/u) });
    expect(handle).toBe(artifact.ref);
    expect(here.calls('RegisterTaskDefinition')).toEqual([]);
    expect(here.calls('UpdateService')).toHaveLength(1);
  });

  it.each(['1', ':1', '99'])(
    '%s names no task definition, and is unknown where no image has that tag',
    async (version) => {
      const here = await account();

      const refused = await failure(here.platform.resolve!(here.of, version));

      const about = { version: { code: version }, target: 'api-prod' };
      expect(refused).toMatchObject({ name: 'Refusal', reason: { say: 'refuse.version.unknown', with: about } });
    },
  );

  it('that is a bare number is the image of that tag', async () => {
    const here = await account();
    here.control.addImage('api', '1');

    const artifact = await here.platform.resolve!(here.of, '1');

    expect(artifact).toMatchObject({ label: '1', ref: expect.stringContaining(`${registry}/api@sha256:`) });
  });

  it.each(['catalog-api-prod:1', 'api-prod:99', 'arn:aws:ecs:us-west-2:111122223333:task-definition/api-prod:1'])(
    '%s is refused',
    async (version) => {
      const here = await account();

      const refused = await failure(here.platform.resolve!(here.of, version));

      expect(refused).toBeInstanceOf(Refusal);
      expect(here.calls('UpdateService', 'RegisterTaskDefinition')).toEqual([]);
    },
  );
});
