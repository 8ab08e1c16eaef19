import { expect, it } from 'vitest';
import { owners } from '../../src/platforms/cloudformation.ts';

const tags = (named: Record<string, string>) => Object.entries(named).map(([key, value]) => ({ key, value }));

it.each([
  [{ 'aws:cloudformation:stack-name': 'shop-api' }, [{ kind: 'stack', name: 'shop-api' }]],
  [{ terraform: 'true' }, [{ kind: 'terraform' }]],
  [{ Terraform: 'prod/checkout' }, [{ kind: 'terraform', name: 'prod/checkout' }]],
  [{ ManagedBy: 'Terraform' }, [{ kind: 'terraform' }]],
  [{ 'managed-by': 'terraform', 'terraform:workspace': 'prod' }, [{ kind: 'terraform', name: 'prod' }]],
  [{ managed_by: 'terraform-cloud' }, [{ kind: 'terraform' }]],
])('%j is owned by %j', (named, owned) => {
  expect(owners(tags(named))).toEqual(owned);
});

it.each<Record<string, string>>([
  {},
  { terraform: 'false' },
  { ManagedBy: 'platform team' },
  { stage: 'prod', 'aws:ecs:serviceName': 'api' },
])('%j is owned by nobody', (named) => {
  expect(owners(tags(named))).toEqual([]);
});
