// Service events: what ECS says about a service, newest first, in its own words.
// https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-event-messages-list.html
import type { Service, ServiceEvent } from '@aws-sdk/client-ecs';
import type { Cause, Target, TargetEvent } from '../../core/ports.ts';
import type { Lookups } from './lookups.ts';

/** Not before `since`. */
export async function events(find: Lookups, target: Target, since: number): Promise<TargetEvent[]> {
  const { events: found = [] } = await find.service(target);
  return found
    .map((event): TargetEvent => ({ at: at(event), text: words(event), severity: severityOf(words(event)) }))
    .filter((event) => event.at >= since);
}

const at = (event: ServiceEvent): number => event.createdAt?.getTime() ?? 0;
const words = (event: ServiceEvent): string => event.message ?? '';

function severityOf(text: string): TargetEvent['severity'] {
  if (/unable|failed|error|circuit breaker/iu.test(text)) return 'error';
  return /unhealthy|rolling back/iu.test(text) ? 'warning' : 'info';
}

/** Events after `from` and after the last "has reached a steady state". */
function unsettled(service: Service, from: number): ServiceEvent[] {
  const late = (service.events ?? []).filter((event) => at(event) >= from);
  const steady = late.findIndex((event) => /has reached a steady state/u.test(words(event)));
  return steady === -1 ? late : late.slice(0, steady);
}

/** Whether ECS has complained since it was last steady. */
export function complains(service: Service, from: number): boolean {
  return unsettled(service, from).some((event) => severityOf(words(event)) !== 'info');
}

/**
 * Whether tasks came or went since it was last steady. Running is not yet healthy behind a load balancer, and no ECS call
 * tells the balancer's checks; that it "has reached a steady state" does.
 */
export function isMoving(service: Service, from: number): boolean {
  const pattern = /has started \d+ tasks|\bregistered \d+ targets|unhealthy|unable to/u;
  return unsettled(service, from).some((event) => pattern.test(words(event)));
}

/** That there is no room for tasks, with how often ECS has said so since it was last steady. */
export function noRoom(service: Service, from: number): Cause[] {
  const said = unsettled(service, from).filter((event) => /unable to place a task/u.test(words(event)));
  if (said.length === 0) return [];
  return [{ kind: 'no-room', args: { count: said.length }, words: words(said[0]!) }];
}
