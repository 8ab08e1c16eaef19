import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { iamPolicy, impliedLines } from '../src/permissions.ts';
import { folder } from './folder.ts';

const ecs = {
  id: 'ecs',
  permissions: ['ecs:UpdateService', 'ecs:DescribeServices', 'cloudwatch:GetMetricData', 'ecr:BatchGetImage'],
  implied: [{ action: 'iam:PassRole', source: 'https://docs.aws.amazon.com/ecs' }],
};
const lambda = { id: 'lambda', permissions: ['cloudwatch:GetMetricData', 'lambda:ListFunctions'], implied: [] };

it('allows what platforms declare, looking and changing apart, each action once', () => {
  expect(iamPolicy([ecs, lambda])).toEqual({
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'OpsJackRead',
        Effect: 'Allow',
        Action: ['cloudwatch:GetMetricData', 'ecr:BatchGetImage', 'ecs:DescribeServices', 'lambda:ListFunctions'],
        Resource: '*',
      },
      { Sid: 'OpsJackChange', Effect: 'Allow', Action: ['ecs:UpdateService'], Resource: '*' },
    ],
  });
});

it('has no statement without actions, which IAM would refuse', () => {
  expect(iamPolicy([lambda]).Statement.map(({ Sid }) => Sid)).toEqual(['OpsJackRead']);
  expect(iamPolicy([]).Statement).toEqual([]);
});

it('lets the bot take on the role that changes are made with', () => {
  const role = 'arn:aws:iam::123456789012:role/opsjack-write';

  expect(iamPolicy([ecs], role).Statement.at(-1)).toEqual({
    Sid: 'OpsJackSession',
    Effect: 'Allow',
    Action: ['sts:AssumeRole', 'sts:SetSourceIdentity'],
    Resource: role,
  });
});

it('lists what AWS does on our behalf with its source, outside the policy', () => {
  expect(impliedLines([ecs, lambda])).toEqual(['iam:PassRole  (ecs: https://docs.aws.amazon.com/ecs)']);
  expect(JSON.stringify(iamPolicy([ecs]))).not.toContain('PassRole');
});

it('is printed as JSON by the command, with no account, credentials or settings', async () => {
  const script = join(import.meta.dirname, '../src/permissions.ts');
  const options = { cwd: folder(), env: { PATH: process.env['PATH'] } };

  const { stdout } = await promisify(execFile)(process.execPath, [script], options);

  const printed: unknown = JSON.parse(stdout);
  expect(printed).toMatchObject({ Statement: [{ Sid: 'OpsJackRead' }, { Sid: 'OpsJackChange' }] });
  expect(stdout).toContain('"ecs:DescribeServices"');
  expect(stdout).toContain('"elasticbeanstalk:UpdateEnvironment"');
});
