import { randomBytes } from 'node:crypto';

/** An id nobody can guess, with what it is of as its first word: `plan_`, `lock_`. */
export function newId(kind: string): string {
  return `${kind}_${randomBytes(10).toString('hex')}`;
}
