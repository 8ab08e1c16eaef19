// Who may do what to which targets, as opsjack.yaml says it.
import type { Right } from '../../intents/catalog.ts';
import type { Target } from './facts.ts';

/** Which targets are meant: every member given must fit, one of its values is enough; `*` in a name stands for anything. */
export type Selector = {
  stage?: readonly string[] | undefined;
  platform?: readonly string[] | undefined;
  account?: readonly string[] | undefined;
  region?: readonly string[] | undefined;
  name?: readonly string[] | undefined;
  tag?: Readonly<Record<string, string>> | undefined;
};

/** `who`: Slack ids of people and user groups, or `everyone`: all full members. */
export type Grant = { who: readonly string[]; may: readonly Right[]; on: Selector };

/** `need` of `from` must agree, never the requester. Without `from`: whoever holds `approve`. `within`: milliseconds. */
export type ApprovalRule = {
  on: Selector;
  for: readonly Right[];
  need: number;
  from?: readonly string[] | undefined;
  within: number;
};

export type Rules = {
  /** `everyone`: anybody may do anything, in a simulated account without grants of its own. */
  grants: readonly Grant[] | 'everyone';
  approvals: readonly ApprovalRule[];
  /** Stages in the order a version passes them. */
  order: readonly string[];
  /** The most instances or tasks a target may be given. */
  ceilings: readonly { on: Selector; max: number }[];
  sharedChannels: readonly string[];
  /** Names the state of the file: a plan made under another one is not started. */
  hash: string;
};

type Tags = Readonly<Record<string, string>> | undefined;

/** Whether a selector means a target. Tags that are not known fit nothing. */
export function selects(on: Selector, target: Target, tags: Tags): boolean {
  const { stage, platform, account, region, name, tag } = on;
  return (
    isOneOf(stage, target.stage) &&
    isOneOf(platform, target.platform) &&
    isOneOf(account, target.account) &&
    isOneOf(region, target.region) &&
    (name === undefined || name.some((pattern) => fits(pattern, target.name))) &&
    Object.entries(tag ?? {}).every(([key, value]) => tags !== undefined && tags[key] === value)
  );
}

function isOneOf(wanted: readonly string[] | undefined, value: string | undefined): boolean {
  return wanted === undefined || (value !== undefined && wanted.includes(value));
}

/** `*` stands for anything. */
export function fits(pattern: string, name: string): boolean {
  const parts = pattern.split('*');
  if (parts.length === 1) return pattern === name;
  let from = 0;
  for (const [index, part] of parts.entries()) {
    const at = name.indexOf(part, from);
    if (at < 0 || (index === 0 && at !== 0)) return false;
    from = at + part.length;
  }
  return name.endsWith(parts.at(-1)!) && name.length >= pattern.length - (parts.length - 1);
}

/** A selector as people write it: `stage:prod name:api-*`; nothing selects everything. */
export function selectorText(on: Selector): string {
  return Object.entries(on)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => {
      if (key === 'tag')
        return Object.entries(value)
          .map(([name, text]) => `tag:${name}=${text}`)
          .join(' ');
      return `${key}:${(value as readonly string[]).join(',')}`;
    })
    .join(' ');
}

/** Whether any rule needs tags to be decided. */
export function needsTags({ grants, approvals, ceilings }: Rules): boolean {
  const all = [...(grants === 'everyone' ? [] : grants), ...approvals, ...ceilings];
  return all.some(({ on }) => on.tag !== undefined);
}
