// From an HTTP request to a service's route and back: which service, which operation, which region.
import { awsError, AwsError } from './errors.ts';
import { isParams, type Params } from './params.ts';
import { jsonAnswer, jsonError, readJson, type Answer } from './protocol-json.ts';
import { queryAnswer, queryError, readForm } from './protocol-query.ts';
import { readRest, restAnswer, restError, type RestRequest } from './protocol-rest.ts';
import type { Context, FaultKind, Quirk, Service } from './route.ts';
import { services } from './registry.ts';
import type { World } from './world.ts';

export type Asked = {
  service: Service;
  operation: string;
  region: string;
  params: Params;
  requestId: string;
  caller: string;
  /** Run when the answer has left. */
  answered: (() => void)[];
};

/** What a request asks for; undefined when no simulated service speaks like that. */
export function understand(request: RestRequest, world: World): Asked | undefined {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [, key = '', region = 'us-east-1', signing = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/u.exec(header('authorization')) ?? [];
  const rest = { region, requestId: world.ids.uuid(), caller: world.sessions.get(key) ?? world.caller, answered: [] };
  const [target = '', named = ''] = header('x-amz-target').split('.');
  if (target !== '') {
    const service = services.find((it) => it.wire.protocol === 'json' && it.wire.target === target);
    return service && { service, operation: named, params: readJson(request.body) ?? {}, ...rest };
  }
  for (const service of services) {
    const asked = service.wire.protocol === 'rest' ? readRest(service.wire.operations, request) : undefined;
    if (asked) return { service, ...asked, ...rest };
  }
  const { Action, Version, ...params } = readForm(request.body);
  const service = services.find(
    ({ wire, signing: name }) => wire.protocol === 'query' && (wire.version === Version || name === signing),
  );
  return service && { service, operation: typeof Action === 'string' ? Action : '', params, ...rest };
}

/** Runs the route, or answers as the service would when `fault` strikes; `quirk` is left to the route. */
export async function answer(
  asked: Asked,
  world: World,
  {
    fault,
    quirk,
    origin,
    gone,
  }: { fault?: FaultKind | undefined; quirk?: Quirk | undefined } & Pick<Context, 'origin' | 'gone'>,
): Promise<Answer> {
  const { service, operation, requestId, region, caller } = asked;
  const answered = (then: () => void) => void asked.answered.push(then);
  const context = { world, region, requestId, caller, quirk, answered, origin, gone };
  try {
    if (fault) throw service.fault(fault, operation, context);
    const route = Object.hasOwn(service.routes, operation) ? service.routes[operation] : undefined;
    if (!route) throw unknownOperation(service, operation);
    return success(asked, await route(asked.params, context));
  } catch (error) {
    if (error instanceof AwsError) return failure(asked, error);
    const words = error instanceof Error ? `${error.message} ${error.stack}` : 'not an error';
    return failure(asked, awsError('InternalFailure', `The simulator failed: ${words}`, 500));
  }
}

function unknownOperation(service: Service, operation: string): AwsError {
  if (service.wire.protocol !== 'query') return awsError('UnknownOperationException', '');
  const words = `Could not find operation ${operation} for version ${service.wire.version}`;
  return awsError('InvalidAction', words);
}

function success({ service: { wire }, operation, requestId }: Asked, value: unknown): Answer {
  if (wire.protocol === 'json') return jsonAnswer(wire.version, value, requestId);
  if (wire.protocol === 'rest') {
    const described = wire.operations.find((it) => it.operation === operation);
    return restAnswer(described, value, requestId);
  }
  return queryAnswer(wire.namespace, operation, isParams(value) ? value : undefined, requestId);
}

function failure({ service: { wire }, requestId }: Asked, error: AwsError): Answer {
  if (wire.protocol === 'json') return jsonError(wire, error, requestId);
  if (wire.protocol === 'rest') return restError(error, requestId);
  return queryError(wire.namespace, error, requestId);
}
