// Elastic Beanstalk applications of the shop. `v2.33.0-bad` fails on every instance it is deployed to.
import type { SeedApplication } from './seed-types.ts';

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;
const region = 'ap-northeast-2';
const solutionStack = '64bit Amazon Linux 2023 v6.6.2 running Node.js 22';

export const shopApplications: SeedApplication[] = [
  {
    name: 'shop-web',
    region,
    versions: [
      { label: 'v2.29.1', ago: 41 * day, description: 'Search filters' },
      { label: 'v2.30.4', ago: 21 * day, description: 'Gift wrapping' },
      { label: 'v2.31.0', ago: 10 * day, description: 'New product page' },
      { label: 'v2.31.1-rc1', ago: 2 * day, description: 'Broken bundle', status: 'Failed' },
      { label: 'v2.32.0', ago: 3 * hour, description: 'Faster checkout page' },
      { label: 'v2.33.0-bad', ago: 35 * minute, description: 'Loyalty points', bad: true },
    ],
    environments: [
      {
        name: 'shop-web-prod',
        stage: 'prod',
        scaling: { min: 4, max: 12 },
        instances: 6,
        policy: 'Rolling',
        batch: 34,
        load: 420,
        solutionStack,
        deployments: [
          { label: 'v2.29.1', ago: 40 * day },
          { label: 'v2.30.4', ago: 20 * day },
          { label: 'v2.31.0', ago: 9 * day },
        ],
        variables: {
          NODE_ENV: 'production',
          PAYMENT_API_KEY: 'not-a-real-key-but-secret',
          API_HOST: 'api.shop.example',
        },
      },
      {
        name: 'shop-web-staging',
        stage: 'staging',
        scaling: { min: 1, max: 2 },
        instances: 1,
        policy: 'AllAtOnce',
        batch: 100,
        load: 3,
        solutionStack,
        deployments: [
          { label: 'v2.30.4', ago: 19 * day },
          { label: 'v2.31.0', ago: 10 * day },
          { label: 'v2.32.0', ago: 2 * hour },
        ],
        variables: {
          NODE_ENV: 'staging',
          PAYMENT_API_KEY: 'not-a-real-staging-key',
          API_HOST: 'api.staging.shop.example',
        },
      },
    ],
  },
  {
    name: 'shop-admin',
    region,
    versions: [
      { label: 'v1.18.0', ago: 36 * day, description: 'Refund reasons' },
      { label: 'v1.19.2', ago: 12 * day, description: 'Stock corrections' },
    ],
    environments: [
      {
        name: 'admin-web-prod',
        stage: 'prod',
        instances: 1,
        policy: 'AllAtOnce',
        batch: 100,
        load: 4,
        solutionStack,
        deployments: [
          { label: 'v1.18.0', ago: 35 * day },
          { label: 'v1.19.2', ago: 11 * day },
        ],
        variables: { NODE_ENV: 'production', ADMIN_PASSWORD: 'not-a-real-password' },
      },
    ],
  },
  {
    name: 'shop-events',
    region,
    versions: [
      { label: 'v0.3.0', ago: 25 * day, description: 'Landing pages of campaigns' },
      { label: 'v0.4.0', ago: 3 * hour, description: 'Shorter landing pages' },
    ],
    environments: [
      {
        name: 'shop-events-prod',
        stage: 'prod',
        scaling: { min: 2, max: 4 },
        instances: 2,
        policy: 'TrafficSplitting',
        batch: 100,
        load: 14,
        solutionStack,
        deployments: [{ label: 'v0.3.0', ago: 24 * day }],
        variables: { NODE_ENV: 'production' },
      },
    ],
  },
];
