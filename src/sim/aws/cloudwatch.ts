// stub
import { awsError } from './errors.ts';
import type { Service } from './route.ts';
export const cloudwatch: Service = {
  id: 'cloudwatch',
  signing: 'monitoring',
  wire: { protocol: 'json', version: '1.0', target: 'GraniteServiceVersion20100801', queryCode: true },
  routes: {},
  fault: () => awsError('Throttling', 'Rate exceeded'),
};
