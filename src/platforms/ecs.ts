// Amazon ECS services.
import type { Clock, Platform } from '../core/ports.ts';
import { clients as makeClients } from './clients.ts';
import { ecsImplied, ecsPermissions } from './ecs-permissions.ts';
import { ecsList } from './ecs-list.ts';
import { look } from './ecs-look.ts';
import { deployProgress } from './ecs-progress-deploy.ts';
import { scaleProgress } from './ecs-progress-scale.ts';
import { ecsReads } from './ecs-reads.ts';
import { ecsScale } from './ecs-scale.ts';
import { ecsStatus } from './ecs-status.ts';
import { statuses } from './statuses.ts';

export type EcsOptions = {
  regions: readonly string[];
  clock: Clock;
  /** Repositories a target may run besides the one it runs now, by target name. */
  images?: Readonly<Record<string, readonly string[]>>;
  /** How often a read is tried. */
  attempts?: number;
};

/** The driver for ECS services: https://docs.aws.amazon.com/AmazonECS/latest/APIReference/Welcome.html */
export function ecs(options: EcsOptions): Platform {
  const { regions, clock } = options;
  const clients = makeClients('ecs', options);
  const reads = ecsReads(clients);
  const means = { clients, reads, clock };
  return {
    id: 'ecs',
    label: 'Amazon ECS',
    permissions: ecsPermissions,
    implied: ecsImplied,
    list: ecsList({ regions, clients, reads }),
    status: (targets) => statuses(targets, async (target) => ecsStatus(target, await look(target, means))),
    scale: ecsScale(means),
    async progress(target, { change, handle, since }) {
      const seen = await look(target, means, true);
      if (change.kind === 'scale') return scaleProgress(seen, change.sizes, since);
      return deployProgress(target, { definition: handle ?? change.artifact.ref, seen, since }, reads);
    },
  };
}
