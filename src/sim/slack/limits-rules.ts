// Small rules that say what a value must be; blocks and elements are tables made of them.
import { object } from './json.ts';

export type Problem = { pointer: string; code: string; message: string };
type Report = (pointer: string, message: string, code?: string) => void;
export type Rule = (value: unknown, pointer: string, report: Report) => void;
type Fields = Record<string, Rule>;

/** Runs a rule; every problem it finds, in document order. */
export function problemsOf(rule: Rule, value: unknown, pointer: string): Problem[] {
  const problems: Problem[] = [];
  rule(value, pointer, (at, message, code = 'invalid') => problems.push({ pointer: at, code, message }));
  return problems;
}

/** Text of `least` to `most` characters. */
export function text(most: number, least = 1): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'string') report(pointer, 'must be a string');
    else if (value.length > most) report(pointer, `must be less than ${most + 1} characters`);
    else if (value.length < least) report(pointer, `must be more than ${least - 1} characters`);
  };
}

/** A number from `least` to `most`. */
export function number(least = -Infinity, most = Infinity): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'number' || Number.isNaN(value)) report(pointer, 'must be a number');
    else if (value < least || value > most) report(pointer, `must be between ${least} and ${most}`);
  };
}

export const flag: Rule = (value, pointer, report) => {
  if (typeof value !== 'boolean') report(pointer, 'must be a boolean');
};

export const anything: Rule = () => {};

/** One of these words. */
export function oneOf(...words: string[]): Rule {
  return (value, pointer, report) => {
    if (!words.includes(value as string)) report(pointer, `must be one of: ${words.join(', ')}`);
  };
}

/** A web address of at most `most` characters. */
export function url(most: number): Rule {
  return (value, pointer, report) => {
    text(most)(value, pointer, report);
    if (typeof value === 'string' && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(value)) report(pointer, 'must be a valid URL');
  };
}

/** A list of `least` to `most` items. */
export function list(item: Rule, most: number, least = 1): Rule {
  return (value, pointer, report) => {
    if (!Array.isArray(value)) {
      report(pointer, 'must be an array');
      return;
    }
    if (value.length > most) report(pointer, `no more than ${most} items allowed`);
    if (value.length < least) report(pointer, `no fewer than ${least} items allowed`);
    for (const [index, one] of value.entries()) item(one, `${pointer}/${index}`, report);
  };
}

/** An object with these fields and no others. */
export function shape(required: Fields, optional: Fields = {}): Rule {
  return (value, pointer, report) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      report(pointer, 'must provide an object');
      return;
    }
    const given = object(value);
    for (const key of Object.keys(required)) {
      if (given[key] === undefined || given[key] === null) report(pointer, `missing required field: ${key}`);
    }
    for (const [key, one] of Object.entries(given)) {
      const rule = Object.hasOwn(required, key)
        ? required[key]
        : Object.hasOwn(optional, key)
          ? optional[key]
          : undefined;
      if (!rule) report(pointer, `invalid additional property: ${key}`);
      else if (one !== null && one !== undefined) rule(one, `${pointer}/${key}`, report);
    }
  };
}

/** One of several kinds of object, told apart by `type`. */
export function kinds(rules: () => Record<string, Rule>): Rule {
  return (value, pointer, report) => {
    const { type } = object(value);
    const known = rules();
    if (typeof type !== 'string') report(pointer, 'missing required field: type');
    else if (!Object.hasOwn(known, type)) report(pointer, `unsupported type: ${type}`);
    else known[type]?.(value, pointer, report);
  };
}

/** Several rules at once. */
export function all(...rules: Rule[]): Rule {
  return (value, pointer, report) => {
    for (const rule of rules) rule(value, pointer, report);
  };
}

/** At least one (or exactly one) of these fields is there. */
export function has(which: 'some' | 'one', ...keys: string[]): Rule {
  return (value, pointer, report) => {
    const there = keys.filter((key) => object(value)[key] !== undefined).length;
    if (there === 0) report(pointer, `missing one of the fields: ${keys.join(', ')}`);
    if (which === 'one' && there > 1) report(pointer, `only one of these fields allowed: ${keys.join(', ')}`);
  };
}
