// stub
import { awsError } from './errors.ts';
import type { Service } from './route.ts';
export const beanstalk: Service = {
  id: 'elasticbeanstalk',
  signing: 'elasticbeanstalk',
  wire: {
    protocol: 'query',
    version: '2010-12-01',
    namespace: 'http://elasticbeanstalk.amazonaws.com/docs/2010-12-01/',
  },
  routes: {},
  fault: () => awsError('Throttling', 'Rate exceeded'),
};
