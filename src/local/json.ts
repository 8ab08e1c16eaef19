// Blocks are whatever the app sent: read without trusting their shape.
export type Node = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one when it is something else. */
export function node(value: unknown): Node {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

/** The objects of a list. */
export function nodes(value: unknown): Node[] {
  return Array.isArray(value) ? value.map(node) : [];
}

/** The value as text; nothing where it is neither text nor a number. */
export function words(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' ? String(value) : '';
}
