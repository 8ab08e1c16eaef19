// A new revision of the running task definition in which one image, and nothing else, is another.
import type { RegisterTaskDefinitionCommandInput, Tag, TaskDefinition } from '@aws-sdk/client-ecs';
import { operationTag, versionTag } from './containers.ts';

/**
 * Members DescribeTaskDefinition returns and RegisterTaskDefinition refuses. All others are copied, those AWS adds in
 * the future too. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
const readOnly = new Set([
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
]);

/** What to register. The tags say whose work it is and what people call the image. */
export function copied(
  { definition, tags }: { definition: TaskDefinition; tags: readonly Tag[] },
  change: { container: string; image: string; label: string; operation: string },
): RegisterTaskDefinitionCommandInput {
  const kept = Object.fromEntries(Object.entries(definition).filter(([name]) => !readOnly.has(name)));
  const containerDefinitions = (definition.containerDefinitions ?? []).map((one) =>
    one.name === change.container ? { ...one, image: change.image } : one,
  );
  return {
    ...kept,
    family: definition.family,
    containerDefinitions,
    tags: [
      ...tags.filter((tag) => tag.key !== operationTag && tag.key !== versionTag),
      { key: operationTag, value: change.operation },
      { key: versionTag, value: tagValue(change.label) },
    ],
  };
}

/** A tag value takes letters, digits, spaces and `_.:/=+-@`, up to 256. */
function tagValue(label: string): string {
  return label.replaceAll(/[^\p{L}\p{N}\s_.:/=+\-@]/gu, '-').slice(0, 256);
}
