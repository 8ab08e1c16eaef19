// One SDK client a service, region and use, made on first use. Endpoints are the SDK's business (AWS_ENDPOINT_URL).
// Reads and writes are apart: adaptive retries slow a whole client down, and a throttled sweep must not slow a change.
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { ECR } from '@aws-sdk/client-ecr';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticBeanstalk } from '@aws-sdk/client-elastic-beanstalk';
import { awsError } from '../aws-errors.ts';
import { throttledOnly } from './retries.ts';

export type Use = 'read' | 'write';
export type Clients = {
  ecs(region: string, use?: Use): Promise<ECS>;
  scaling(region: string, use?: Use): Promise<ApplicationAutoScaling>;
  ecr(region: string): Promise<ECR>;
  cloudWatch(region: string): Promise<CloudWatch>;
  beanstalk(region: string, use?: Use): Promise<ElasticBeanstalk>;
};

type Context = { commandName?: string };
type Next = (args: object) => Promise<unknown>;
type Stacked = { middlewareStack: { add(middleware: unknown, options: object): void } };

/** Clients whose calls throw PlatformError. `attempts`: how often a read is tried, 4 unless told; a write 3 times when throttled. */
export function clients(platform: string, options: { attempts?: number } = {}): Clients {
  const made = new Map<string, Promise<unknown>>();

  function once<C extends object>(key: string, make: (to: ReturnType<typeof config>) => Promise<C>, use: Use) {
    return async (region: string): Promise<C> => {
      const id = `${key} ${region} ${use}`;
      const found =
        made.get(id) ?? make(config(region, use, options.attempts ?? 4)).then((it) => told(platform, use, it));
      made.set(id, found);
      return found as Promise<C>;
    };
  }

  return {
    ecs: (region, use = 'read') =>
      once('ecs', async (to) => new (await import('@aws-sdk/client-ecs')).ECS(to), use)(region),
    scaling: (region, use = 'read') =>
      once(
        'scaling',
        async (to) => new (await import('@aws-sdk/client-application-auto-scaling')).ApplicationAutoScaling(to),
        use,
      )(region),
    ecr: (region) => once('ecr', async (to) => new (await import('@aws-sdk/client-ecr')).ECR(to), 'read')(region),
    cloudWatch: (region) =>
      once('cloudwatch', async (to) => new (await import('@aws-sdk/client-cloudwatch')).CloudWatch(to), 'read')(region),
    beanstalk: (region, use = 'read') =>
      once(
        'beanstalk',
        async (to) => new (await import('@aws-sdk/client-elastic-beanstalk')).ElasticBeanstalk(to),
        use,
      )(region),
  };
}

function config(region: string, use: Use, attempts: number) {
  const requestHandler = { connectionTimeout: 2000, requestTimeout: 8000, throwOnRequestTimeout: true };
  if (use === 'read') return { region, requestHandler, retryMode: 'adaptive', maxAttempts: attempts };
  return { region, requestHandler, retryStrategy: throttledOnly(3) };
}

/** Maps what any call of the client throws, named by its operation. */
function told<C extends object>(platform: string, use: Use, client: C): C {
  (client as unknown as Stacked).middlewareStack.add(
    (next: Next, context: Context) => async (args: object) => {
      try {
        return await next(args);
      } catch (error) {
        const operation = (context.commandName ?? 'Call').replace(/Command$/u, '');
        throw awsError({ platform, operation, write: use === 'write' }, error);
      }
    },
    { step: 'initialize', priority: 'high', name: 'platformError' },
  );
  return client;
}
