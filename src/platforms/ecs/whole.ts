// Task definitions as they are on the wire. The SDK drops members its own version does not know, in answers and in
// requests, and a copy without a member AWS has added since would be another task definition.
import type { ECS } from '@aws-sdk/client-ecs';

export type Json = { [name: string]: unknown };
export type Described = { definition: Json; tags: readonly Json[] };

type Args = { request: { body?: unknown } };
type Answer = { response: { body?: unknown } };
type Next = (args: Args) => Promise<Answer>;

/** DescribeTaskDefinition with tags, every member as AWS wrote it. */
export async function describeWhole(ecs: ECS, taskDefinition: string): Promise<Described> {
  const { DescribeTaskDefinitionCommand } = await import('@aws-sdk/client-ecs');
  const command = new DescribeTaskDefinitionCommand({ taskDefinition, include: ['TAGS'] });
  let text = '';
  const keep = (next: Next) => async (args: Args) => {
    const answer = await next(args);
    const bytes = await bytesOf(answer.response.body);
    text = bytes.toString('utf8');
    answer.response.body = bytes;
    return answer;
  };
  command.middlewareStack.addRelativeTo(keep as never, {
    name: 'keepWhole',
    relation: 'after',
    toMiddleware: 'deserializerMiddleware',
  });
  await ecs.send(command);
  const { taskDefinition: definition, tags } = JSON.parse(text) as { taskDefinition: Json; tags?: Json[] };
  return { definition, tags: tags ?? [] };
}

async function bytesOf(body: unknown): Promise<Buffer> {
  if (body instanceof Uint8Array) return Buffer.from(body);
  const parts: Buffer[] = [];
  for await (const part of body as AsyncIterable<Uint8Array>) parts.push(Buffer.from(part));
  return Buffer.concat(parts);
}

/** RegisterTaskDefinition with exactly this body; the ARN it got. */
export async function registerWhole(ecs: ECS, body: Json): Promise<string> {
  const { RegisterTaskDefinitionCommand } = await import('@aws-sdk/client-ecs');
  const command = new RegisterTaskDefinitionCommand({ family: String(body['family']), containerDefinitions: [] });
  const replace = (next: Next) => (args: Args) => {
    args.request.body = JSON.stringify(body);
    return next(args);
  };
  // After the serializer, before the length is counted and the request is signed.
  command.middlewareStack.add(replace as never, { name: 'sendWhole', step: 'serialize', priority: 'low' });
  const { taskDefinition } = await ecs.send(command);
  return taskDefinition?.taskDefinitionArn ?? '';
}
