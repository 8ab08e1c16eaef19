// Elastic Beanstalk, the reading operations and the route table.
// https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_Operations.html
import { abortUpdate, updateEnvironment } from './beanstalk-changes.ts';
import { restartAppServer, swapCnames } from './beanstalk-swap.ts';
import { applicationsIn, environmentOf, environmentsIn, refuse } from './beanstalk-store.ts';
import { environmentView, healthView, instanceView, settingsView, versionView } from './beanstalk-views.ts';
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { hash } from './ids.ts';
import { groupName } from './metrics.ts';
import { flag, number, page, required, text, texts, time, type Params } from './params.ts';
import type { Route, Service } from './route.ts';

const severities = ['TRACE', 'DEBUG', 'INFO', 'WARN', 'ERROR', 'FATAL'];

/** One page where MaxRecords asks for pages, otherwise everything. */
function some<T>(all: readonly T[], params: Params, most: number): { page: T[]; next?: string } {
  const size = number(params, 'MaxRecords');
  if (size !== undefined && (size < 1 || size > 1000)) return refuse('MaxRecords must be between 1 and 1000.');
  return page(all, size ?? most, text(params, 'NextToken'), 'InvalidParameterValue');
}

const describeEnvironments: Route = (params, context) => {
  const names = texts(params, 'EnvironmentNames');
  const ids = texts(params, 'EnvironmentIds');
  const application = text(params, 'ApplicationName');
  const label = text(params, 'VersionLabel');
  const back = time(params, 'IncludedDeletedBackTo') ?? 0;
  const found = environmentsIn(context).filter(
    (it) =>
      (!names || names.includes(it.name)) &&
      (!ids || ids.includes(it.id)) &&
      (application === undefined || it.application.name === application) &&
      (label === undefined || it.label === label) &&
      (it.status !== 'Terminated' || (flag(params, 'IncludeDeleted') && it.updatedAt >= back)),
  );
  const { page: shown, next } = some(found, params, Number.POSITIVE_INFINITY);
  const now = context.world.timeline.now();
  return { Environments: shown.map((it) => environmentView(it, now)), NextToken: next };
};

const describeEnvironmentHealth: Route = (params, context) =>
  healthView(environmentOf(params, context), context.world.timeline.now(), texts(params, 'AttributeNames') ?? []);

const describeInstancesHealth: Route = (params, context) => {
  const environment = environmentOf(params, context);
  const now = context.world.timeline.now();
  const wanted = texts(params, 'AttributeNames') ?? [];
  return {
    InstanceHealthList: environment.instances.map((it) => instanceView(environment, it, now, wanted)),
    RefreshedAt: new Date(now),
  };
};

const describeEvents: Route = (params, context) => {
  const is = (name: string, value: string | undefined) => (text(params, name) ?? value) === value;
  const from = time(params, 'StartTime') ?? 0;
  const to = time(params, 'EndTime') ?? Number.POSITIVE_INFINITY;
  const atLeast = severities.indexOf(text(params, 'Severity') ?? 'TRACE');
  const id = text(params, 'EnvironmentId');
  const all = environmentsIn(context)
    .filter((it) => id === undefined || it.id === id)
    .flatMap((it) => it.events)
    .filter((it) => is('ApplicationName', it.application) && is('EnvironmentName', it.environment))
    .filter((it) => is('VersionLabel', it.label) && is('RequestId', it.requestId))
    .filter((it) => it.at >= from && it.at < to && severities.indexOf(it.severity) >= atLeast)
    .toSorted((a, b) => b.at - a.at);
  const { page: shown, next } = some(all, params, 1000);
  return {
    Events: shown.map((it) => ({
      EventDate: new Date(it.at),
      Message: it.message,
      ApplicationName: it.application,
      VersionLabel: it.label,
      EnvironmentName: it.environment,
      RequestId: it.requestId,
      Severity: it.severity,
    })),
    NextToken: next,
  };
};

