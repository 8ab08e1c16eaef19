import type { Task } from '@aws-sdk/client-ecs';
import { describe, expect, it } from 'vitest';
import { causeOf } from '../../../src/platforms/ecs/stops.ts';

const web = (more: object) => [
  { name: 'log-router', exitCode: 0 },
  { name: 'web', ...more },
];
const image = '111122223333.dkr.ecr.ap-northeast-2.amazonaws.com/web:9';

describe('why a task stopped', () => {
  it.each<[string, Task, object]>([
    [
      'memory',
      {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        containers: web({ exitCode: 137, reason: 'OutOfMemoryError: Container killed due to memory usage' }),
      },
      { kind: 'out-of-memory', args: { count: 1 } },
    ],
    [
      'the load balancer',
      {
        stopCode: 'ServiceSchedulerInitiated',
        stoppedReason:
          'Task failed ELB health checks in (target-group arn:aws:elasticloadbalancing:x:1:targetgroup/a/b)',
      },
      { kind: 'health-check', args: { count: 1 } },
    ],
    [
      'its own health check',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Task failed container health checks' },
      { kind: 'health-check', args: { count: 1 } },
    ],
    [
      'an exit',
      {
        stopCode: 'EssentialContainerExited',
        stoppedReason: 'Essential container in task exited',
        containers: web({ exitCode: 3 }),
      },
      { kind: 'exit-code', args: { count: 1, code: 3 } },
    ],
    [
      'an exit with code 0, which is a failure of a service all the same',
      { stopCode: 'EssentialContainerExited', containers: [{ name: 'web', exitCode: 0 }], stoppedReason: 'exited' },
      { kind: 'exit-code', args: { count: 1, code: 0 } },
    ],
    [
      'an image that is not there',
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason: `CannotPullContainerError: pull image manifest has been retried 1 time(s): failed to resolve ref ${image}: ${image}: not found`,
      },
      { kind: 'image-missing', args: { image } },
    ],
    [
      'an image nobody may read, which is not a missing one',
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason: `CannotPullContainerError: pull access denied for ${image}`,
      },
      { kind: 'aws-says' },
    ],
    [
      'a secret nobody may read',
      {
        stopCode: 'TaskFailedToStart',
        stoppedReason:
          'ResourceInitializationError: unable to pull secrets or registry auth: unable to retrieve secret from asm: AccessDeniedException: User: arn:aws:sts::111122223333:assumed-role/web-exec/0123 is not authorized to perform: secretsmanager:GetSecretValue on resource: arn',
      },
      { kind: 'secret-unreadable', args: { role: 'web-exec', action: 'secretsmanager:GetSecretValue' } },
    ],
    [
      'a spot instance taken away',
      { stopCode: 'SpotInterruption', stoppedReason: 'Your Spot Task was interrupted.' },
      { kind: 'aws-says', args: { words: 'Your Spot Task was interrupted.' } },
    ],
  ])('is %s', (_, task, cause) => {
    expect(causeOf(task)).toMatchObject(cause);
  });

  it.each<[string, Task]>([
    [
      'scaled in',
      { stopCode: 'ServiceSchedulerInitiated', stoppedReason: 'Scaling activity initiated by (deployment ecs-svc/1)' },
    ],
    ['stopped by somebody', { stopCode: 'UserInitiated', stoppedReason: 'looked stuck' }],
    ['still told nothing about', {}],
  ])('is no trouble when it was %s', (_, task) => {
    expect(causeOf(task)).toBeUndefined();
  });
});
