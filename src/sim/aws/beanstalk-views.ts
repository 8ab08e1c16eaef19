// Environments, versions, events and settings as Elastic Beanstalk answers them.
import { colorOf, environmentHealth, instanceHealth } from './beanstalk-health.ts';
import { option } from './beanstalk-store.ts';
import type {
  BeanstalkApplication,
  BeanstalkEnvironment,
  BeanstalkVersion,
  Instance,
  OptionSetting,
} from './beanstalk-types.ts';
import { hash } from './ids.ts';
import { environmentAt } from './load.ts';

function endpoint(environment: BeanstalkEnvironment): string {
  if (environment.singleInstance) return '203.0.113.24';
  return `awseb-${environment.id}-${hash(environment.name, 9)}.${environment.region}.elb.amazonaws.com`;
}

/** A deployment in batches or onto new instances can be aborted until it is. */
export function isAbortable({ status, update, options, singleInstance }: BeanstalkEnvironment): boolean {
  const policy = option(options, 'aws:elasticbeanstalk:command', 'DeploymentPolicy', 'AllAtOnce');
  const isUnderWay = status === 'Updating' && update?.label !== undefined && !update.aborting;
  return isUnderWay && policy !== 'AllAtOnce' && !singleInstance;
}

/** Where an environment is reached. */
export function cnameOf({ name, region, cname }: BeanstalkEnvironment): string {
  return cname ?? `${name}.${region}.elasticbeanstalk.com`;
}

/** The version label stays the old one until a deployment has worked; the answer to an update names the new one. */
export function environmentView(environment: BeanstalkEnvironment, now: number, label = environment.label): unknown {
  const { name } = environmentHealth(environment, now);
  const [, , version = '', platform = ''] = /^(.+) (v[\d.]+) running (.+)$/u.exec(environment.solutionStack) ?? [];
  const gone = environment.status === 'Terminated';
  return {
    EnvironmentName: environment.name,
    EnvironmentId: environment.id,
    ApplicationName: environment.application.name,
    VersionLabel: label,
    SolutionStackName: environment.solutionStack,
    PlatformArn: `arn:aws:elasticbeanstalk:${environment.region}::platform/${platform} running on 64bit Amazon Linux 2023/${version.slice(1)}`,
    EndpointURL: endpoint(environment),
    CNAME: cnameOf(environment),
    DateCreated: new Date(environment.createdAt),
    DateUpdated: new Date(environment.updatedAt),
    Status: environment.status,
    AbortableOperationInProgress: isAbortable(environment),
    Health: gone ? 'Grey' : colorOf(name),
    HealthStatus: gone ? 'NoData' : name,
    Tier: { Name: 'WebServer', Type: 'Standard', Version: '1.0' },
    EnvironmentLinks: [],
    EnvironmentArn: environment.arn,
  };
}

function metrics(rps: number, failing: number, p99: number | undefined): unknown {
  const count = Math.round(rps * 10);
  const failed = Math.round(count * failing);
  const slow = p99 ?? 0;
  return {
    Duration: 10,
    RequestCount: count,
    StatusCodes: { Status2xx: count - failed, Status3xx: 0, Status4xx: 0, Status5xx: failed },
    Latency: {
      P999: slow * 1.6,
      P99: slow,
      P95: slow * 0.7,
      P90: slow * 0.5,
      P85: slow * 0.4,
      P75: slow * 0.3,
      P50: slow * 0.2,
      P10: slow * 0.1,
    },
  };
}

