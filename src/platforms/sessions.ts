// The session an operation changes things in: CloudTrail then names the operation and who asked for it with every call.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_temp_control-access_monitor.html
import { AsyncLocalStorage } from 'node:async_hooks';
import { awsError } from '../aws-errors.ts';
import type { Clock, Platform, Session } from '../core/ports.ts';

/** A role that may change things, by its ARN. */
export type WriteRole = { arn: string; externalId?: string };

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string; expiration: Date };

const minute = 60_000;
/** Credentials are asked for anew this long before they end, as the SDK does. */
const spare = 5 * minute;
const seconds = 15 * 60;
const most = 500;

const current = new AsyncLocalStorage<Partial<Session>>();

/** Runs the work in the session of an operation: what it changes in AWS is done there, and told to `called`. */
export function during<T>(session: Partial<Session>, work: () => Promise<T>): Promise<T> {
  return current.run(session, work);
}

/** The session the running work belongs to. */
export const session = (): Partial<Session> | undefined => current.getStore();

/** The platform with every change made in the session of its operation. */
export function inSessions(platform: Platform): Platform {
  return {
    ...platform,
    ...(platform.scale ? { scale: (target, change) => during(change, () => platform.scale!(target, change)) } : {}),
    ...(platform.deploy ? { deploy: (target, change) => during(change, () => platform.deploy!(target, change)) } : {}),
    ...(platform.restart
      ? { restart: (target, change) => during(change, () => platform.restart!(target, change)) }
      : {}),
    ...(platform.swap ? { swap: (target, change) => during(change, () => platform.swap!(target, change)) } : {}),
    ...(platform.resume ? { resume: (target, answer) => during(answer, () => platform.resume!(target, answer)) } : {}),
    ...(platform.abort ? { abort: (target, about) => during(about, () => platform.abort!(target, about)) } : {}),
  };
}

/** Names and tells apart the sessions of one role. */
export function sessionNames({ operation, by }: Partial<Session>): { RoleSessionName: string; SourceIdentity: string } {
  return { RoleSessionName: allowed(operation), SourceIdentity: allowed(by) };
}

/** Both names take two to 64 letters, digits and `_+=,.@-`. https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html */
function allowed(name = 'opsjack'): string {
  return name
    .replaceAll(/[^\w+=,.@-]/gu, '-')
    .slice(0, 64)
    .padEnd(2, '-');
}

/** Credentials of sessions of the role. Clients of one operation share them; asked for anew before they end. */
export function sessions(role: WriteRole, clock: Clock) {
  const made = new Map<string, { given: Promise<Credentials>; ends: number }>();

  async function assume(region: string, names: ReturnType<typeof sessionNames>): Promise<Credentials> {
    const { STS } = await import('@aws-sdk/client-sts');
    const requestHandler = { connectionTimeout: 2000, requestTimeout: 8000, throwOnRequestTimeout: true };
    const external = role.externalId === undefined ? {} : { ExternalId: role.externalId };
    try {
      const asked = { RoleArn: role.arn, DurationSeconds: seconds, ...names, ...external };
      const { Credentials: given } = await new STS({ region, requestHandler }).assumeRole(asked);
      return {
        accessKeyId: given?.AccessKeyId ?? '',
        secretAccessKey: given?.SecretAccessKey ?? '',
        sessionToken: given?.SessionToken ?? '',
        expiration: given?.Expiration ?? new Date(clock.now()),
      };
    } catch (error) {
      // Nothing was changed yet, whatever went wrong here.
      throw awsError({ platform: 'sts', operation: 'AssumeRole', write: false }, error);
    }
  }

  return (region: string, names: ReturnType<typeof sessionNames>): Promise<Credentials> => {
    const key = `${names.RoleSessionName} ${names.SourceIdentity}`;
    const held = made.get(key);
    if (held && held.ends - clock.now() > spare) return held.given;
    const asked = { given: assume(region, names), ends: Infinity };
    made.set(key, asked);
    asked.given.then(
      ({ expiration }) => (asked.ends = expiration.getTime()),
      () => made.delete(key),
    );
    if (made.size > most) made.delete(made.keys().next().value!);
    return asked.given;
  };
}
