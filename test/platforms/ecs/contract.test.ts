import { ecs } from '../../../src/platforms/ecs.ts';
import { platformContract } from '../../contracts/platform.ts';

platformContract('ECS', {
  make: ecs,
  target: 'api-prod',
  current: '1.8.0',
  sizes: { min: 5, max: 9 },
  good: '1.9.0',
  bad: '1.9.1-bad',
  badEnds: 'rolled-back',
  badCause: 'health-check',
  unknown: '1.9.2',
  near: '1.9.0',
  breakage: 'oom',
  brokenCause: 'out-of-memory',
  scales: ['RegisterScalableTarget'],
  deploys: ['RegisterTaskDefinition', 'UpdateService'],
  aborts: 'StopServiceDeployment',
  restarts: 'UpdateService',
  lists: 'ListClusters',
  describes: 'DescribeServices',
  influences: ['policy', 'quota'],
  pauses: true,
  secrets: ['secretsmanager', 'parameter/shop', 'stage:prod app:api'],
  names: ['DD_TAGS'],
});
