// From an HTTP request to a service's route and back: which service, which operation, which region.
import { awsError, AwsError } from './errors.ts';
import { isParams, type Params } from './params.ts';
import { jsonAnswer, jsonError, readJson, type Answer } from './protocol-json.ts';
import { queryAnswer, queryError, readForm } from './protocol-query.ts';
import type { FaultKind, Service } from './route.ts';
import { services } from './registry.ts';
import type { World } from './world.ts';

export type Request = { headers: Record<string, string | string[] | undefined>; body: string };
export type Asked = {
  service: Service;
  operation: string;
  region: string;
  params: Params;
  requestId: string;
  caller: string;
};

/** What a request asks for; undefined when no simulated service speaks like that. */
export function understand(request: Request, world: World): Asked | undefined {
  const header = (name: string) => String(request.headers[name] ?? '');
  const [, key = '', region = 'us-east-1', signing = ''] =
    /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/u.exec(header('authorization')) ?? [];
  const rest = { region, requestId: world.ids.uuid(), caller: world.sessions.get(key) ?? world.caller };
  const [target = '', named = ''] = header('x-amz-target').split('.');
  if (target !== '') {
    const service = services.find((it) => it.wire.protocol === 'json' && it.wire.target === target);
    return service && { service, operation: named, params: readJson(request.body) ?? {}, ...rest };
  }
  const { Action, Version, ...params } = readForm(request.body);
  const service = services.find(
    ({ wire, signing: name }) => wire.protocol === 'query' && (wire.version === Version || name === signing),
  );
  return service && { service, operation: typeof Action === 'string' ? Action : '', params, ...rest };
}

/** Runs the route, or answers as the service would when `fault` strikes. */
export function answer(asked: Asked, world: World, fault?: FaultKind): Answer {
  const { service, operation, requestId, region, caller } = asked;
  const context = { world, region, requestId, caller };
  try {
    if (fault) throw service.fault(fault, operation, context);
    const route = Object.hasOwn(service.routes, operation) ? service.routes[operation] : undefined;
    if (!route) throw unknownOperation(service, operation);
    return success(asked, route(asked.params, context));
  } catch (error) {
    if (error instanceof AwsError) return failure(asked, error);
    const words = error instanceof Error ? `${error.message} ${error.stack}` : 'not an error';
    return failure(asked, awsError('InternalFailure', `The simulator failed: ${words}`, 500));
  }
}

function unknownOperation(service: Service, operation: string): AwsError {
  if (service.wire.protocol === 'json') return awsError('UnknownOperationException', '');
  const words = `Could not find operation ${operation} for version ${service.wire.version}`;
  return awsError('InvalidAction', words);
}

function success({ service: { wire }, operation, requestId }: Asked, value: unknown): Answer {
  if (wire.protocol === 'json') return jsonAnswer(wire.version, value, requestId);
  return queryAnswer(wire.namespace, operation, isParams(value) ? value : undefined, requestId);
}

function failure({ service: { wire }, requestId }: Asked, error: AwsError): Answer {
  if (wire.protocol === 'json') return jsonError(wire.version, error, requestId, wire.queryCode ?? false);
  return queryError(wire.namespace, error, requestId);
}
