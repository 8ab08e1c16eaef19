// REST-JSON on the wire: https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html
import type { AwsError } from './errors.ts';
import { isParams, type Params } from './params.ts';
import { readJson, toWire, type Answer } from './protocol-json.ts';

export type RestOperation = {
  operation: string;
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** `/bots/{botId}/...`: each name in braces is a parameter. */
  path: string;
  /** Members of the input that come in a header, by header. */
  asks?: Record<string, string>;
  /** Members of the output that leave in a header, by member; the rest is the body. */
  answers?: Record<string, string>;
};

export type RestRequest = {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
};

/** The operation a request names by its method and path, with its parameters; undefined when it is none of these. */
export function readRest(
  operations: readonly RestOperation[],
  request: RestRequest,
): { operation: string; params: Params } | undefined {
  const path = request.path.replace(/\?.*$/su, '');
  for (const { operation, method, path: template, asks = {} } of operations) {
    const inPath = method === request.method ? match(template, path) : undefined;
    if (!inPath) continue;
    const inHeaders = Object.entries(asks).map(([header, member]) => [member, request.headers[header]]);
    return { operation, params: { ...readJson(request.body), ...Object.fromEntries(inHeaders), ...inPath } };
  }
  return undefined;
}

function match(template: string, path: string): Params | undefined {
  const pattern = template.replaceAll(/\{(\w+)\}/gu, '(?<$1>[^/]*)');
  const found = new RegExp(`^${pattern}/?$`, 'u').exec(path)?.groups;
  if (!found) return undefined;
  return Object.fromEntries(Object.entries(found).map(([name, value]) => [name, decoded(value)]));
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

export function restAnswer(described: RestOperation | undefined, value: unknown, requestId: string): Answer {
  const answers = described?.answers ?? {};
  const members = isParams(value) ? Object.entries(value) : [];
  const out = members.filter(([name, member]) => Object.hasOwn(answers, name) && member !== undefined);
  const rest = Object.fromEntries(members.filter(([name]) => !Object.hasOwn(answers, name)));
  return {
    status: 200,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      ...Object.fromEntries(out.map(([name, member]) => [answers[name] ?? name, String(member)])),
    },
    body: described?.answers ? '' : JSON.stringify(toWire(rest)),
  };
}

export function restError(error: AwsError, requestId: string): Answer {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': requestId,
      'x-amzn-errortype': error.code,
    },
    body: JSON.stringify({ message: error.message, ...error.members }),
  };
}
