// CloudWatch, reading. https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
import { evaluationPeriods, stateOfAlarm, valueOfAlarm, type Alarm } from './alarms.ts';
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { fits, published } from './metric-list.ts';
import { seriesOf, type Metric, type Series } from './metrics.ts';
import { isParams, items, number, page, text, texts, time, type Params } from './params.ts';
import type { Context, Route, Service } from './route.ts';

function refuse(words: string, code = 'ValidationError'): never {
  throw awsError(code, words);
}

function metricOf(given: Params): Metric {
  const dimensions = items(given, 'Dimensions').map((it) => [text(it, 'Name') ?? '', text(it, 'Value') ?? '']);
  return {
    namespace: text(given, 'Namespace') ?? '',
    name: text(given, 'MetricName') ?? '',
    dimensions: Object.fromEntries(dimensions),
  };
}

type Query = { id: string; label: string; metric: Metric; seconds: number; statistic: string };

function queryOf(given: Params): Query {
  const id = text(given, 'Id') ?? '';
  if (!/^[a-z][a-zA-Z0-9_]*$/u.test(id)) return refuse(`The value '${id}' for parameter Id is not valid.`);
  if (text(given, 'Expression') !== undefined) {
    return refuse(`Metric expressions are not simulated; ask for metrics (${id}).`);
  }
  const stat = isParams(given['MetricStat']) ? given['MetricStat'] : {};
  const metric = metricOf(isParams(stat['Metric']) ? stat['Metric'] : {});
  const seconds = number(stat, 'Period') ?? 0;
  if (seconds < 60 || seconds % 60 !== 0) return refuse(`Period must be a multiple of 60 (${id}).`);
  const statistic = text(stat, 'Stat') ?? refuse(`Stat is required (${id}).`);
  return { id, label: text(given, 'Label') ?? metric.name, metric, seconds, statistic };
}

const getMetricData: Route = (params, { world, region }: Context) => {
  const queries = items(params, 'MetricDataQueries');
  if (queries.length === 0 || queries.length > 500) return refuse('MetricDataQueries must have 1 to 500 items.');
  const start = time(params, 'StartTime');
  const end = time(params, 'EndTime');
  if (start === undefined || end === undefined || start >= end) {
    return refuse('The parameter StartTime must be less than the parameter EndTime.');
  }
  const asked = queries.map(queryOf);
  if (new Set(asked.map((it) => it.id)).size < asked.length)
    return refuse('The values for parameter Id are not unique.');
  const isAscending = text(params, 'ScanBy') === 'TimestampAscending';
  const results = asked.map((query) => {
    const series = seriesOf(world, region, query.metric);
    const points = pointsOf(series, query, start, end, world.timeline.now());
    if (!isAscending) points.reverse();
    return {
      Id: query.id,
      Label: query.label,
      Timestamps: points.map((it) => new Date(it.at)),
      Values: points.map((it) => it.value),
      StatusCode: 'Complete',
    };
  });
  return { MetricDataResults: results, Messages: [] };
};

const listMetrics: Route = (params, { world, region }) => {
  const namespace = text(params, 'Namespace');
  const name = text(params, 'MetricName');
  const wanted = items(params, 'Dimensions').map((it) => ({ name: text(it, 'Name') ?? '', value: text(it, 'Value') }));
  const found = published(world, region).filter(
    (it) => (namespace ?? it.namespace) === it.namespace && (name ?? it.name) === it.name && fits(it, wanted),
  );
  const { page: shown, next } = page(found, 500, text(params, 'NextToken'), 'InvalidParameterValue');
  return {
    Metrics: shown.map((it) => ({
      Namespace: it.namespace,
      MetricName: it.name,
      Dimensions: Object.entries(it.dimensions).map(([Name, Value]) => ({ Name, Value })),
    })),
    NextToken: next,
  };
};

