// Who owns a resource besides people: CloudFormation stacks and Terraform, by the tags they leave on it.
// https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html
import type { Influence } from '../core/ports.ts';

type Tag = { key?: string | undefined; value?: string | undefined };

/** What a deployment of the stack, or a run of Terraform, will put back. CloudFormation tags what it makes; Terraform only by habit. */
export function owners(tags: readonly Tag[]): Influence[] {
  const named = new Map(tags.map(({ key = '', value = '' }) => [key, value]));
  const stack = named.get('aws:cloudformation:stack-name');
  const terraform = byTerraform(new Map([...named].map(([key, value]) => [plain(key), value.trim()])));
  return [...(stack ? [{ kind: 'stack' as const, name: stack }] : []), ...(terraform ? [terraform] : [])];
}

/** `ManagedBy`, `managed-by` and `managed_by` are one. */
const plain = (key: string): string => key.toLowerCase().replaceAll(/[^a-z]/gu, '');

function byTerraform(tags: ReadonlyMap<string, string>): Influence | undefined {
  const says = ['managedby', 'provisionedby', 'createdby', 'iac'].some((key) =>
    /terraform/iu.test(tags.get(key) ?? ''),
  );
  const value = tags.get('terraform') ?? '';
  const isYes = /^(?:true|yes|1)$/iu.test(value);
  const isNo = /^(?:false|no|0|)$/iu.test(value);
  if (!says && isNo) return undefined;
  const name = tags.get('terraformworkspace') ?? tags.get('terraformmodule') ?? (isYes || isNo ? undefined : value);
  return { kind: 'terraform', ...(name ? { name } : {}) };
}
