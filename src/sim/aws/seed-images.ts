// Container images of the shop. `1.9.1-bad` never becomes healthy; checkout-api 1.43.0 leaks.
import type { SeedRepository } from './seed-types.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const seoul = 'ap-northeast-2';

/** checkout-api 1.43.0 runs six minutes, then its memory is full and five of eight tasks survive. */
const leak = { kind: 'oom', after: 6 * minute, survivors: 0.625 } as const;

export const shopRepositories: SeedRepository[] = [
  {
    name: 'api',
    region: seoul,
    images: [
      { tags: ['1.6.4'], ago: 61 * day },
      { tags: ['1.7.2'], ago: 24 * day },
      { tags: ['1.8.0'], ago: 9 * day },
      { tags: ['1.9.0', 'latest'], ago: 5 * hour },
      { tags: ['1.9.1-bad'], ago: 70 * minute, bad: { kind: 'health' } },
      { tags: ['1.9.2-crash'], ago: 40 * minute, bad: { kind: 'exit' } },
    ],
  },
  {
    name: 'checkout-api',
    region: seoul,
    images: [
      { tags: ['1.41.0'], ago: 33 * day },
      { tags: ['1.42.2'], ago: 17 * day },
      { tags: ['1.42.3'], ago: 6 * day },
      { tags: ['1.43.0', 'latest'], ago: 3 * hour, bad: leak },
      { tags: ['1.43.1'], ago: 8 * minute },
    ],
  },
  {
    name: 'catalog-api',
    region: seoul,
    images: [
      { tags: ['5.0.3'], ago: 40 * day },
      { tags: ['5.1.0'], ago: 12 * day },
      { tags: ['5.2.0', 'latest'], ago: 26 * hour },
    ],
  },
  {
    name: 'cart-api',
    region: seoul,
    images: [
      { tags: ['2.6.1'], ago: 30 * day },
      { tags: ['2.7.0', 'latest'], ago: 4 * day },
    ],
  },
  {
    name: 'cart-api',
    region: 'us-west-2',
    images: [
      { tags: ['2.6.1'], ago: 30 * day },
      { tags: ['2.7.0', 'latest'], ago: 4 * day },
    ],
  },
  {
    name: 'image-worker',
    region: seoul,
    images: [
      { tags: ['0.9.3'], ago: 28 * day },
      { tags: ['0.9.4'], ago: 14 * day },
      { tags: ['0.10.0', 'latest'], ago: 2 * hour, bad: { kind: 'secret' } },
    ],
  },
  {
    name: 'mail-worker',
    region: seoul,
    images: [
      { tags: ['1.4.0'], ago: 50 * day },
      { tags: ['1.4.1', 'latest'], ago: 20 * day },
    ],
  },
  {
    name: 'search-api',
    region: seoul,
    images: [
      { tags: ['3.7.5'], ago: 45 * day },
      { tags: ['3.8.0', 'latest'], ago: 15 * day },
    ],
  },
];
