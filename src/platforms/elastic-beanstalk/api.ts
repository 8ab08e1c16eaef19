// The AWS calls of the Elastic Beanstalk driver.
import type * as Beanstalk from '@aws-sdk/client-elastic-beanstalk';
import type { ElasticBeanstalk } from '@aws-sdk/client-elastic-beanstalk';
import type { Clients } from '../clients.ts';

export const id = 'elastic-beanstalk';
export type Api = ReturnType<typeof api>;

/** IAM actions behind the calls below. */
export const permissions = [
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'elasticbeanstalk:AbortEnvironmentUpdate',
  'elasticbeanstalk:DescribeApplicationVersions',
  'elasticbeanstalk:DescribeConfigurationSettings',
  'elasticbeanstalk:DescribeEnvironmentHealth',
  'elasticbeanstalk:DescribeEnvironmentResources',
  'elasticbeanstalk:DescribeEnvironments',
  'elasticbeanstalk:DescribeEvents',
  'elasticbeanstalk:DescribeInstancesHealth',
  'elasticbeanstalk:ListTagsForResource',
  'elasticbeanstalk:RestartAppServer',
  'elasticbeanstalk:SwapEnvironmentCNAMEs',
  'elasticbeanstalk:UpdateEnvironment',
] as const;

const policies = 'https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/AWSHowTo.iam.managed-policies.html';

/** Beanstalk changes what lies underneath with the rights of whoever asked it to. */
export const implied = [
  'autoscaling:DescribeAutoScalingGroups',
  'autoscaling:DescribeScalingActivities',
  'autoscaling:PutNotificationConfiguration',
  'autoscaling:ResumeProcesses',
  'autoscaling:SuspendProcesses',
  'autoscaling:UpdateAutoScalingGroup',
  'cloudformation:DescribeStackEvents',
  'cloudformation:DescribeStackResource',
  'cloudformation:DescribeStackResources',
  'cloudformation:DescribeStacks',
  'cloudformation:GetTemplate',
  'cloudformation:UpdateStack',
  'ec2:DescribeInstances',
  'ec2:DescribeSecurityGroups',
  'ec2:DescribeSubnets',
  'ec2:DescribeVpcs',
  'elasticloadbalancing:DescribeLoadBalancers',
  'elasticloadbalancing:DescribeTargetGroups',
  'elasticloadbalancing:DescribeTargetHealth',
  's3:GetBucketLocation',
  's3:GetObject',
  's3:ListBucket',
  's3:PutObject',
].map((action) => ({ action, source: policies }));

/** Calls by region. What they throw is a PlatformError. */
export function api(made: Clients) {
  const read = <T>(region: string, call: (client: ElasticBeanstalk) => Promise<T>): Promise<T> =>
    made.beanstalk(region).then(call);
  const write = <T>(region: string, call: (client: ElasticBeanstalk) => Promise<T>): Promise<T> =>
    made.beanstalk(region, 'write').then(call);

  return {
    /** All environments, or those with these ids; in one answer, as MaxRecords is unset. */
    environments: (region: string, EnvironmentIds?: string[]) =>
      read(region, (it) =>
        it.describeEnvironments({ IncludeDeleted: false, ...(EnvironmentIds ? { EnvironmentIds } : {}) }),
      ),
    settings: (region: string, ApplicationName: string, EnvironmentName: string) =>
      read(region, (it) => it.describeConfigurationSettings({ ApplicationName, EnvironmentName })),
    health: (region: string, EnvironmentId: string, AttributeNames: Beanstalk.EnvironmentHealthAttribute[]) =>
      read(region, (it) => it.describeEnvironmentHealth({ EnvironmentId, AttributeNames })),
    instances: (region: string, EnvironmentId: string, NextToken?: string) =>
      read(region, (it) =>
        it.describeInstancesHealth({ EnvironmentId, AttributeNames: ['HealthStatus', 'Deployment'], NextToken }),
      ),
    resources: (region: string, EnvironmentId: string) =>
      read(region, (it) => it.describeEnvironmentResources({ EnvironmentId })),
    events: (region: string, input: Beanstalk.DescribeEventsCommandInput) =>
      read(region, (it) => it.describeEvents(input)),
    versions: (region: string, input: Beanstalk.DescribeApplicationVersionsCommandInput) =>
      read(region, (it) => it.describeApplicationVersions(input)),
    tags: (region: string, ResourceArn: string) => read(region, (it) => it.listTagsForResource({ ResourceArn })),
    update: (region: string, input: Beanstalk.UpdateEnvironmentCommandInput) =>
      write(region, (it) => it.updateEnvironment(input)),
    restart: (region: string, EnvironmentId: string) => write(region, (it) => it.restartAppServer({ EnvironmentId })),
    swap: (region: string, SourceEnvironmentId: string, DestinationEnvironmentId: string) =>
      write(region, (it) => it.swapEnvironmentCNAMEs({ SourceEnvironmentId, DestinationEnvironmentId })),
    abort: (region: string, EnvironmentId: string) =>
      write(region, (it) => it.abortEnvironmentUpdate({ EnvironmentId })),
  };
}
