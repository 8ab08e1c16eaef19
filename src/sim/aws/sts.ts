// STS: who am I, and another role. https://docs.aws.amazon.com/STS/latest/APIReference/API_Operations.html
import { denied } from './ecs-changes.ts';
import { awsError } from './errors.ts';
import { number, required, text } from './params.ts';
import type { Route, Service } from './route.ts';

const hour = 3600;

const getCallerIdentity: Route = (_params, { world, caller }) => ({
  UserId: `AROAEXAMPLEOPSJACK00:${caller.split('/').at(-1)}`,
  Account: world.account,
  Arn: caller,
});

const assumeRole: Route = (params, { world }) => {
  const role = required(params, 'RoleArn', 'ValidationError');
  const session = required(params, 'RoleSessionName', 'ValidationError');
  const identity = text(params, 'SourceIdentity');
  named('roleSessionName', session);
  if (identity !== undefined) named('sourceIdentity', identity);
  const seconds = number(params, 'DurationSeconds') ?? hour;
  if (seconds < 900 || seconds > 12 * hour) {
    throw awsError(
      'ValidationError',
      'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.',
    );
  }
  const key = `ASIA${world.ids.hex(16).toUpperCase()}`;
  const arn = `${role.replace(':iam:', ':sts:').replace(':role/', ':assumed-role/')}/${session}`;
  world.sessions.set(key, arn);
  return {
    Credentials: {
      AccessKeyId: key,
      SecretAccessKey: world.ids.mixed(40),
      SessionToken: world.ids.mixed(60),
      Expiration: new Date(world.timeline.now() + seconds * 1000),
    },
    AssumedRoleUser: { AssumedRoleId: `AROAEXAMPLEOPSJACK00:${session}`, Arn: arn },
    SourceIdentity: identity,
  };
};

/** Both kinds of name. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html#API_AssumeRole_RequestParameters */
function named(member: string, value: string): void {
  const constraint = !/^[\w+=,.@-]*$/u.test(value)
    ? 'Member must satisfy regular expression pattern: [\\w+=,.@-]*'
    : value.length < 2
      ? 'Member must have length greater than or equal to 2'
      : value.length > 64
        ? 'Member must have length less than or equal to 64'
        : undefined;
  if (constraint === undefined) return;
  const words = `1 validation error detected: Value '${value}' at '${member}' failed to satisfy constraint: ${constraint}`;
  throw awsError('ValidationError', words);
}

export const sts: Service = {
  id: 'sts',
  signing: 'sts',
  wire: { protocol: 'query', version: '2011-06-15', namespace: 'https://sts.amazonaws.com/doc/2011-06-15/' },
  routes: { GetCallerIdentity: getCallerIdentity, AssumeRole: assumeRole },
  fault(kind, operation, { caller }) {
    if (kind === 'throttle') return awsError('Throttling', 'Rate exceeded');
    if (kind === 'error') return awsError('InternalFailure', 'The request processing has failed.', 500);
    return awsError('AccessDenied', denied(caller, `sts:${operation}`), 403);
  },
};
