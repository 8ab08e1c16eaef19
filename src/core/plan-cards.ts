// One plan, one message with one life: the question, the progress, the end.
import { range, place, plain, run, sizesPhrase, causePhrase, lastDigit } from './cards.ts';
import { expiry } from './agree.ts';
import { over, type Plan } from './records.ts';
import type { Artifact, Step } from './facts.ts';
import { say, type Action, type Line, type Part, type Phrase, type Reply, type Sign } from './reply.ts';

/** What changes, as a noun phrase: `deploy 1.9.0`, `scale to 8–24`. */
export function changeWord(plan: Plan): Phrase {
  if (plan.change.kind === 'scale') return say('change.scale', { sizes: sizesPhrase(plan.change.sizes) });
  const { label } = plan.change.artifact;
  return say(plan.intent === 'Deploy' ? 'change.deploy' : 'change.rollback', { version: label });
}

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

/** The card of a plan as it stands. */
export function planCard(plan: Plan): Reply {
  switch (plan.state) {
    case 'proposed':
      return question(plan);
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
        parts: [nothingChanged],
      };
  }
}

const nothingChanged: Part = { kind: 'lines', lines: [{ parts: [say('nothing.changed')] }] };

export function head(plan: Plan, sign: Sign, state: Phrase): NonNullable<Reply['header']> {
  return { sign, text: say('header', { target: plan.target.name, state }) };
}

function question(plan: Plan): Reply {
  const until = say('plan.waiting', { person: { person: plan.by }, until: { time: expiry(plan), style: 'time' } });
  const warnings: Line[] = plan.warnings.map((warning) => ({ sign: 'degraded', parts: [warning] }));
  const parts: Part[] = [
    { kind: 'lines', lines: plan.change.kind === 'scale' ? scaleLines(plan) : deployLines(plan, plan.change.artifact) },
  ];
  if (warnings.length > 0) parts.push({ kind: 'lines', lines: warnings });
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
    ],
    foot: [until],
  };
}

function confirmLabel(plan: Plan): Phrase {
  if (plan.change.kind === 'scale')
    return say('button.scale-to', { sizes: sizesPhrase(plan.change.sizes), last: lastDigit(plan.change.sizes) });
  return say(plan.intent === 'Deploy' ? 'button.deploy-version' : 'button.rollback-to', {
    version: plan.change.artifact.label,
  });
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
  if (progress?.cause)
    parts.push({ kind: 'lines', lines: [{ sign: 'degraded', parts: [causePhrase(progress.cause)] }] });
  if (plan.stop) parts.push({ kind: 'lines', lines: [{ sign: 'back', parts: [stopPhrase(plan.stop)] }] });
  if (plan.reason) parts.push({ kind: 'note', sign: 'unknown', parts: [plan.reason] });
  const state =
    progress?.state === 'rolling-back' ? say('plan.rolling-back') : say('plan.doing', { change: changeWord(plan) });
  return {
    header: head(plan, 'changing', state),
    place: [say('at', { at: { time: since, style: 'day' } }), say('by', { person: { person: plan.by } })],
    parts,
    actions: stopButton(plan),
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

function endCard(plan: Plan): Reply {
  const took =
    plan.endedAt && plan.startedAt ? [say('took', { duration: { duration: plan.endedAt - plan.startedAt } })] : [];
  const foot = [
    say('at', { at: { time: plan.endedAt ?? plan.proposedAt, style: 'day' } }),
    say('by', { person: { person: plan.by } }),
  ];
  const status = run('button.status', 'Status', { target: plan.target.key });
  const lines: Line[] = [];
  const full =
    plan.progress && say(`all-healthy.${plan.progress.capacity.unit}`, { count: plan.progress.capacity.healthy });
  switch (plan.outcome) {
    case 'done':
      lines.push({ parts: [...(full ? [full] : []), ...took] });
      return {
        header: head(plan, 'done', say('plan.done', { change: changeWord(plan) })),
        parts: [{ kind: 'lines', lines }],
        actions: [status, undoButton(plan)],
        foot: [...foot, was(plan)],
      };
    case 'not-started':
      lines.push(
        { parts: [plan.reason ?? say('late.not-started')], strong: true },
        { parts: [say('nothing.changed')] },
      );
      return {
        header: head(plan, 'no', say('plan.not-started', { change: changeWord(plan) })),
        parts: [{ kind: 'lines', lines }],
        actions: [{ kind: 'button', label: say('button.again'), click: { command: plan.command } }, status],
        foot,
      };
    case 'unfinished':
      lines.push({ parts: [plan.reason ?? say('plan.too-long')], strong: true }, { parts: [say('plan.look-first')] });
      return {
        header: head(plan, 'unknown', say('plan.unfinished', { change: changeWord(plan) })),
        parts: [{ kind: 'lines', lines }],
        actions: [status],
        foot,
      };
    default:
      return badEnd(plan, [...foot, ...took], status);
  }
}

function badEnd(plan: Plan, foot: Phrase[], status: Action): Reply {
  const stopped = plan.outcome === 'stopped';
  const lines: Line[] = [];
  if (plan.stop && stopped)
    lines.push({ parts: [say('plan.was-stopped', { person: { person: plan.stop.by } })], strong: true });
  if (plan.cause && !stopped) lines.push({ parts: [causePhrase(plan.cause)], strong: true });
  if (plan.reason) lines.push({ parts: [plan.reason] });
  const { progress } = plan;
  const back = progress?.version ?? plan.before.artifact?.label;
  if (progress && (plan.outcome === 'rolled-back' || stopped) && back) {
    const key = stopped ? 'plan.went-back' : 'plan.aws-went-back';
    lines.push({
      sign: 'back',
      parts: [
        say(key, { version: back }),
        say(`healthy-now.${progress.capacity.unit}`, { count: progress.capacity.healthy }),
      ],
    });
  } else if (progress) {
    lines.push({
      parts: [
        say(`now.${progress.capacity.unit}`, {
          healthy: progress.capacity.healthy,
          desired: progress.capacity.desired,
        }),
      ],
    });
  }
  const events = run('button.events', 'Events', { target: plan.target.key });
  const mixed = plan.outcome === 'failed' ? [undoButton(plan, 'primary')] : [];
  return {
    header: stopped
      ? head(plan, 'back', say('plan.stopped', { change: changeWord(plan) }))
      : head(plan, 'failed', say('plan.failed', { change: changeWord(plan) })),
    parts: lines.length > 0 ? [{ kind: 'lines', lines }] : [],
    actions: [...mixed, status, events],
    foot,
  };
}

function undoButton(plan: Plan, style?: 'primary'): Action {
  const label =
    plan.change.kind === 'scale'
      ? say('button.undo')
      : say('button.rollback-to', { version: plan.before.artifact?.label ?? '?' });
  return {
    kind: 'button',
    label,
    click: { operation: plan.id, verb: 'undo' },
    hint: say('undo.hint', { target: plan.target.name }),
    ...(style ? { style } : {}),
  };
}

function was(plan: Plan): Phrase {
  if (plan.change.kind === 'scale') return say('was', { what: sizesPhrase(plan.before.sizes) });
  return say('was', { what: plain(plan.before.artifact?.label ?? '–') });
}