const describeApplications: Route = (params, context) => {
  const names = texts(params, 'ApplicationNames');
  const found = applicationsIn(context).filter((it) => !names || names.includes(it.name));
  return {
    Applications: found.map((it) => ({
      ApplicationArn: `arn:aws:elasticbeanstalk:${it.region}:${context.world.account}:application/${it.name}`,
      ApplicationName: it.name,
      DateCreated: new Date(it.createdAt),
      DateUpdated: new Date(it.createdAt),
      Versions: it.versions.toReversed().map((version) => version.label),
      ConfigurationTemplates: [],
    })),
  };
};

const describeApplicationVersions: Route = (params, context) => {
  const name = text(params, 'ApplicationName');
  const labels = texts(params, 'VersionLabels');
  const all = applicationsIn(context)
    .filter((it) => name === undefined || it.name === name)
    .flatMap((application) => application.versions.map((version) => ({ application, version })))
    .filter(({ version }) => !labels || labels.includes(version.label))
    .toSorted((a, b) => b.version.createdAt - a.version.createdAt);
  const { page: shown, next } = some(all, params, 1000);
  return {
    ApplicationVersions: shown.map((it) => versionView(it.application, it.version, context.world.account)),
    NextToken: next,
  };
};

/** While an update is on its way there are two: what is deployed and what is pending. */
const describeConfigurationSettings: Route = (params, context) => {
  const application = required(params, 'ApplicationName', 'MissingParameter');
  const environment = environmentOf(params, context);
  if (environment.application.name !== application) {
    return refuse(`No Environment found for EnvironmentName = '${environment.name}'.`);
  }
  const { update, options } = environment;
  const pending = update && update.options !== options ? [settingsView(environment, update.options, 'pending')] : [];
  return { ConfigurationSettings: [settingsView(environment, options, 'deployed'), ...pending] };
};

const describeEnvironmentResources: Route = (params, context) => {
  const { name, id, instances, singleInstance, region } = environmentOf(params, context);
  const balancer = `arn:aws:elasticloadbalancing:${region}:${context.world.account}:loadbalancer/app/awseb-${id}/${hash(name, 16)}`;
  return {
    EnvironmentResources: {
      EnvironmentName: name,
      AutoScalingGroups: [{ Name: groupName({ id, name }) }],
      Instances: instances.map((it) => ({ Id: it.id })),
      LaunchConfigurations: [],
      LaunchTemplates: [{ Id: `lt-0${hash(name, 16)}` }],
      LoadBalancers: singleInstance ? [] : [{ Name: balancer }],
      Triggers: [],
      Queues: [],
    },
  };
};

const listTagsForResource: Route = (params, context) => {
  const arn = required(params, 'ResourceArn', 'MissingParameter');
  const found = environmentsIn(context).find((it) => it.arn === arn);
  if (!found) return refuse(`Resource not found for Arn '${arn}'`, 'ResourceNotFoundException');
  return { ResourceArn: arn, ResourceTags: found.tags.map(({ key, value }) => ({ Key: key, Value: value })) };
};

export const beanstalk: Service = {
  id: 'elasticbeanstalk',
  signing: 'elasticbeanstalk',
  wire: {
    protocol: 'query',
    version: '2010-12-01',
    namespace: 'http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/',
  },
  routes: {
    DescribeEnvironments: describeEnvironments,
    DescribeEnvironmentHealth: describeEnvironmentHealth,
    DescribeInstancesHealth: describeInstancesHealth,
    DescribeEvents: describeEvents,
    DescribeApplications: describeApplications,
    DescribeApplicationVersions: describeApplicationVersions,
    DescribeConfigurationSettings: describeConfigurationSettings,
    DescribeEnvironmentResources: describeEnvironmentResources,
    ListTagsForResource: listTagsForResource,
    UpdateEnvironment: updateEnvironment,
    AbortEnvironmentUpdate: abortUpdate,
    RestartAppServer: restartAppServer,
    SwapEnvironmentCNAMEs: swapCnames,
  },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('Throttling', 'Rate exceeded');
    if (kind === 'error') return awsError('InternalFailure', 'The request processing has failed.', 500);
    return awsError('AccessDenied', denied(caller, `elasticbeanstalk:${operation}`), 403);
  },
};
