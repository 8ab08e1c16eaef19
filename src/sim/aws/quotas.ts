// Service Quotas: how much an account may have. https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/Welcome.html
import { denied } from './ecs-changes.ts';
import { allServices, taskDefinitionOf } from './ecs-store.ts';
import { awsError } from './errors.ts';
import { required, text } from './params.ts';
import type { Route, Service } from './route.ts';
import type { World } from './world.ts';

/** vCPUs of Fargate On-Demand tasks in a region, which AWS raises on request. */
const vcpus = 48;

/** What the usage metric of the quota counts, as its dimensions say. */
export const fargateUsage = { Type: 'Resource', Resource: 'vCPU', Service: 'Fargate', Class: 'Standard/OnDemand' };

/** vCPUs that run now. */
export function vcpusInUse(world: World, region: string): number {
  const alive = allServices(world, region).flatMap(({ tasks }) =>
    tasks.filter((task) => task.lastStatus !== 'STOPPED'),
  );
  const each = ({ taskDefinition }: { taskDefinition: string }): number =>
    Number(text(taskDefinitionOf(world, region, taskDefinition)?.body ?? {}, 'cpu') ?? 0) / 1024;
  return alive.reduce((sum, task) => sum + each(task), 0);
}

const getServiceQuota: Route = (params, { world, region }) => {
  const service = required(params, 'ServiceCode', 'ValidationException');
  const code = required(params, 'QuotaCode', 'ValidationException');
  if (service !== 'fargate' || code !== 'L-3032A538') {
    throw awsError('NoSuchResourceException', 'The request failed because the specified quota does not exist.');
  }
  return {
    Quota: {
      ServiceCode: service,
      ServiceName: 'AWS Fargate',
      QuotaArn: `arn:aws:servicequotas:${region}:${world.account}:${service}/${code}`,
      QuotaCode: code,
      QuotaName: 'Fargate On-Demand vCPU resource count',
      Value: vcpus,
      Unit: 'None',
      Adjustable: true,
      GlobalQuota: false,
      UsageMetric: {
        MetricNamespace: 'AWS/Usage',
        MetricName: 'ResourceCount',
        MetricDimensions: fargateUsage,
        MetricStatisticRecommendation: 'Maximum',
      },
      QuotaAppliedAtLevel: 'ACCOUNT',
    },
  };
};

export const quotas: Service = {
  id: 'servicequotas',
  signing: 'servicequotas',
  wire: { protocol: 'json', version: '1.1', target: 'ServiceQuotasV20190624' },
  routes: { GetServiceQuota: getServiceQuota },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('TooManyRequestsException', 'Rate exceeded');
    if (kind === 'error') return awsError('ServiceException', 'Something went wrong.', 500);
    return awsError('AccessDeniedException', denied(caller, `servicequotas:${operation}`));
  },
};
