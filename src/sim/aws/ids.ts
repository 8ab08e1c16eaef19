// Names AWS makes up: the same in every run, so that tests and demos repeat.
import { createHash } from 'node:crypto';

export type Ids = {
  /** Lower-case hexadecimal, as in task ids. */
  hex(length: number): string;
  /** Decimal, as in deployment ids. */
  digits(length: number): string;
  /** Letters and digits, as in service deployment ids. */
  mixed(length: number): string;
  uuid(): string;
};

/** A generator whose nth name is always the same. */
export function ids(): Ids {
  let count = 0;
  const next = () => createHash('sha512').update(`name ${count++}`).digest();
  const from = (alphabet: string, length: number) =>
    [...next()]
      .slice(0, length)
      .map((byte) => alphabet[byte % alphabet.length])
      .join('');
  const hex = (length: number) => from('0123456789abcdef', length);
  return {
    hex,
    digits: (length) => from('123456789', 1) + from('0123456789', length - 1),
    mixed: (length) => from('ABCDEFGHJKMNPQRSTUVWXYZabcdefghjkmnpqrstuvwxyz123456789', length),
    uuid: () => [8, 4, 4, 4, 12].map((length) => hex(length)).join('-'),
  };
}

/** The same name for the same text: image digests, resource hashes. */
export function hash(text: string, length = 64): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length);
}
