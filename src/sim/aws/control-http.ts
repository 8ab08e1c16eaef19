// The control of the simulator over HTTP, for pages and programs in another process.
import type { Control } from './control.ts';
import { faultKinds, type FaultRule } from './faults.ts';
import { pauseStages } from './ecs-stages.ts';
import type { DeploymentRules, Outside } from './interfere.ts';
import { isParams, number, text, texts, type Params } from './params.ts';
import type { Answer } from './protocol-json.ts';

const headers = { 'content-type': 'application/json' };

/**
 * `POST /_sim/<method>` with a JSON array of the method's arguments (or the only one) answers with its result;
 * 404 for no such method, 400 with the reason when it is not possible.
 */
export function controlOverHttp(controls: Control, path: string, body: string): Answer {
  const methods = table(controls);
  const name = /^\/_sim\/(\w+)/u.exec(path)?.[1] ?? '';
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) return answer(404, { error: `no control ${name}`, controls: Object.keys(methods) });
  try {
    const given: unknown = body === '' ? [] : JSON.parse(body);
    return answer(200, method(Array.isArray(given) ? given : [given]));
  } catch (error) {
    return answer(400, { error: error instanceof Error ? error.message : 'not possible' });
  }
}

function answer(status: number, value: unknown): Answer {
  return { status, headers, body: JSON.stringify(value ?? null) };
}

function table(controls: Control): Record<string, (given: unknown[]) => unknown> {
  return {
    speed: ([factor]) => controls.speed(typeof factor === 'number' ? factor : undefined),
    fault: ([rule]) => controls.fault(faultOf(params(rule))),
    clear: () => controls.clear(),
    calls: () => controls.calls(),
    clearCalls: () => controls.clearCalls(),
    reset: () => controls.reset(),
    state: () => controls.state(),
    breakTarget: ([name, how]) => controls.breakTarget(words(name), words(how)),
    load: ([name, rps]) => controls.load(words(name), typeof rps === 'number' ? rps : 0),
    addImage: ([repository, tag, options]) => controls.addImage(words(repository), words(tag), badOf(params(options))),
    addVersion: ([application, label, options]) =>
      controls.addVersion(words(application), words(label), { bad: params(options)['bad'] === true }),
    translations: () => controls.translations(),
    deploymentRules: ([name, rules]) => controls.deploymentRules(words(name), rulesOf(params(rules))),
    outside: ([name, change]) => controls.outside(words(name), outsideOf(params(change))),
  };
}

function params(value: unknown): Params {
  return isParams(value) ? value : {};
}

function words(value: unknown): string {
  if (typeof value === 'string') return value;
  throw new Error('a text is missing');
}

function badOf({ bad }: Params): { bad: boolean | string } {
  return { bad: typeof bad === 'string' ? bad : bad === true };
}

function faultOf(given: Params): FaultRule {
  const kind = faultKinds.find((it) => it === given['kind']);
  if (!kind) throw new Error(`kind must be one of ${faultKinds.join(', ')}`);
  const rule: FaultRule = { kind };
  for (const name of ['service', 'operation', 'region'] as const) {
    const value = text(given, name);
    if (value !== undefined) rule[name] = value;
  }
  for (const name of ['times', 'ms'] as const) {
    const value = number(given, name);
    if (value !== undefined) rule[name] = value;
  }
  return rule;
}

function rulesOf(given: Params): DeploymentRules {
  const pause = isParams(given['pause']) ? given['pause'] : undefined;
  const stage = pauseStages.find((it) => it === pause?.['stage']);
  const minutes = pause && number(pause, 'minutes');
  const action = pause?.['action'] === 'CONTINUE' ? 'CONTINUE' : 'ROLLBACK';
  const alarms = texts(given, 'alarms');
  return {
    ...(pause ? { pause: { action, ...(stage ? { stage } : {}), ...(minutes === undefined ? {} : { minutes }) } } : {}),
    ...(alarms ? { alarms } : {}),
    ...(given['rollback'] === false ? { rollback: false } : {}),
  };
}

function outsideOf(given: Params): Outside {
  const change: Outside = {};
  for (const name of ['min', 'max', 'desired'] as const) {
    const value = number(given, name);
    if (value !== undefined) change[name] = value;
  }
  for (const name of ['image', 'version'] as const) {
    const value = text(given, name);
    if (value !== undefined) change[name] = value;
  }
  if (typeof given['suspended'] === 'boolean') change.suspended = given['suspended'];
  return change;
}
