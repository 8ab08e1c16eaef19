// The last card of a plan: what came of it, and the next step.
import { agreedBy } from './approval-cards.ts';
import { causePhrase, plain, run, sizesPhrase } from './cards.ts';
import { changeWord, head } from './plan-words.ts';
import type { Plan } from './records.ts';
import { revertButtons, revertId } from './reverts.ts';
import { say, type Action, type Line, type Phrase, type Reply } from './reply.ts';

/** The card of an ended plan. */
export function endCard(plan: Plan): Reply {
  const took =
    plan.endedAt && plan.startedAt ? [say('took', { duration: { duration: plan.endedAt - plan.startedAt } })] : [];
  const foot = [
    say('at', { at: { time: plan.endedAt ?? plan.proposedAt, style: 'day' } }),
    say('by', { person: { person: plan.by } }),
    ...agreedBy(plan),
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
        actions: [
          status,
          ...(plan.lasts === undefined ? undoButton(plan) : revertButtons(revertId(plan.id), plan.lasts)),
        ],
        foot: [...foot, was(plan), ...backAt(plan)],
      };
    case 'not-started':
      lines.push(
        { parts: [plan.reason ?? say('late.not-started')], strong: true },
        ...(plan.votes?.length ? [{ parts: [say('approval.dropped')] }] : []),
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
  const stoppedBy = plan.stop?.by ?? plan.decision?.by;
  if (stoppedBy !== undefined && stopped)
    lines.push({ parts: [say('plan.was-stopped', { person: { person: stoppedBy } })], strong: true });
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
  const mixed = plan.outcome === 'failed' ? undoButton(plan, 'primary') : [];
  return {
    header: stopped
      ? head(plan, 'back', say('plan.stopped', { change: changeWord(plan) }))
      : head(plan, 'failed', say('plan.failed', { change: changeWord(plan) })),
    parts: lines.length > 0 ? [{ kind: 'lines', lines }] : [],
    actions: [...mixed, status, events],
    foot,
  };
}

/** When a temporary change is taken back. */
function backAt({ lasts, endedAt }: Plan): Phrase[] {
  if (lasts === undefined || endedAt === undefined) return [];
  return [say('schedule.back', { at: { time: endedAt + lasts, style: 'day' } })];
}

/** A restart cannot be taken back. */
function undoButton(plan: Plan, style?: 'primary'): Action[] {
  if (plan.change.kind === 'restart') return [];
  const label =
    plan.change.kind === 'deploy'
      ? say('button.rollback-to', { version: plan.before.artifact?.label ?? '?' })
      : say('button.undo');
  const button: Action = {
    kind: 'button',
    label,
    click: { operation: plan.id, verb: 'undo' },
    hint: say('undo.hint', { target: plan.target.name }),
    ...(style ? { style } : {}),
  };
  return [button];
}

function was(plan: Plan): Phrase {
  if (plan.change.kind === 'scale') return say('was', { what: sizesPhrase(plan.before.sizes) });
  return say('was', { what: plain(plan.before.artifact?.label ?? '–') });
}
