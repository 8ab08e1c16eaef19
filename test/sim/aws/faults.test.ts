import { DescribeScalableTargetsCommand } from '@aws-sdk/client-application-auto-scaling';
import { DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeRepositoriesCommand } from '@aws-sdk/client-ecr';
import { DescribeServicesCommand, ListClustersCommand, UpdateServiceCommand } from '@aws-sdk/client-ecs';
import { DescribeEnvironmentsCommand } from '@aws-sdk/client-elastic-beanstalk';
import { RecognizeTextCommand } from '@aws-sdk/client-lex-runtime-v2';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { TranslateTextCommand } from '@aws-sdk/client-translate';
import { describe, expect, it } from 'vitest';
import { account, service, type Account } from './account.ts';
import { bot, ids } from './lex-bot.ts';

const asks: Record<string, (on: Account) => Promise<unknown>> = {
  ecs: (on) => on.ecs.send(new ListClustersCommand({})),
  'application-autoscaling': (on) => on.scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: 'ecs' })),
  elasticbeanstalk: (on) => on.beanstalk.send(new DescribeEnvironmentsCommand({})),
  cloudwatch: (on) => on.cloudwatch.send(new DescribeAlarmsCommand({})),
  ecr: (on) => on.ecr.send(new DescribeRepositoriesCommand({})),
  sts: (on) => on.sts.send(new GetCallerIdentityCommand({})),
  lex: (on) => on.lex.send(new RecognizeTextCommand({ ...ids, localeId: 'en_US', sessionId: 'one', text: 'hi' })),
  translate: (on) =>
    on.translate.send(new TranslateTextCommand({ Text: 'hi', SourceLanguageCode: 'en', TargetLanguageCode: 'th' })),
};

const scale = (on: Account, desiredCount: number) =>
  on.ecs.send(new UpdateServiceCommand({ cluster: 'shop', service: 'api-prod', desiredCount }));

describe.each(Object.keys(asks))('a fault of %s', (id) => {
  const ask = (on: Account) => asks[id]?.(on);

  it('is a throttle, a denial or an error in the words its clients know, as often as asked', async () => {
    const on = await account({ lex: [bot()] });
    on.control.fault({ service: id, kind: 'throttle', times: 2 });
    on.control.fault({ service: id, kind: 'deny', times: 1 });
    on.control.fault({ service: id, kind: 'error', times: 1 });

    await expect(ask(on)).rejects.toMatchObject({ name: expect.stringMatching(/^Throttling(Exception)?$/) });
    await expect(ask(on)).rejects.toMatchObject({ $retryable: undefined, message: 'Rate exceeded' });
    await expect(ask(on)).rejects.toMatchObject({ name: expect.stringMatching(/^AccessDenied(Exception)?$/) });
    await expect(ask(on)).rejects.toMatchObject({ $metadata: { httpStatusCode: 500 } });
    await expect(ask(on)).resolves.toBeDefined();
  });

  it('can be an answer nobody can read, or none', async () => {
    const on = await account({ lex: [bot()] });
    on.control.fault({ service: id, kind: 'garbage', times: 1 });
    on.control.fault({ service: id, kind: 'timeout-before', times: 1 });

    await expect(ask(on)).rejects.toBeInstanceOf(Error);
    await expect(ask(on)).rejects.toBeInstanceOf(Error);

    await expect(ask(on)).resolves.toBeDefined();
    expect(on.control.calls().map((call) => call.status)).toEqual(['garbage', 'dropped', 200]);
  });
});

describe('a connection that is cut', () => {
  it('after the change leaves the change made', async () => {
    const on = await account();
    on.control.fault({ operation: 'UpdateService', kind: 'timeout-after', times: 1 });

    await expect(scale(on, 5)).rejects.toBeInstanceOf(Error);

    expect((await service(on, 'api-prod')).desiredCount).toBe(5);
  });

  it('before the change leaves it undone', async () => {
    const on = await account();
    on.control.fault({ operation: 'UpdateService', kind: 'timeout-before', times: 1 });

    await expect(scale(on, 5)).rejects.toBeInstanceOf(Error);

    expect((await service(on, 'api-prod')).desiredCount).toBe(3);
  });
});

describe('faults', () => {
  it('strike only the operation and region they name, until they are cleared', async () => {
    const on = await account();
    on.control.fault({ service: 'ecs', region: 'us-west-2', operation: 'ListClusters', kind: 'error' });
    const abroad = () => on.ecsUs.send(new ListClustersCommand({}));

    await expect(abroad()).rejects.toBeInstanceOf(Error);
    await expect(abroad()).rejects.toBeInstanceOf(Error);
    await expect(on.ecs.send(new ListClustersCommand({}))).resolves.toBeDefined();
    await expect(
      on.ecsUs.send(new DescribeServicesCommand({ cluster: 'shop-us', services: ['cart-api-prod'] })),
    ).resolves.toBeDefined();
    on.control.clear();

    await expect(abroad()).resolves.toMatchObject({ clusterArns: [expect.stringContaining('shop-us')] });
  });

  it('of a kind that does not exist are refused', async () => {
    const on = await account();

    const answer = await fetch(`${on.url}/_sim/fault`, { method: 'POST', body: '{"kind":"gremlins"}' });

    expect(answer.status).toBe(400);
    expect(await answer.text()).toMatch('kind must be one of');
  });
});
