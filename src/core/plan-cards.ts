// One plan, one message with one life: the question, the progress, the end.
import { range, place, plain, run, sizesPhrase, causePhrase, lastDigit } from './cards.ts';
import { expiry } from './agree.ts';
import { agreedBy, approvalCard, reasonLines, scheduledCard } from './approval-cards.ts';
import { lockReason } from './lock-after.ts';
import { endCard } from './plan-ends.ts';
import { isPaused, pauseButtons, pauseLines } from './pauses.ts';
import { callsButton } from './show-calls.ts';
import { changeWord, head, isBack, overridePhrase } from './plan-words.ts';
import { whoPhrase } from './policy.ts';
import { over, type Plan } from './records.ts';
import type { Artifact, Step } from './facts.ts';
import { say, type Action, type Line, type Part, type Phrase, type Reply } from './reply.ts';

/** *Stop and roll back*, where the platform can; `isNamed`: saying of what, where several may stand together. */
export function stopButton(plan: Plan, isNamed = false): Action[] {
  if (!plan.stoppable || (plan.stop && !plan.stop.refused) || over(plan)) return [];
  if (plan.progress?.state === 'rolling-back') return [];
  const about = { target: plan.target.name, change: changeWord(plan) };
  return [
    {
      kind: 'button',
      label: isNamed ? say('button.stop-of', { target: plan.target.name }) : say('button.stop'),
      click: { operation: plan.id, verb: 'abort' },
      style: 'danger',
      hint: say('stop.hint', about),
      confirm: {
        title: say('stop.title'),
        text: say('stop.text', about),
        yes: say('button.stop'),
        no: say('button.keep-going'),
      },
    },
  ];
}

/** The card of a plan as it stands; where several people see it, each can read it in their own language. */
export function planCard(plan: Plan): Reply {
  const card = withHolds(plan, cardOf(plan));
  if (plan.place.direct) return card;
  const mine: Action = { kind: 'button', label: say('button.in-mine'), click: { plan: plan.id, verb: 'read' } };
  return { ...card, actions: [...(card.actions ?? []), mine] };
}

/** What it goes against, for everybody to see, and that it locks behind itself. */
function withHolds(plan: Plan, card: Reply): Reply {
  const isLocking = lockReason(plan) !== undefined;
  const said: Phrase[] = [
    ...(plan.override ? [overridePhrase(plan.override)] : []),
    ...(isLocking ? [say('plan.locks')] : []),
  ];
  if (said.length === 0) return card;
  const lines = said.map((phrase): Line => ({ sign: 'lock', parts: [phrase] }));
  const unlock = isLocking ? [run('button.unlock', 'Unlock', { target: plan.target.key })] : [];
  return {
    ...card,
    parts: [...card.parts, { kind: 'lines', lines }],
    actions: [...(card.actions ?? []), ...unlock],
  };
}

function cardOf(plan: Plan): Reply {
  switch (plan.state) {
    case 'proposed':
      return question(plan);
    case 'approving':
      return approvalCard(plan, changeLines(plan));
    case 'scheduled':
      return scheduledCard(plan, changeLines(plan));
    case 'agreed':
    case 'starting':
    case 'watching':
      return underWayCard(plan);
    case 'ended':
      return endCard(plan);
    case 'expired':
    case 'cancelled':
    case 'superseded':
      return {
        header: head(plan, 'no', say(`plan.${plan.state}`, { change: changeWord(plan) })),
        parts: [...declined(plan), nothingChanged],
      };
  }
}

/** Who of those asked said no. */
function declined({ votes = [] }: Plan): Part[] {
  const no = votes.filter(({ isYes }) => !isYes);
  return no.length === 0
    ? []
    : [
        {
          kind: 'lines',
          lines: no.map(({ by }) => ({ parts: [say('approval.declined', { person: { person: by } })] })),
        },
      ];
}

const nothingChanged: Part = { kind: 'lines', lines: [{ parts: [say('nothing.changed')] }] };

