// What must be true after a run, whatever went wrong in it. Each broken promise is one line.
import { over, type Plan } from '../../src/core/records.ts';
import type { SimSlack } from '../../src/sim/slack/server.ts';
import type { Truth } from './account.ts';
import { title, type Person } from './person.ts';
import type { Records } from './records.ts';
import type { Scenario } from './scenarios.ts';

export type Evidence = {
  scenario: Scenario;
  records: Records;
  slack: SimSlack;
  people: readonly Person[];
  before: Truth;
  now: Truth;
  /** Task definitions that were really registered. */
  registered: number;
  /** What is wrong with the audit log. */
  audit: readonly string[];
};

/** Every promise that was broken; nothing when all were kept. */
export function broken(about: Evidence): string[] {
  return [...forgotten(about), ...untold(about), ...untrue(about), ...unheard(about), ...about.audit];
}

/** Nothing is open: no plan, no claim, no request, no lock but those that are meant to stay. */
function forgotten({ records }: Evidence): string[] {
  const problems: string[] = [];
  for (const plan of records.plans) {
    if (!over(plan)) problems.push(`forgotten: ${plan.id} is still ${plan.state}`);
    else if (!plan.told) problems.push(`forgotten: the end of ${plan.id} was never told`);
  }
  for (const claim of records.claims) problems.push(`forgotten: a claim of ${claim.plan} is left`);
  for (const revert of records.reverts)
    if (revert.state === 'waiting') problems.push(`forgotten: ${revert.id} still waits`);
  for (const [key, { state }] of records.intakes)
    if (state !== 'done') problems.push(`forgotten: ${key} is still open`);
  const mayLock = new Set(records.plans.filter(locks).map(({ id }) => id));
  for (const lock of records.locks) {
    if (!lock.freed && !mayLock.has(lock.automatic ?? '')) problems.push(`a lock is left on ${lock.name}`);
  }
  return problems;
}

/** What went back, or was taken back, keeps its target locked until somebody has looked. */
const locks = ({ intent, outcome, change }: Plan): boolean =>
  outcome === 'rolled-back' ||
  (change.kind === 'deploy' && outcome === 'stopped') ||
  intent === 'Rollback' ||
  intent === 'Undo';

const endings = {
  done: ', done',
  failed: ', failed',
  'rolled-back': ', failed',
  stopped: ', stopped',
  'not-started': ', not started',
  unfinished: ', not known to have ended',
};

/** One final message, which says what the record says. */
function untold({ records, slack }: Evidence): string[] {
  return records.plans.flatMap((plan) => {
    if (plan.state !== 'ended' || !plan.outcome) return [];
    const { message } = plan;
    if (!message) return [`untold: ${plan.id} (${plan.outcome}) has no message`];
    const shown = slack.messages(message.channel).find(({ ts }) => ts === message.ts);
    const header = shown ? title(shown) : 'no message';
    if (header.endsWith(endings[plan.outcome])) return [];
    return [`untold: ${plan.id} ended ${plan.outcome}, and its message says "${header}"`];
  });
}

/** As many changes in AWS as were told of, and they are there when they were told to be. */
function untrue({ records, scenario, before, now, registered }: Evidence): string[] {
  const problems: string[] = [];
  const ended = records.plans.filter(({ state }) => state === 'ended').toSorted((a, b) => a.proposedAt - b.proposedAt);
  const sure = ended.filter(({ outcome }) => outcome !== 'not-started' && outcome !== 'unfinished');
  const unsure = ended.filter(({ outcome }) => outcome === 'unfinished');
  const [least, most] = [sure.length, sure.length + unsure.length];
  if (most > scenario.changes)
    problems.push(`twice: ${most} changes were begun where ${scenario.changes} were agreed to`);
  const counted =
    records.plans.some(({ change }) => change.kind === 'scale') && now.begun === 0 ? undefined : now.begun;
  if (counted !== undefined && (counted < least || counted > most)) {
    problems.push(
      `untrue: people were told of ${least}${most > least ? ` to ${most}` : ''} changes, AWS had ${counted}`,
    );
  }
  if (registered > most) problems.push(`twice: ${registered} task definitions for ${most} changes`);
  const done = ended.filter(({ outcome }) => outcome === 'done').length;
  const isDone = done > 0 && ended.every(({ outcome }) => outcome === 'done' || outcome === 'not-started');
  if (isDone && !scenario.shows(now, before, done))
    problems.push(`untrue: told done, AWS shows ${JSON.stringify(now)}`);
  if (isDone && !now.isAtRest) problems.push('untrue: told done, and AWS is not at rest');
  if (most === 0 && (now.min !== before.min || now.max !== before.max || now.version !== before.version))
    problems.push(`untrue: told that nothing was started, AWS shows ${JSON.stringify(now)}`);
  const other = sure.filter(({ outcome }) => outcome && !scenario.ends.includes(outcome));
  for (const { outcome } of other) problems.push(`untrue: told ${outcome}, which it cannot be`);
  const failed = ended.some(({ outcome }) => outcome === 'rolled-back');
  if (failed && (now.wentBack === 0 || now.version !== before.version))
    problems.push('untrue: told that AWS went back');
  return problems;
}

/** What Slack was told we have is on record once; what was asked was answered, and was planned once at most. */
function unheard({ records, people }: Evidence): string[] {
  const problems: string[] = [];
  for (const who of people) {
    const heard = [...who.asked, ...who.clicked].filter(({ acked }) => acked);
    for (const { id } of heard)
      if (!records.intakes.has(`intake/${id}`)) problems.push(`unheard: ${id} was acknowledged`);
    const last = who.asked.at(-1);
    if (last?.acked && who.ofBot(last.order).length === 0) problems.push('unheard: the last request has no answer');
  }
  const most = people.reduce((sum, who) => sum + who.asked.length + who.opened(), 0);
  const asked = records.plans.filter(({ reverts }) => reverts === undefined);
  if (asked.length > most) problems.push(`twice: ${asked.length} plans for ${most} requests`);
  for (const plan of records.plans) if (plan.state === 'expired') problems.push(...ignored(plan, people));
  return problems;
}

/** A plan that expired although somebody had agreed in time. */
function ignored(plan: Plan, people: readonly Person[]): string[] {
  const agreed = people.flatMap((who) => who.clicked.filter((one) => one.acked && one.message.ts === plan.message?.ts));
  const told = people.some((who) => agreed.some(({ after }) => who.ofBot(after).length > 0));
  return agreed.length > 0 && !told ? [`ignored: ${plan.id} was agreed to and expired`] : [];
}
