// What the simulated AWS does and does not do, operation by operation. A test holds it equal to the routes.

export type Coverage = { level: 'faithful' | 'partial' | 'absent'; note: string };

const faithful = (note = ''): Coverage => ({ level: 'faithful', note });
const partial = (note: string): Coverage => ({ level: 'partial', note });
const absent = (note: string): Coverage => ({ level: 'absent', note });

export const coverage: Record<string, Record<string, Coverage>> = {
  ecs: {
    ListClusters: faithful(),
    DescribeClusters: partial('no statistics, attachments or configurations'),
    ListServices: partial(
      'launchType and schedulingStrategy do not filter: every service is a Fargate replica service',
    ),
    DescribeServices: partial(
      'Fargate; rolling, blue/green without listeners, or CODE_DEPLOY; currentServiceDeployment is there while one is under way',
    ),
    DescribeTaskDefinition: partial('requiresAttributes is always the same list'),
    ListTaskDefinitions: partial('familyPrefix is the whole family'),
    RegisterTaskDefinition: partial('unknown members are refused, members inside containers are not checked'),
    UpdateService: partial('desiredCount, taskDefinition and forceNewDeployment; other members are ignored'),
    ListTasks: partial('cluster, serviceName, family, desiredStatus'),
    DescribeTasks: partial('tasks of services; stopped ones are kept for an hour, as in AWS'),
    ListServiceDeployments: faithful(),
    DescribeServiceDeployments: partial('rolling and blue/green with alarms and pause hooks; no traffic weights'),
    DescribeServiceRevisions: partial('Fargate; no volumes and no service connect'),
    StopServiceDeployment: partial('ROLLBACK; ABORT is refused'),
    ContinueServiceDeployment: partial('the words of its refusals are not verified'),
    ListTagsForResource: partial('clusters, services, task definitions'),
    TagResource: partial('clusters, services, task definitions'),
    CreateService: absent('services come from the seed'),
    DeleteService: absent('services come from the seed'),
    RunTask: absent('only services run tasks'),
  },
  'application-autoscaling': {
    RegisterScalableTarget: partial('ecs:service:DesiredCount; the desired count follows within seconds'),
    DescribeScalableTargets: faithful(),
    DescribeScalingPolicies: partial('policies are shown and do not scale by themselves'),
    DescribeScheduledActions: partial('scheduled actions are shown and never run'),
    DescribeScalingActivities: partial('activities of new minimums and maximums; no not-scaled reasons'),
    DeregisterScalableTarget: absent('targets come from the seed'),
    PutScalingPolicy: absent('policies come from the seed'),
  },
  elasticbeanstalk: {
    DescribeEnvironments: faithful(),
    DescribeEnvironmentHealth: partial('the causes are those of deployments and breakage'),
    DescribeInstancesHealth: partial('one page'),
    DescribeEvents: partial('events of environments, not of applications and platforms'),
    DescribeApplications: partial('no lifecycle configuration'),
    DescribeApplicationVersions: faithful(),
    DescribeConfigurationSettings: partial('environments, not templates; two dozen options'),
    DescribeEnvironmentResources: faithful(),
    ListTagsForResource: partial('environments'),
    UpdateEnvironment: partial('VersionLabel or OptionSettings; policies AllAtOnce, Rolling and Immutable'),
    AbortEnvironmentUpdate: partial('deployments; the words of its events are not verified'),
    SwapEnvironmentCNAMEs: partial('environments of one application; the addresses are not served'),
    CreateEnvironment: absent('environments come from the seed'),
    RestartAppServer: partial('no event for each instance'),
  },
  cloudwatch: {
    GetMetricData: partial('ECS, Container Insights, ALB, Beanstalk and group CPU metrics; no expressions; one page'),
    DescribeAlarms: partial('metric alarms of the seed; no composite alarms'),
    PutMetricAlarm: absent('alarms come from the seed'),
    ListMetrics: partial('the metrics GetMetricData knows; RecentlyActive does not filter'),
    PutMetricData: absent('metrics follow from load and capacity'),
  },
  ecr: {
    DescribeRepositories: faithful(),
    DescribeImages: faithful(),
    BatchGetImage: partial('a manifest without layers'),
    ListImages: faithful(),
    PutImage: absent('images come from the seed and the control'),
  },
  sts: {
    GetCallerIdentity: faithful(),
    AssumeRole: partial('every role can be assumed'),
  },
  lex: {
    RecognizeText: partial(
      'default flow of imported bots: no code hooks, branches, contexts or assisted NLU; own scores',
    ),
    PutSession: partial('no audio'),
    GetSession: faithful(),
    DeleteSession: faithful(),
    RecognizeUtterance: absent('text only'),
    StartConversation: absent('text only'),
  },
  sqs: {
    CreateQueue: partial('standard queues; attributes are not checked'),
    GetQueueUrl: faithful(),
    GetQueueAttributes: partial('counts are exact, unlike in AWS'),
    SendMessage: partial('no message attributes, no size limit'),
    ReceiveMessage: partial('in the order of sending; each message once, unlike in AWS'),
    DeleteMessage: faithful(),
    ChangeMessageVisibility: faithful(),
    PurgeQueue: faithful(),
    SendMessageBatch: absent('not needed yet'),
    DeleteMessageBatch: absent('not needed yet'),
    DeleteQueue: absent('not needed yet'),
  },
  servicequotas: {
    GetServiceQuota: partial('one quota: vCPUs of Fargate On-Demand tasks'),
    ListServiceQuotas: absent('not needed'),
    GetAWSDefaultServiceQuota: absent('not needed'),
    RequestServiceQuotaIncrease: absent('not needed'),
  },
  translate: {
    TranslateText: partial(
      'a few dozen sentences of five languages; everything else is changed so that it can be seen',
    ),
    TranslateDocument: absent('not needed'),
    ImportTerminology: absent('no terminologies'),
    ListLanguages: absent('not needed'),
  },
};
