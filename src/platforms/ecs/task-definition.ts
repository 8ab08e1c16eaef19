// A new revision of the running task definition in which one image, and nothing else, is another.
import { operationTag, versionTag } from './containers.ts';
import type { Described, Json } from './whole.ts';

/**
 * Members DescribeTaskDefinition returns and RegisterTaskDefinition refuses. All others are copied, those AWS adds in
 * the future too. https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_RegisterTaskDefinition.html
 */
export const readOnly: readonly string[] = [
  'taskDefinitionArn',
  'revision',
  'status',
  'requiresAttributes',
  'compatibilities',
  'registeredAt',
  'registeredBy',
  'deregisteredAt',
  'deleteRequestedAt',
];

/** What a resource can have: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-using-tags.html */
const mostTags = 50;

/** What to register. Two tags say whose work it is and what people call the image, which is a digest. */
export function copied(
  { definition, tags }: Described,
  change: { container: string; image: string; label: string; operation: string },
): Json {
  const kept = Object.entries(definition).filter(([name]) => !readOnly.includes(name));
  const containers = (definition['containerDefinitions'] as Json[]).map((one) =>
    one['name'] === change.container ? { ...one, image: change.image } : one,
  );
  return {
    ...Object.fromEntries(kept),
    containerDefinitions: containers,
    tags: tagged(tags, change),
  };
}

/** Tags of AWS's own (`aws:`) cannot be given. Where there is no room for both of ours, the operation's matters. */
function tagged(tags: readonly Json[], change: { label: string; operation: string }): Json[] {
  const own = [operationTag, versionTag];
  const kept = tags.filter(({ key }) => !String(key).startsWith('aws:') && !own.includes(String(key)));
  const ours = [
    { key: operationTag, value: change.operation },
    { key: versionTag, value: tagValue(change.label) },
  ];
  return [...kept, ...ours.slice(0, Math.max(1, mostTags - kept.length))];
}

/** A tag value takes letters, digits, spaces and `_.:/=+-@`, up to 256. */
function tagValue(label: string): string {
  return label.replaceAll(/[^\p{L}\p{N}\s_.:/=+\-@]/gu, '-').slice(0, 256);
}
