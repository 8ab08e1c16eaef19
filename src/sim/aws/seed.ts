// The account the simulator starts with: a small Korean shop.
import { shopRepositories } from './seed-images.ts';
import { shopApplications } from './seed-beanstalk.ts';
import { shopServices } from './seed-ecs.ts';
import type { Seed } from './seed-types.ts';

export const shopSeed: Seed = {
  account: '111122223333',
  repositories: shopRepositories,
  services: shopServices,
  applications: shopApplications,
};