/** Only the attributes asked for; the name always. */
export function healthView(environment: BeanstalkEnvironment, now: number, wanted: readonly string[]): unknown {
  const { name, causes } = environmentHealth(environment, now);
  const { rps, failing, p99 } = environmentAt(environment, now);
  const is = (attribute: string) => wanted.includes('All') || wanted.includes(attribute);
  const count = (health: string) =>
    environment.instances.filter((it) => instanceHealth(environment, it, now).name === health).length;
  return {
    EnvironmentName: environment.name,
    HealthStatus: is('HealthStatus') ? name : undefined,
    Status: is('Status') ? environment.status : undefined,
    Color: is('Color') ? colorOf(name) : undefined,
    Causes: is('Causes') ? causes : undefined,
    ApplicationMetrics: is('ApplicationMetrics') ? metrics(rps, failing, p99) : undefined,
    InstancesHealth: is('InstancesHealth')
      ? {
          NoData: 0,
          Unknown: 0,
          Pending: count('Pending'),
          Ok: count('Ok'),
          Info: count('Info'),
          Warning: count('Warning'),
          Degraded: count('Degraded'),
          Severe: count('Severe'),
        }
      : undefined,
    RefreshedAt: is('RefreshedAt') ? new Date(now) : undefined,
  };
}

export function instanceView(
  environment: BeanstalkEnvironment,
  instance: Instance,
  now: number,
  wanted: readonly string[],
): unknown {
  const { name, causes } = instanceHealth(environment, instance, now);
  const { rps, failing, p99, cpu = 0 } = environmentAt(environment, now);
  const is = (attribute: string) => wanted.includes('All') || wanted.includes(attribute);
  const share = rps / Math.max(1, environment.instances.length);
  return {
    InstanceId: instance.id,
    HealthStatus: is('HealthStatus') ? name : undefined,
    Color: is('Color') ? colorOf(name) : undefined,
    Causes: is('Causes') ? causes : undefined,
    LaunchedAt: is('LaunchedAt') ? new Date(instance.launchedAt) : undefined,
    ApplicationMetrics: is('ApplicationMetrics')
      ? metrics(name === 'Pending' ? 0 : share, name === 'Severe' ? 1 : name === 'Ok' ? 0 : failing, p99)
      : undefined,
    System: is('System') ? systemOf(cpu) : undefined,
    Deployment: is('Deployment')
      ? {
          VersionLabel: instance.label,
          DeploymentId: instance.deploymentId,
          Status: instance.deployment,
          DeploymentTime: new Date(instance.deployedAt),
        }
      : undefined,
    AvailabilityZone: is('AvailabilityZone') ? instance.zone : undefined,
    InstanceType: is('InstanceType') ? 't3.medium' : undefined,
  };
}

function systemOf(cpu: number): unknown {
  return {
    CPUUtilization: { User: cpu * 0.8, Nice: 0, System: cpu * 0.2, Idle: 100 - cpu, IOWait: 0, IRQ: 0, SoftIRQ: 0 },
    LoadAverage: [cpu / 50, cpu / 55],
  };
}

export function versionView(application: BeanstalkApplication, version: BeanstalkVersion, account: string): unknown {
  const { name, region } = application;
  return {
    ApplicationVersionArn: `arn:aws:elasticbeanstalk:${region}:${account}:applicationversion/${name}/${version.label}`,
    ApplicationName: name,
    Description: version.description,
    VersionLabel: version.label,
    SourceBundle: { S3Bucket: `elasticbeanstalk-${region}-${account}`, S3Key: `${name}/${version.label}.zip` },
    DateCreated: new Date(version.createdAt),
    DateUpdated: new Date(version.createdAt),
    Status: version.status,
  };
}

export function settingsView(
  environment: BeanstalkEnvironment,
  options: readonly OptionSetting[],
  status: 'deployed' | 'pending',
): unknown {
  return {
    SolutionStackName: environment.solutionStack,
    ApplicationName: environment.application.name,
    EnvironmentName: environment.name,
    DeploymentStatus: status,
    DateCreated: new Date(environment.createdAt),
    DateUpdated: new Date(environment.updatedAt),
    OptionSettings: options.map((it) => ({
      ResourceName: it.resource,
      Namespace: it.namespace,
      OptionName: it.name,
      Value: it.value,
    })),
  };
}
