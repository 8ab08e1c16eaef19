// A task definition as teams really have them: sidecars, secrets by reference, platform, storage, tags.
import type { Params } from './params.ts';
import type { SeedService } from './seed-types.ts';

/** What one would register for `service` with `image` as its main container. */
export function seedTaskDefinition(service: SeedService, image: string, account: string): Params {
  const { app, stage, region, size, port } = service;
  const family = `${app}-${stage}`;
  const here = `${region}:${account}`;
  return {
    family,
    taskRoleArn: `arn:aws:iam::${account}:role/${family}-task`,
    executionRoleArn: `arn:aws:iam::${account}:role/shop-${port === undefined ? 'worker' : 'api'}-exec`,
    networkMode: 'awsvpc',
    requiresCompatibilities: ['FARGATE'],
    cpu: String(size[0]),
    memory: String(size[1]),
    runtimePlatform: { cpuArchitecture: 'X86_64', operatingSystemFamily: 'LINUX' },
    ephemeralStorage: { sizeInGiB: 30 },
    volumes: [{ name: 'scratch', host: {} }],
    containerDefinitions: [main(service, image, here), logRouter(region, family), agent(here, stage, app)],
    tags: [
      { key: 'stage', value: stage },
      { key: 'application', value: app },
      { key: 'team', value: 'shop' },
    ],
  };
}

function main(service: SeedService, image: string, here: string): Params {
  const { app, stage, port, size } = service;
  const check = { command: ['CMD-SHELL', './healthcheck'], interval: 15, timeout: 5, retries: 3, startPeriod: 10 };
  return {
    name: app,
    image,
    cpu: Math.floor(size[0] * 0.8),
    memoryReservation: Math.floor(size[1] * 0.75),
    essential: true,
    portMappings: port === undefined ? [] : [{ name: 'http', containerPort: port, appProtocol: 'http' }],
    environment: [
      { name: 'STAGE', value: stage },
      { name: 'LOG_LEVEL', value: stage === 'prod' ? 'info' : 'debug' },
      { name: 'DD_SERVICE', value: app },
    ],
    secrets: [
      { name: 'DATABASE_URL', valueFrom: `arn:aws:secretsmanager:${here}:secret:shop/${stage}/${app}/database-Ab12Cd` },
      { name: 'SESSION_KEY', valueFrom: `arn:aws:ssm:${here}:parameter/shop/${stage}/${app}/session-key` },
    ],
    mountPoints: [{ sourceVolume: 'scratch', containerPath: '/tmp/scratch', readOnly: false }],
    linuxParameters: { initProcessEnabled: true },
    ulimits: [{ name: 'nofile', softLimit: 65_536, hardLimit: 65_536 }],
    stopTimeout: 30,
    dependsOn: [{ containerName: 'log-router', condition: 'START' }],
    logConfiguration: { logDriver: 'awsfirelens', options: { Name: 'datadog', provider: 'ecs' } },
    ...(port === undefined ? { healthCheck: check } : {}),
  };
}

function logRouter(region: string, family: string): Params {
  return {
    name: 'log-router',
    image: 'public.ecr.aws/aws-observability/aws-for-fluent-bit:2.32.5',
    essential: true,
    memoryReservation: 50,
    user: '0',
    firelensConfiguration: { type: 'fluentbit', options: { 'enable-ecs-log-metadata': 'true' } },
    logConfiguration: {
      logDriver: 'awslogs',
      options: { 'awslogs-group': `/ecs/${family}`, 'awslogs-region': region, 'awslogs-stream-prefix': 'log-router' },
    },
  };
}

function agent(here: string, stage: string, app: string): Params {
  return {
    name: 'datadog-agent',
    image: 'public.ecr.aws/datadog/agent:7.58.1',
    essential: false,
    cpu: 32,
    memory: 256,
    environment: [
      { name: 'ECS_FARGATE', value: 'true' },
      { name: 'DD_TAGS', value: `stage:${stage} app:${app}` },
    ],
    secrets: [
      { name: 'DD_API_KEY', valueFrom: `arn:aws:secretsmanager:${here}:secret:shared/datadog-Xy98Zw:api_key::` },
    ],
  };
}
