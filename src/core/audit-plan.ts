// What the audit log says of a plan: everything is in its record, so noting it again after a crash adds only what is missing.
import type { Command } from '../../intents/catalog.ts';
import type { AuditEntry } from './audit.ts';
import { Refusal } from './errors.ts';
import type { Change, Sizes } from './facts.ts';
import { keys, type Plan } from './records.ts';
import type { Arg, Phrase } from './reply.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

type Line = Omit<AuditEntry, 'at'> & { at?: number };
type Said = Pick<Line, 'kind' | 'by'> & Partial<Line>;

const itself = 'opsjack';

/** Notes what the record says and the log does not yet. Durable when it resolves. */
export async function note(world: World, plan: Plan): Promise<void> {
  await Promise.all(linesOf(plan).map((line) => world.audit.note(line)));
}

/** Notes the AWS calls of one attempt, by name and request id; a log that fails is no reason to fail the operation. */
export async function noteCalls(world: World, plan: Plan, by: string, calls: readonly string[]): Promise<void> {
  if (calls.length === 0) return;
  const line = lineOf(plan, `called/${world.clock.now()}/${calls[0]}`, { kind: 'called', by, calls: [...calls] });
  await world.audit.note(line).catch((error: unknown) => {
    world.log.warn({ plan: plan.id, calls, err: error }, 'calls could not be noted');
  });
}

/** Everything a plan's record says that happened so far, oldest first. */
export function linesOf(plan: Plan): Line[] {
  const { by, startedAt, stop, decision, override } = plan;
  const about = { command: plan.command, intent: plan.intent, change: plan.change, what: whatOf(plan) };
  const why = override?.why ?? plan.why;
  const line = (id: string, said: Said) => lineOf(plan, id, said);
  return [
    line('planned', { kind: 'planned', by, at: plan.proposedAt, ...about, ...(why === undefined ? {} : { why }) }),
    ...(isConfirmed(plan) ? [line('confirmed', { kind: 'confirmed', by, ...confirmedAt(plan) })] : []),
    ...(plan.votes ?? []).map((vote) =>
      line(`vote/${vote.by}`, { kind: vote.isYes ? 'approved' : 'declined', by: vote.by, at: vote.at }),
    ),
    ...(plan.startAt !== undefined && plan.agreedAt !== undefined
      ? [line('scheduled', { kind: 'scheduled', by, what: `for ${new Date(plan.startAt).toISOString()}` })]
      : []),
    ...(startedAt === undefined ? [] : [line('started', { kind: 'started', by, at: startedAt })]),
    ...(stop ? [line(`stopped/${stop.at}`, { kind: 'stopped', by: stop.by, at: stop.at })] : []),
    ...(decision
      ? [line(`decided/${decision.at}`, { kind: 'decided', by: decision.by, at: decision.at, what: decision.verb })]
      : []),
    ...endOf(plan).map((said) => line(said.kind, said)),
  ];
}

function lineOf(plan: Plan, id: string, said: Said): Line {
  return { id: `${plan.id}/${id}`, target: plan.target.key, plan: plan.id, channel: plan.place.channel, ...said };
}

function isConfirmed({ agreedAt, approval }: Plan): boolean {
  return agreedAt !== undefined || approval?.until !== undefined;
}

/** One that waits for its time is agreed to anew when that has come. */
function confirmedAt({ agreedAt, approval, startAt }: Plan): { at?: number } {
  if (approval?.until !== undefined) return { at: approval.until - approval.within };
  return agreedAt === undefined || startAt !== undefined ? {} : { at: agreedAt };
}

function endOf(plan: Plan): Said[] {
  const { endedAt, outcome, reason, cause } = plan;
  switch (plan.state) {
    case 'cancelled':
      return plan.votes?.some(({ isYes }) => !isYes) ? [] : [{ kind: 'cancelled', by: plan.by }];
    case 'expired':
    case 'superseded':
      return [{ kind: plan.state, by: itself }];
    case 'ended': {
      const what = reason ? textOf(reason) : cause?.kind;
      const at = endedAt === undefined ? {} : { at: endedAt };
      const came = outcome === undefined ? {} : { outcome };
      return [{ kind: 'ended', by: itself, ...at, ...came, ...(what === undefined ? {} : { what }) }];
    }
    default:
      return [];
  }
}

/** Notes that somebody was refused a change, and why; a right that is missing also where they only looked. */
export async function noteRefusal(
  world: World,
  request: Request,
  refusal: Refusal | Phrase,
  about: { command?: Command; target?: string; plan?: string },
): Promise<void> {
  const plan = about.plan === undefined ? undefined : (await world.store.get<Plan>(keys.plan(about.plan)))?.value;
  const target = about.target ?? plan?.target.key;
  const line: Line = {
    id: `${request.id}/refused`,
    kind: 'refused',
    by: request.by,
    channel: request.place.channel,
    what: textOf(refusal instanceof Refusal ? refusal.reason : refusal),
    ...(about.command ? { command: about.command } : {}),
    ...(target === undefined ? {} : { target }),
    ...(plan ? { plan: plan.id } : {}),
  };
  await world.audit.note(line).catch((error: unknown) => {
    world.log.warn({ request: request.id, err: error }, 'a refusal could not be noted');
  });
}

function whatOf({ change, before }: Plan): string {
  switch (change.kind) {
    case 'scale':
      return moves(before.sizes, change.sizes) + (change.register ? ', made scalable' : '');
    case 'restart':
      return 'restart';
    case 'swap':
      return `swap with ${change.other.name}`;
    case 'deploy':
      return deployed(change) + (before.artifact ? `, was ${before.artifact.label}` : '');
  }
}

function deployed({ artifact, percent }: Change & { kind: 'deploy' }): string {
  const digest = artifact.digest === undefined ? '' : ` (${artifact.digest})`;
  return `deploy ${artifact.label}${digest}${percent === undefined ? '' : ` to ${percent} %`}`;
}

function moves(from: Sizes, to: Sizes): string {
  return (['min', 'max', 'desired'] as const)
    .filter((name) => to[name] !== undefined)
    .map((name) => `${name} ${from[name] ?? '?'} -> ${to[name]}`)
    .join(', ');
}

/** A phrase by its key and plain arguments: the log is read by programs, and for longer than sentences stay the same. */
function textOf({ say, with: args = {} }: Phrase): string {
  const said = Object.entries(args).flatMap(([name, arg]) => {
    const text = plainOf(arg);
    return text === undefined ? [] : [`${name}: ${text}`];
  });
  return said.length > 0 ? `${say} (${said.join(', ')})` : say;
}

function plainOf(arg: Arg): string | number | undefined {
  if (typeof arg === 'string' || typeof arg === 'number') return arg;
  if ('code' in arg) return arg.code;
  if ('person' in arg) return arg.person;
  if ('group' in arg) return arg.group;
  return 'say' in arg ? textOf(arg) : undefined;
}
