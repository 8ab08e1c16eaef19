import type { SeedApplication } from './seed-types.ts';
export const shopApplications: SeedApplication[] = [];
