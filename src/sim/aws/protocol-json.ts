// AWS JSON 1.0 and 1.1 on the wire: https://smithy.io/2.0/aws/protocols/aws-json-1_1-protocol.html
import type { AwsError } from './errors.ts';
import { isParams, type Params } from './params.ts';

export type Answer = { status: number; headers: Record<string, string>; body: string };
type Version = '1.0' | '1.1';

/** The parameters of a request body, or undefined when it is not a JSON object. */
export function readJson(body: string): Params | undefined {
  try {
    const value: unknown = JSON.parse(body === '' ? '{}' : body);
    return isParams(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** What `value` looks like in JSON: dates are epoch seconds, absent members are left out. */
export function toWire(value: unknown): unknown {
  if (value instanceof Date) return Math.round(value.getTime()) / 1000;
  if (Array.isArray(value)) return value.map(toWire);
  if (!isParams(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, toWire(member)]));
}

export function jsonAnswer(version: Version, value: unknown, requestId: string): Answer {
  return { status: 200, headers: headers(version, requestId), body: JSON.stringify(toWire(value ?? {})) };
}

/**
 * `queryCode`: set for a service that used to speak Query (CloudWatch); clients then take the code from the header
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#x-amzn-query-error
 * `message`: how the service's model spells that member.
 */
export function jsonError(
  wire: { version: Version; queryCode?: boolean; message?: 'Message' },
  error: AwsError,
  requestId: string,
): Answer {
  const fault = error.status < 500 ? 'Sender' : 'Receiver';
  return {
    status: error.status,
    headers: {
      ...headers(wire.version, requestId),
      ...(wire.queryCode ? { 'x-amzn-query-error': `${error.code};${fault}` } : {}),
    },
    body: JSON.stringify({ __type: error.code, [wire.message ?? 'message']: error.message, ...error.members }),
  };
}

function headers(version: Version, requestId: string): Record<string, string> {
  return { 'content-type': `application/x-amz-json-${version}`, 'x-amzn-requestid': requestId };
}
