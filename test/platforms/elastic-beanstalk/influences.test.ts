import { ElasticBeanstalk, type ConfigurationOptionSetting } from '@aws-sdk/client-elastic-beanstalk';
import { describe, expect, it } from 'vitest';
import { account } from './account.ts';

const scheduled = (ResourceName: string, options: Record<string, string>): ConfigurationOptionSetting[] =>
  Object.entries(options).map(([OptionName, Value]) => ({
    Namespace: 'aws:autoscaling:scheduledaction',
    ResourceName,
    OptionName,
    Value,
  }));
const trigger = (OptionName: string, Value: string) => ({ Namespace: 'aws:autoscaling:trigger', OptionName, Value });

describe('what else moves the numbers of an environment', () => {
  it('is its scheduled actions that still come, its trigger, and nothing that is suspended or over', async () => {
    const here = await account();
    const client = new ElasticBeanstalk({ region: here.of.region });
    await client.updateEnvironment({
      EnvironmentId: here.of.id,
      OptionSettings: [
        ...scheduled('evening', { MinSize: '6', MaxSize: '12', Recurrence: '0 18 * * *' }),
        ...scheduled('sale', { MinSize: '9', StartTime: '2099-11-27T09:00:00Z' }),
        ...scheduled('resting', { MinSize: '1', Recurrence: '0 3 * * *', Suspend: 'true' }),
        ...scheduled('last-year', { MinSize: '2', StartTime: '2020-11-27T09:00:00Z' }),
        trigger('MeasureName', 'CPUUtilization'),
        trigger('UpperThreshold', '70'),
      ],
    });
    here.step(120);

    expect(await here.platform.influences!(here.of)).toEqual([
      { kind: 'schedule', name: 'evening', when: 'cron(0 18 * * *)', sizes: { min: 6, max: 12 } },
      { kind: 'schedule', name: 'sale', when: '', at: Date.parse('2099-11-27T09:00:00Z'), sizes: { min: 9 } },
      { kind: 'policy', name: 'trigger', metric: 'CPUUtilization', value: 70 },
    ]);
  });

  it('moves nothing of a single instance', async () => {
    const here = await account('admin-web-prod');

    expect(await here.platform.influences!(here.of)).toEqual([]);
  });
});
