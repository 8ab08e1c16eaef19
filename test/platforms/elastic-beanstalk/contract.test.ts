import { elasticBeanstalk } from '../../../src/platforms/elastic-beanstalk.ts';
import { platformContract } from '../../contracts/platform.ts';

platformContract('Elastic Beanstalk', {
  make: elasticBeanstalk,
  target: 'shop-web-prod',
  current: 'v2.31.0',
  sizes: { min: 8, max: 14 },
  good: 'v2.32.0',
  bad: 'v2.33.0-bad',
  badEnds: 'failed',
  badCause: 'update-failed',
  unknown: 'v2.32.1',
  near: 'v2.32.0',
  breakage: 'health',
  brokenCause: 'requests-failing',
  scales: ['UpdateEnvironment'],
  deploys: ['UpdateEnvironment'],
  aborts: 'AbortEnvironmentUpdate',
  influences: [],
  restarts: 'RestartAppServer',
  swapsWith: 'shop-web-staging',
  lists: 'DescribeEnvironments',
  describes: 'DescribeEnvironments',
  secrets: ['not-a-real', 'PAYMENT_API_KEY', 'api.shop.example'],
});
