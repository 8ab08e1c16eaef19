// One SDK client a service, region and use, made on first use. Endpoints are the SDK's business (AWS_ENDPOINT_URL).
// Reads and writes are apart: adaptive retries slow a whole client down, and a throttled sweep must not slow a change.
// Where a role is given for it, each operation writes with clients of its own, in its own session.
import type { ApplicationAutoScaling } from '@aws-sdk/client-application-auto-scaling';
import type { CloudWatch } from '@aws-sdk/client-cloudwatch';
import type { ECR } from '@aws-sdk/client-ecr';
import type { ECS } from '@aws-sdk/client-ecs';
import type { ElasticBeanstalk } from '@aws-sdk/client-elastic-beanstalk';
import type { ServiceQuotas } from '@aws-sdk/client-service-quotas';
import { awsError } from '../aws-errors.ts';
import type { Clock } from '../core/ports.ts';
import { bounded } from './bounded.ts';
import { throttledOnly } from './retries.ts';
import { session, sessionNames, sessions, type WriteRole } from './sessions.ts';

export type Use = 'read' | 'write';
export type Clients = {
  ecs(region: string, use?: Use): Promise<ECS>;
  scaling(region: string, use?: Use): Promise<ApplicationAutoScaling>;
  ecr(region: string): Promise<ECR>;
  cloudWatch(region: string): Promise<CloudWatch>;
  beanstalk(region: string, use?: Use): Promise<ElasticBeanstalk>;
  quotas(region: string): Promise<ServiceQuotas>;
};

type Context = { commandName?: string };
type Answered = { output?: { $metadata?: { requestId?: string } } };
type Next = (args: object) => Promise<Answered>;
type Stacked = { middlewareStack: { add(middleware: unknown, options: object): void } };

export type ClientOptions = { clock: Clock; attempts?: number; writeRole?: WriteRole };

/**
 * Clients whose calls throw PlatformError. `attempts`: how often a read is tried, 4 unless told; a write 3 times when
 * throttled. `writeRole`: what operations change things with.
 */
export function clients(platform: string, options: ClientOptions): Clients {
  const made = bounded<object>(500);
  const credentials = options.writeRole && sessions(options.writeRole, options.clock);

  /** A session is settled when a client is asked for: what it does later belongs to it. */
  function signing(region: string, use: Use) {
    const now = use === 'write' ? session() : undefined;
    if (!now || !credentials) return { key: '', with: {} };
    const names = sessionNames(now);
    const key = ` ${names.RoleSessionName} ${names.SourceIdentity}`;
    return { key, with: { credentials: () => credentials(region, names) } };
  }

  function once<C extends object>(key: string, make: (to: ReturnType<typeof config>) => Promise<C>, use: Use) {
    return async (region: string): Promise<C> => {
      const signed = signing(region, use);
      const to = { ...config(region, use, options.attempts ?? 4), ...signed.with };
      const found = made(`${key} ${region} ${use}${signed.key}`, async () => told(platform, use, await make(to)));
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
    quotas: (region) =>
      once(
        'quotas',
        async (to) => new (await import('@aws-sdk/client-service-quotas')).ServiceQuotas(to),
        'read',
      )(region),
    beanstalk: (region, use = 'read') =>
      once(
        'beanstalk',
        async (to) => new (await import('@aws-sdk/client-elastic-beanstalk')).ElasticBeanstalk(to),
        use,
      )(region),
  };
}

/** Tells the operation of a call that may have changed something, also of one without an answer. */
function note(operation: string, answer: Answered['output'], failure?: string): void {
  const id = answer?.$metadata?.requestId ?? '-';
  session()?.called?.([operation, id, ...(failure === undefined ? [] : [failure])].join(' '));
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
      const operation = (context.commandName ?? 'Call').replace(/Command$/u, '');
      try {
        const answer = await next(args);
        if (use === 'write') note(operation, answer.output);
        return answer;
      } catch (error) {
        const known = awsError({ platform, operation, write: use === 'write' }, error);
        if (use === 'write' && error instanceof Error && error !== known)
          note(operation, error as Answered['output'], error.name);
        throw known;
      }
    },
    { step: 'initialize', priority: 'high', name: 'platformError' },
  );
  return client;
}
