// Load of a service: its own CPU and memory, and the requests its target groups get.
import type { Metrics, Target } from '../../core/ports.ts';
import { aligned, latest, period, type Query, type Series, type Watch } from '../cloudwatch.ts';
import type { Lookups } from './lookups.ts';

/** One GetMetricData and one DescribeAlarms, side by side; a member is absent where there is no data. */
export async function metrics(watch: Watch, find: Lookups, target: Target): Promise<Metrics> {
  const balanced = find.fronts.get(target.key) ?? (await groupsOf(watch, find, target));
  const [series, ringing] = await Promise.all([
    watch.lastHour(target.region, queries(target, balanced)),
    watch.alarms(target.region, [target.name, ...balanced.map((one) => one.group)]),
  ]);
  const requests = latest(series.get('requests'));
  const failed = latest(series.get('failed'));
  const errors = share(series.get('failed'), series.get('requests'));
  const chart = aligned([series.get('cpu'), series.get('memory'), errors]);
  const [cpu = [], memory = [], failing = []] = chart.values;
  return {
    ...defined({
      requests: requests === undefined ? undefined : requests / (period / 1000),
      p99: latest(series.get('p99')),
      errors: requests ? ((failed ?? 0) / requests) * 100 : undefined,
      cpu: latest(series.get('cpu')),
      memory: latest(series.get('memory')),
    }),
    alarms: ringing,
    times: chart.times,
    series: [
      { name: 'errors' as const, values: failing },
      { name: 'memory' as const, values: memory },
      { name: 'cpu' as const, values: cpu },
    ].filter((one) => one.values.length > 0),
  };
}

/** Target groups of a service with their load balancer, asked for once: they change only with the service. */
async function groupsOf(watch: Watch, find: Lookups, target: Target) {
  const service = await find.service(target);
  const names = (service.loadBalancers ?? []).flatMap((one) => one.targetGroupArn?.split(':').at(-1) ?? []);
  const found = await Promise.all(names.map((group) => frontOf(watch, target, group)));
  if (found.every((one) => one.balancer)) find.fronts.set(target.key, found);
  return found;
}

/** Without the load balancer's name the requests are missing, not the whole card. */
async function frontOf(watch: Watch, { region }: Target, group: string): Promise<{ group: string; balancer?: string }> {
  const balancer = await watch.loadBalancerOf(region, group).catch(() => undefined);
  return balancer ? { group, balancer } : { group };
}

function queries(target: Target, balanced: readonly { group: string; balancer?: string }[]): Query[] {
  const own = { ClusterName: target.group, ServiceName: target.name };
  const list: Query[] = [
    { id: 'cpu', namespace: 'AWS/ECS', metric: 'CPUUtilization', dimensions: own, stat: 'Average' },
    { id: 'memory', namespace: 'AWS/ECS', metric: 'MemoryUtilization', dimensions: own, stat: 'Average' },
  ];
  const [first] = balanced.filter((one) => one.balancer);
  if (!first?.balancer) return list;
  const front = { TargetGroup: first.group, LoadBalancer: first.balancer };
  const namespace = 'AWS/ApplicationELB';
  return [
    ...list,
    { id: 'requests', namespace, metric: 'RequestCount', dimensions: front, stat: 'Sum' },
    { id: 'failed', namespace, metric: 'HTTPCode_Target_5XX_Count', dimensions: front, stat: 'Sum' },
    { id: 'p99', namespace, metric: 'TargetResponseTime', dimensions: front, stat: 'p99' },
  ];
}

function share(part: Series | undefined, whole: Series | undefined): Series | undefined {
  if (!part || !whole) return undefined;
  const values = whole.times.map((time, index) => {
    const at = part.times.indexOf(time);
    return at < 0 || !whole.values[index] ? 0 : (part.values[at]! / whole.values[index]) * 100;
  });
  return { times: whole.times, values };
}

function defined<T extends Record<string, number | undefined>>(values: T): { [K in keyof T]?: number } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: number;
  };
}
