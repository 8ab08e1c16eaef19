// Reads request parameters, which are typed values in JSON protocols and strings in the Query protocol.
import { awsError } from './errors.ts';

export type Params = Record<string, unknown>;

/** The text under `name`; absent, empty and other types are undefined. */
export function text(params: Params, name: string): string | undefined {
  const value = params[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** The text under `name`, or the error AWS gives for a missing one. */
export function required(params: Params, name: string, code = 'InvalidParameterException'): string {
  const value = text(params, name);
  if (value === undefined) throw awsError(code, `${name} cannot be empty.`);
  return value;
}

/** The texts of a list; undefined when there is no list or it is empty. */
export function texts(params: Params, name: string): string[] | undefined {
  const value = params[name];
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.filter((item) => typeof item === 'string');
}

export function number(params: Params, name: string): number | undefined {
  const value = params[name];
  if (typeof value === 'number') return value;
  return typeof value === 'string' && value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined;
}

export function flag(params: Params, name: string): boolean {
  return params[name] === true || params[name] === 'true';
}

/** Epoch milliseconds; JSON protocols send epoch seconds, Query sends ISO 8601. */
export function time(params: Params, name: string): number | undefined {
  const value = params[name];
  if (typeof value === 'number') return value * 1000;
  const parsed = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** The structures of a list, empty when there is none. */
export function items(params: Params, name: string): Params[] {
  const value = params[name];
  return Array.isArray(value) ? value.filter(isParams) : [];
}

export function isParams(value: unknown): value is Params {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One page of `all` and the token of the next; a token that was not handed out is refused with `code`. */
export function page<T>(
  all: readonly T[],
  size: number,
  token: string | undefined,
  code = 'InvalidParameterException',
): { page: T[]; next?: string } {
  const known = /^after:(\d+)$/u.exec(Buffer.from(token ?? '', 'base64url').toString());
  if (token !== undefined && !known) throw awsError(code, 'The specified nextToken is not valid.');
  const start = Number(known?.[1] ?? 0);
  const end = start + size;
  const next = end < all.length ? Buffer.from(`after:${end}`).toString('base64url') : undefined;
  return { page: all.slice(start, end), ...(next === undefined ? {} : { next }) };
}
