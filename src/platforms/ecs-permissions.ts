// The IAM actions of the ECS driver. A test compares them with the calls it makes.

export const ecsPermissions = [
  'application-autoscaling:DescribeScalableTargets',
  'application-autoscaling:RegisterScalableTarget',
  'cloudwatch:DescribeAlarms',
  'cloudwatch:GetMetricData',
  'ecr:DescribeImages',
  'ecs:DescribeServiceRevisions',
  'ecs:DescribeServices',
  'ecs:DescribeTaskDefinition',
  'ecs:DescribeTasks',
  'ecs:ListClusters',
  'ecs:ListServiceDeployments',
  'ecs:ListServices',
  'ecs:ListTaskDefinitions',
  'ecs:ListTasks',
  'ecs:RegisterTaskDefinition',
  'ecs:StopServiceDeployment',
  'ecs:UpdateService',
] as const;

const guide = 'https://docs.aws.amazon.com/AmazonECS/latest/developerguide';

export const ecsImplied = [
  // Task and execution role of the copied task definition; grant it for listed roles only.
  { action: 'iam:PassRole', source: `${guide}/security_iam_id-based-policy-examples.html` },
  // Registering with tags is authorised separately.
  { action: 'ecs:TagResource', source: `${guide}/supported-iam-actions-tagging.html` },
] as const;
