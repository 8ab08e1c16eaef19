// stub
import type { BeanstalkApplication, BeanstalkEnvironment } from './beanstalk-types.ts';
import type { Outside } from './interfere.ts';
import type { SeedApplication } from './seed-types.ts';
import type { World } from './world.ts';
export function buildApplication(_world: World, _seed: SeedApplication, _now: number): void {}
export function newBeanstalkVersion(
  _world: World,
  _application: BeanstalkApplication,
  _v: { label: string; description: string; bad: boolean },
): void {}
export function buildOutside(_world: World, _e: BeanstalkEnvironment, _change: Outside): void {}
