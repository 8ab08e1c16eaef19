// Elastic Beanstalk on the wire, written by hand: what the simulated account does not say.
import nock from 'nock';
import { onTestFinished, vi } from 'vitest';
import type { Clock, Target } from '../../../src/core/ports.ts';
import { elasticBeanstalk } from '../../../src/platforms/elastic-beanstalk.ts';

export const now = Date.parse('2026-11-23T11:32:00Z');
const region = 'ap-northeast-2';

export const target: Target = {
  key: `elastic-beanstalk/111122223333/${region}/blog/blog-prod`,
  platform: 'elastic-beanstalk',
  account: '111122223333',
  region,
  group: 'blog',
  name: 'blog-prod',
  id: 'e-blogprod01',
};

export type Answer = { status?: number; xml: string };
type Form = URLSearchParams;
export type Answers = Record<string, string | Answer | ((form: Form) => string | Answer)>;

/** A platform whose every call gets the answer of its action; `asked` are the forms it sent for one. */
export function onWire(answers: Answers) {
  const clock: Clock = { now: () => now, after: () => () => undefined };
  const forms: Form[] = [];
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'example');
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  nock.cleanAll();
  nock.disableNetConnect();
  nock(`https://elasticbeanstalk.${region}.amazonaws.com`)
    .persist()
    .post('/')
    .reply(async (request: Request) => {
      const form = new URLSearchParams(await request.text());
      forms.push(form);
      const { status = 200, xml } = answerTo(form, answers);
      return [status, xml, { 'content-type': 'text/xml' }];
    });
  onTestFinished(() => {
    nock.cleanAll();
    nock.enableNetConnect();
  });
  const platform = elasticBeanstalk({ regions: [region], clock, attempts: 1 });
  const asked = (action: string) => forms.filter((form) => form.get('Action') === action);
  return { platform, asked };
}

function answerTo(form: Form, answers: Answers): Answer {
  const action = form.get('Action') ?? '';
  const given = answers[action] ?? error('InvalidAction', action);
  const answer = typeof given === 'function' ? given(form) : given;
  if (typeof answer !== 'string') return answer;
  return { xml: element(`${action}Response`, element(`${action}Result`, answer)) };
}

export function error(code: string, message: string, status = 400): Answer {
  return {
    status,
    xml: `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
  };
}

export function element(name: string, value: string): string {
  return `<${name}>${value}</${name}>`;
}

/** Members as elements. */
export function elements(members: Record<string, string>): string {
  return Object.entries(members)
    .map(([name, value]) => element(name, value))
    .join('');
}

export function list(name: string, items: readonly string[]): string {
  return element(name, items.map((item) => element('member', item)).join(''));
}

export function environments(...all: Record<string, string>[]): string {
  const usual = {
    EnvironmentName: target.name,
    EnvironmentId: target.id,
    ApplicationName: target.group,
    VersionLabel: 'v1',
    Status: 'Ready',
    Health: 'Green',
    EnvironmentArn: `arn:aws:elasticbeanstalk:${region}:111122223333:environment/blog/blog-prod`,
  };
  return list(
    'Environments',
    all.map((one) => elements({ ...usual, ...one })),
  );
}

export function settings(options: Record<string, string>): string {
  const items = Object.entries(options).map(([name, Value]) => {
    const at = name.lastIndexOf(' ');
    return elements({ Namespace: name.slice(0, at), OptionName: name.slice(at + 1), Value });
  });
  return list('ConfigurationSettings', [element('DeploymentStatus', 'deployed') + list('OptionSettings', items)]);
}

/** Instances as `[version, health, deployment]`. */
export function instances(...all: [string, string, string][]): string {
  const items = all.map(([label, health, status], index) => {
    const deployment = elements({ VersionLabel: label, Status: status, DeploymentTime: '2026-11-23T11:20:00Z' });
    return elements({ InstanceId: `i-00000000${index}`, HealthStatus: health }) + element('Deployment', deployment);
  });
  return list('InstanceHealthList', items);
}

/** Events of one update, newest first as AWS lists them, seconds after `now`; without a version label, as AWS often has them. */
export function events(...all: [number, string][]): string {
  const items = all.map(([after, Message]) =>
    elements({
      EventDate: new Date(now + after * 1000).toISOString(),
      Message,
      RequestId: '1b2f3c4d-0000-4000-8000-000000000001',
      Severity: 'INFO',
    }),
  );
  return list('Events', items);
}

/** A healthy environment of two instances on `v1` that nobody changes. */
export const usual: Answers = {
  DescribeEnvironments: environments({ HealthStatus: 'Ok' }),
  DescribeConfigurationSettings: settings({ 'aws:autoscaling:asg MinSize': '2', 'aws:autoscaling:asg MaxSize': '4' }),
  DescribeInstancesHealth: instances(['v1', 'Ok', 'Deployed'], ['v1', 'Ok', 'Deployed']),
  DescribeEnvironmentHealth: list('Causes', []),
  DescribeEvents: list('Events', []),
};

/** What basic health reporting leaves: which instances there are. */
export const basic: Answers = {
  DescribeInstancesHealth: error('InvalidRequestException', 'The environment does not use enhanced health.'),
  DescribeEnvironmentHealth: error('InvalidRequestException', 'The environment does not use enhanced health.'),
  DescribeEnvironmentResources: element(
    'EnvironmentResources',
    list('Instances', [element('Id', 'i-000000001'), element('Id', 'i-000000002')]),
  ),
};
