// Pieces of settings with messages that say what would be right.
import { z } from 'zod';

/** `ap-northeast-2`, `us-gov-west-1`, `eusc-de-east-1`. */
export const region = /^[a-z]{2,4}(-[a-z]+){1,2}-\d{1,2}$/;

/** The message of anything that is not `what`. */
export function wrong(what: string): { error: string } {
  return { error: `must be ${what}` };
}

/** Text that fits a pattern. */
export function text(what: string, pattern = /\S/) {
  return z.string(wrong(what)).regex(pattern, wrong(what));
}

/** One text or a list of them, as a list. */
export function texts(what: string, pattern = /\S/) {
  const one = text(what, pattern);
  return z
    .union([one, z.array(one).min(1, wrong(what))], wrong(what))
    .transform((value) => (typeof value === 'string' ? [value] : value));
}

/** An object with these members and no others. */
export function strict<Shape extends z.core.$ZodLooseShape>(shape: Shape) {
  const names = Object.keys(shape).join(', ');
  return z.strictObject(shape, {
    error: ({ code }) => (code === 'unrecognized_keys' ? `is no setting; known are ${names}` : `must hold ${names}`),
  });
}
