// stub
import type { EcsService } from './ecs-types.ts';
import type { World } from './world.ts';
export type Alarm = { name: string };
export function alarmsOf(_world: World, _service: EcsService, _kinds: readonly string[]): Alarm[] {
  return [];
}