function question(plan: Plan): Reply {
  const until = say('plan.waiting', { person: { person: plan.by }, until: { time: expiry(plan), style: 'time' } });
  const warnings: Line[] = plan.warnings.map((warning) => ({ sign: 'degraded', parts: [warning] }));
  const parts: Part[] = [{ kind: 'lines', lines: changeLines(plan) }];
  const dangers: Line[] = (plan.danger ?? []).map((danger) => ({ sign: 'down', parts: [danger], strong: true }));
  if (plan.why !== undefined) parts.push({ kind: 'lines', lines: reasonLines(plan) });
  if (warnings.length + dangers.length > 0) parts.push({ kind: 'lines', lines: [...dangers, ...warnings] });
  return {
    header: head(plan, 'ask', say('plan.ask', { change: changeWord(plan) })),
    place: place(plan.target),
    parts,
    actions: [
      {
        kind: 'button',
        label: confirmLabel(plan),
        click: { plan: plan.id, verb: 'confirm' },
        style: 'primary',
        hint: say('plan.hint', { target: plan.target.name, change: changeWord(plan) }),
      },
      { kind: 'button', label: say('button.cancel'), click: { plan: plan.id, verb: 'cancel' } },
      ...callsButton(plan),
    ],
    foot: [until, ...needed(plan), ...later(plan)],
  };
}

/** Who will be asked once it is confirmed. */
function needed({ approval }: Plan): Phrase[] {
  return approval ? [say('approval.then', { need: approval.need, from: approval.from.map(whoPhrase) })] : [];
}

/** When it starts, and when it is taken back. */
function later({ startAt, lasts }: Plan): Phrase[] {
  return [
    ...(startAt === undefined ? [] : [say('schedule.at', { at: { time: startAt, style: 'day' } })]),
    ...(lasts === undefined ? [] : [say('schedule.for', { duration: { duration: lasts } })]),
  ];
}

function confirmLabel(plan: Plan): Phrase {
  const { change } = plan;
  switch (change.kind) {
    case 'scale':
      return say('button.scale-to', { sizes: sizesPhrase(change.sizes), last: lastDigit(change.sizes) });
    case 'restart':
      return say('button.restart');
    case 'swap':
      return say('button.swap');
    case 'deploy':
      return say(isBack(plan) ? 'button.rollback-to' : 'button.deploy-version', {
        version: change.artifact.label,
      });
  }
}

function changeLines(plan: Plan): Line[] {
  const { change } = plan;
  switch (change.kind) {
    case 'scale':
      return scaleLines(plan);
    case 'deploy':
      return deployLines(plan, change.artifact);
    case 'restart':
      return restartLines(plan);
    case 'swap':
      return swapLines(plan, change.other.name);
  }
}

function restartLines({ before, strategy }: Plan): Line[] {
  return [
    ...(before.artifact
      ? [{ label: say('label.version'), parts: [say('unchanged.text', { value: before.artifact.label })] }]
      : []),
    ...(strategy ? [{ label: say('label.how'), parts: [plain(strategy)] }] : []),
    { label: say('label.capacity'), parts: [range(before.capacity)] },
  ];
}

/** Both sides, before and after. */
function swapLines({ target, before }: Plan, other: string): Line[] {
  const [mine = '–', theirs = '–'] = [before.address, before.otherAddress];
  return [
    { label: plain(target.name), parts: [say('before-after', { before: mine, after: theirs })] },
    { label: plain(other), parts: [say('before-after', { before: theirs, after: mine })] },
  ];
}

function scaleLines(plan: Plan): Line[] {
  const { before, change } = plan;
  if (change.kind !== 'scale') return [];
  const lines: Line[] = [];
  const { min, max, desired } = change.sizes;
  if (min !== undefined)
    lines.push({
      label: say('label.min'),
      parts: [min === before.sizes.min ? unchanged(min) : arrow(before.sizes.min, min)],
    });
  if (max !== undefined)
    lines.push({
      label: say('label.max'),
      parts: [max === before.sizes.max ? unchanged(max) : arrow(before.sizes.max, max)],
    });
  const now = before.capacity.desired;
  const next = desired ?? Math.min(Math.max(now, min ?? now), max ?? now);
  if (next !== now)
    lines.push({
      label: say('label.desired'),
      parts: [arrow(now, next), say(`difference.${before.capacity.unit}`, { count: next - now })],
    });
  else lines.push({ label: say('label.desired'), parts: [unchanged(now)] });
  return lines;
}