const describeAlarms: Route = (params, context) => {
  const { world, region } = context;
  const names = texts(params, 'AlarmNames');
  const prefix = text(params, 'AlarmNamePrefix');
  if (names && prefix !== undefined) {
    return refuse('AlarmNamePrefix and AlarmNames cannot both be specified.', 'InvalidParameterCombination');
  }
  const types = texts(params, 'AlarmTypes');
  const wanted = text(params, 'StateValue');
  const found = world.alarms
    .filter((it) => it.region === region && (!names || names.includes(it.name)))
    .filter((it) => (prefix === undefined || it.name.startsWith(prefix)) && (!types || types.includes('MetricAlarm')))
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .filter((it) => wanted === undefined || valueOfAlarm(world, it) === wanted);
  const size = number(params, 'MaxRecords') ?? 50;
  if (size < 1 || size > 100) return refuse('MaxRecords must be between 1 and 100.');
  const { page: shown, next } = page(found, size, text(params, 'NextToken'), 'InvalidNextToken');
  return {
    CompositeAlarms: [],
    MetricAlarms: shown.map((it) => alarmView(it, stateOfAlarm(world, it))),
    NextToken: next,
  };
};

type Point = { at: number; value: number };

/** One point a period from the minutes of it that are over; periods begin at the start time's minute, as CloudWatch's do. */
function pointsOf(series: Series | undefined, query: Query, start: number, end: number, now: number): Point[] {
  const { seconds, statistic } = query;
  const step = seconds * 1000;
  const points: Point[] = [];
  if (!series) return points;
  for (let at = Math.floor(start / 60_000) * 60_000; at < end; at += step) {
    const values: number[] = [];
    for (let minute = at; minute < at + step && minute + 60_000 <= now; minute += 60_000) {
      const value = series(minute, statistic);
      if (value !== undefined) values.push(value);
    }
    if (values.length > 0) points.push({ at, value: Math.round(summary(values, statistic) * 1e6) / 1e6 });
  }
  return points;
}

function summary(values: readonly number[], statistic: string): number {
  if (statistic === 'Maximum') return Math.max(...values);
  if (statistic === 'Minimum') return Math.min(...values);
  const sum = values.reduce((total, value) => total + value, 0);
  return statistic === 'Sum' ? sum : sum / values.length;
}

function alarmView(it: Alarm, state: ReturnType<typeof stateOfAlarm>): unknown {
  const isPercentile = it.statistic.startsWith('p');
  const since = new Date(state.since);
  return {
    AlarmName: it.name,
    AlarmArn: it.arn,
    AlarmDescription: it.description,
    AlarmConfigurationUpdatedTimestamp: new Date(it.createdAt),
    ActionsEnabled: true,
    OKActions: [],
    AlarmActions: [`arn:aws:sns:${it.region}:${it.arn.split(':')[4]}:shop-alarms`],
    InsufficientDataActions: [],
    StateValue: state.value,
    StateReason: state.reason,
    StateUpdatedTimestamp: since,
    StateTransitionedTimestamp: since,
    MetricName: it.metric.name,
    Namespace: it.metric.namespace,
    Statistic: isPercentile ? undefined : it.statistic,
    ExtendedStatistic: isPercentile ? it.statistic : undefined,
    Dimensions: Object.entries(it.metric.dimensions).map(([Name, Value]) => ({ Name, Value })),
    Period: 60,
    Unit: it.unit,
    EvaluationPeriods: evaluationPeriods,
    DatapointsToAlarm: evaluationPeriods,
    Threshold: it.threshold,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
  };
}

export const cloudwatch: Service = {
  id: 'cloudwatch',
  signing: 'monitoring',
  wire: { protocol: 'json', version: '1.0', target: 'GraniteServiceVersion20100801', queryCode: true },
  routes: { GetMetricData: getMetricData, ListMetrics: listMetrics, DescribeAlarms: describeAlarms },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('Throttling', 'Rate exceeded');
    if (kind === 'error') return awsError('InternalFailure', 'The request processing has failed.', 500);
    return awsError('AccessDenied', denied(caller, `cloudwatch:${operation}`), 403);
  },
};
