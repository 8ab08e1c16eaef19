// ECS on the wire, for answers no simulator gives. Every request has to be expected; what was asked is kept.
import nock from 'nock';
import { onTestFinished, vi } from 'vitest';
import type { Clock, Target } from '../../../src/core/ports.ts';
import { ecs } from '../../../src/platforms/ecs.ts';

type Body = Record<string, unknown>;
type Answer = Body | { status: number; body: string | Body };

const clock: Clock = { now: () => Date.UTC(2026, 10, 23, 9), after: () => () => undefined };

/** A driver on one region whose operations answer what `answers` say, given the request's body. */
export function wired(answers: Record<string, (body: Body) => Answer>, images = {}) {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  const asked: { operation: string; body: Body }[] = [];
  nock.cleanAll();
  nock.disableNetConnect();
  nock(/amazonaws\.com/u)
    .persist()
    .post('/')
    .reply(async (request: Request) => {
      const operation = String(request.headers.get('x-amz-target')).split('.')[1]!;
      const body = (await request.json()) as Body;
      asked.push({ operation, body });
      const answer = answers[operation]?.(body) ?? { status: 501, body: `no answer to ${operation}` };
      const { status, body: said } = 'status' in answer && 'body' in answer ? answer : { status: 200, body: answer };
      return [Number(status), said as Body, { 'content-type': 'application/x-amz-json-1.1' }];
    });
  onTestFinished(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  const platform = ecs({ regions: ['eu-west-1'], clock, images, attempts: 1 });
  return {
    platform,
    asked,
    bodies: (operation: string) => asked.filter((one) => one.operation === operation).map((one) => one.body),
  };
}

export function arn(kind: string, name: string): string {
  return `arn:aws:ecs:eu-west-1:111122223333:${kind}/${name}`;
}

export function target(name: string): Target {
  const place = { platform: 'ecs', account: '111122223333', region: 'eu-west-1', group: 'main' };
  return { ...place, key: `ecs/111122223333/eu-west-1/main/${name}`, name, id: arn('service', `main/${name}`) };
}

/** A steady service as ECS describes it. */
export function service(name: string, more: Body = {}): Body {
  const taskDefinition = arn('task-definition', 'web:7');
  const counts = { desiredCount: 2, runningCount: 2, pendingCount: 0 };
  return {
    serviceName: name,
    serviceArn: arn('service', `main/${name}`),
    status: 'ACTIVE',
    ...counts,
    taskDefinition,
    deployments: [
      { id: 'ecs-svc/1', status: 'PRIMARY', taskDefinition, rolloutState: 'COMPLETED', createdAt: 1.79e9, ...counts },
    ],
    events: [],
    loadBalancers: [],
    ...more,
  };
}

/** What DescribeTaskDefinition answers for `web:7`. */
export function definition(containers: readonly Body[], more: Body = {}, tags: readonly Body[] = []): Body {
  return {
    taskDefinition: {
      taskDefinitionArn: arn('task-definition', 'web:7'),
      family: 'web',
      revision: 7,
      status: 'ACTIVE',
      registeredAt: 1.79e9,
      containerDefinitions: containers,
      ...more,
    },
    tags,
  };
}