const arrow = (from: number | undefined, to: number): Phrase => say('before-after', { before: from ?? '–', after: to });
const unchanged = (value: number): Phrase => say('unchanged', { value });

function deployLines(plan: Plan, artifact: Artifact): Line[] {
  const before = plan.before.artifact?.label;
  const lines: Line[] = [
    { label: say('label.version'), parts: [say('before-after', { before: before ?? '–', after: artifact.label })] },
  ];
  const made: Phrase[] = [];
  if (artifact.created) made.push(say('built', { age: { duration: Math.max(0, plan.proposedAt - artifact.created) } }));
  if (artifact.digest) made.push(plain({ code: artifact.digest }));
  if (made.length > 0) lines.push({ label: say('label.new'), parts: made });
  if (artifact.container) lines.push({ label: say('label.container'), parts: [plain(artifact.container)] });
  if (plan.strategy) lines.push({ label: say('label.how'), parts: [plain(plan.strategy)] });
  lines.push({ label: say('label.capacity'), parts: [range(plan.before.capacity)] });
  return lines;
}

function underWayCard(plan: Plan): Reply {
  const { progress } = plan;
  const since = plan.startedAt ?? plan.agreedAt ?? plan.proposedAt;
  const parts: Part[] = progress
    ? [
        {
          kind: 'progress',
          title: progressTitle(plan),
          steps: progress.steps.map((step) => ({ title: stepTitle(step), state: step.state })),
        },
      ]
    : [{ kind: 'lines', lines: [{ parts: [say('plan.starting')] }] }];
  if (progress?.shares?.length)
    parts.push({
      kind: 'lines',
      lines: [{ label: say('label.traffic'), parts: progress.shares.map((share) => say('progress.shares', share)) }],
    });
  if (progress?.cause)
    parts.push({ kind: 'lines', lines: [{ sign: 'degraded', parts: [causePhrase(progress.cause)] }] });
  if (plan.stop) parts.push({ kind: 'lines', lines: [{ sign: 'back', parts: [stopPhrase(plan.stop)] }] });
  const pause = pauseLines(plan);
  if (pause.length > 0) parts.push({ kind: 'lines', lines: pause });
  if (plan.reason) parts.push({ kind: 'note', sign: 'unknown', parts: [plan.reason] });
  const waits = isPaused(plan);
  const going = say(waits ? 'plan.paused' : 'plan.doing', { change: changeWord(plan) });
  const state = progress?.state === 'rolling-back' ? say('plan.rolling-back') : going;
  return {
    header: head(plan, waits ? 'ask' : 'changing', state),
    place: [
      say('at', { at: { time: since, style: 'day' } }),
      say('by', { person: { person: plan.by } }),
      ...agreedBy(plan),
    ],
    parts,
    actions: waits ? pauseButtons(plan) : stopButton(plan),
  };
}

function stopPhrase({ by, refused }: NonNullable<Plan['stop']>): Phrase {
  const person = { person: by };
  return refused ? say('plan.stop-refused', { person, reason: refused }) : say('plan.stopping', { person });
}

function progressTitle(plan: Plan): Phrase {
  const { capacity, updated } = plan.progress!;
  if (plan.change.kind === 'deploy' && updated !== undefined && plan.progress!.state !== 'rolling-back') {
    return say(`progress.version.${capacity.unit}`, {
      updated,
      total: capacity.desired,
      version: plan.change.artifact.label,
    });
  }
  return say(`progress.${capacity.unit}`, { healthy: capacity.healthy, desired: capacity.desired });
}

function stepTitle(step: Step): Phrase {
  const { kind, state: _state, ...args } = step;
  return say(`step.${kind}`, args);
}
