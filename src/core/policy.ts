// Who may do what. Asked at every entry, at every click, and again when an operation starts.
import type { Right } from '../../intents/catalog.ts';
import { Refusal } from './errors.ts';
import type { Target } from './facts.ts';
import { needsTags, selectorText, selects, type ApprovalRule, type Grant, type Rules } from './grants.ts';
import type { People } from './ports.ts';
import { say, type Arg, type Phrase } from './reply.ts';
import type { Place } from './request.ts';

export type Needed = Right | 'everyone';

export type Policy = {
  /** Refuses with the missing grant and who can give it. Without a target: whether there is any it may be done to. */
  allow(by: string, right: Needed, target?: Target): Promise<void>;
  may(by: string, right: Needed, target?: Target): Promise<boolean>;
  /** People and groups with the right on the target, as Slack ids, `everyone` included. */
  holders(right: Right, target?: Target): Promise<string[]>;
  /** Everybody behind Slack ids of people and groups, read fresh; fails when Slack does not tell. */
  expand(who: readonly string[]): Promise<string[]>;
  /** The strictest rule of agreement for a change of the target; nothing where none is needed. */
  approval(right: Right, target: Target): Promise<ApprovalRule | undefined>;
  /** The most instances or tasks the target may be given, where limited. */
  ceiling(target: Target): Promise<number | undefined>;
  /** What somebody holds: the groups that the rules name and they are in, and their grants; `everyone` where nothing is denied. */
  standing(by: string): Promise<{ groups: string[]; grants: readonly Grant[] | 'everyone' }>;
  /** Stages in the order a version passes them. */
  order(): readonly string[];
  /** Names the rules as they are now. */
  hash(): string;
  /** May this place be spoken to in public? Channels shared outside the organisation may not, unless listed. */
  speaks(place: Place): boolean;
};

type Parts = {
  /** The rules as they are now. */
  rules: () => Rules;
  people: People;
  tags: (target: Target) => Promise<Readonly<Record<string, string>> | undefined>;
};

const reads: readonly Needed[] = ['everyone', 'status'];

/** The policy over rules that may change while it runs. */
export function policy({ rules, people, tags }: Parts): Policy {
  async function tagsOf(target: Target | undefined) {
    return target && needsTags(rules()) ? tags(target) : undefined;
  }

  async function grantsFor(right: Right, target: Target | undefined) {
    const { grants } = rules();
    if (grants === 'everyone') return [];
    const known = await tagsOf(target);
    return grants.filter((grant) => grant.may.includes(right) && (!target || selects(grant.on, target, known)));
  }

  async function includes(who: readonly string[], by: string, isMember: boolean): Promise<boolean> {
    if (who.includes(by) || (isMember && who.includes('everyone'))) return true;
    for (const group of who.filter(isGroup)) if ((await people.members(group)).includes(by)) return true;
    return false;
  }

  async function isNamed(by: string): Promise<boolean> {
    const { grants } = rules();
    if (grants === 'everyone') return false;
    return includes(
      grants.flatMap(({ who }) => who),
      by,
      false,
    );
  }

  async function may(by: string, right: Needed, target?: Target): Promise<boolean> {
    const isMember = (await people.kind(by)) === 'member';
    if (rules().grants === 'everyone') return isMember && !isWithheld(right);
    if (right === 'everyone') return isMember || isNamed(by);
    const found = await grantsFor(right, target);
    if (reads.includes(right) && isMember && found.length === 0) return true;
    return includes(
      found.flatMap(({ who }) => who),
      by,
      isMember,
    );
  }

  async function allow(by: string, right: Needed, target?: Target): Promise<void> {
    if (await may(by, right, target)) return;
    if ((await people.kind(by)) !== 'member' && !(await isNamed(by)))
      throw new Refusal(say('refuse.stranger'), [], 'private');
    const missing = right === 'everyone' ? 'status' : right;
    throw new Refusal(await refusal(missing, target), [], 'private');
  }

  async function refusal(right: Right, target: Target | undefined): Promise<Phrase> {
    const admins = await holders('admin', target);
    const on = target ? selectorText(target.stage ? { stage: [target.stage] } : { name: [target.name] }) : '*';
    const givers: Arg = admins.length > 0 ? admins.slice(0, 5).map(whoPhrase) : { code: 'opsjack.yaml' };
    const about = { right: { code: right }, on: { code: on }, givers };
    return target ? say('refuse.right', { ...about, target: target.name }) : say('refuse.right-anywhere', about);
  }

  async function holders(right: Right, target?: Target): Promise<string[]> {
    if (rules().grants === 'everyone') return isWithheld(right) ? [] : ['everyone'];
    const found = await grantsFor(right, target);
    if (right === 'status' && found.length === 0) return ['everyone'];
    return [...new Set(found.flatMap(({ who }) => who))];
  }

  async function standing(by: string): Promise<{ groups: string[]; grants: readonly Grant[] | 'everyone' }> {
    const { grants } = rules();
    if (grants === 'everyone') return { groups: [], grants };
    const isMember = (await people.kind(by)) === 'member';
    const named = [...new Set(grants.flatMap(({ who }) => who.filter(isGroup)))];
    const member = await Promise.all(named.map(async (group) => (await people.members(group)).includes(by)));
    const groups = named.filter((_, index) => member[index]);
    const ids = new Set([by, ...groups, ...(isMember ? ['everyone'] : [])]);
    return { groups, grants: grants.filter(({ who }) => who.some((id) => ids.has(id))) };
  }

  async function expand(who: readonly string[]): Promise<string[]> {
    const lists = await Promise.all(who.map(async (id) => (isGroup(id) ? people.members(id) : [id])));
    return [...new Set(lists.flat())].filter((id) => id !== 'everyone');
  }

  async function approval(right: Right, target: Target): Promise<ApprovalRule | undefined> {
    const known = await tagsOf(target);
    const found = rules().approvals.filter((rule) => rule.for.includes(right) && concerns(rule, target, known));
    return found.toSorted((a, b) => b.need - a.need)[0];
  }

  return {
    allow,
    may,
    holders,
    expand,
    approval,
    async ceiling(target) {
      const known = await tagsOf(target);
      const found = rules().ceilings.filter(({ on }) => selects(on, target, known));
      return found.length > 0 ? Math.min(...found.map(({ max }) => max)) : undefined;
    },
    standing,
    order: () => rules().order,
    hash: () => rules().hash,
    speaks: (place) => !place.shared || rules().sharedChannels.includes(place.channel),
  };
}

/** A rule by tag concerns a target whose tags nobody could tell: agreement is asked for rather than not. */
function concerns({ on }: ApprovalRule, target: Target, known: Readonly<Record<string, string>> | undefined) {
  const { tag: _tag, ...rest } = on;
  return known === undefined ? selects(rest, target, known) : selects(on, target, known);
}

/** Even where anybody may do anything, what is dangerous is granted by name. */
function isWithheld(right: Needed): boolean {
  return right === 'danger' || right === 'admin';
}

/** Whether a Slack id is that of a user group. */
export function isGroup(id: string): boolean {
  return id.startsWith('S');
}

/** A person, a group or everybody, as people read it. */
export function whoPhrase(id: string): Phrase {
  if (id === 'everyone') return say('who.everyone');
  return isGroup(id) ? say('who.group', { group: { group: id } }) : say('who.person', { person: { person: id } });
}
