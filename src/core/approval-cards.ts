// The cards of a plan that waits: for others to agree, or for its time.
import { place, plain } from './cards.ts';
import { changeWord, head } from './plan-words.ts';
import { whoPhrase } from './policy.ts';
import type { Plan } from './records.ts';
import { callsButton } from './show-calls.ts';
import { say, type Action, type Line, type Phrase, type Reply } from './reply.ts';

/** The requester's own reason, quoted. */
export function reasonLines({ why }: Plan): Line[] {
  return why === undefined ? [] : [{ parts: [plain(why)], quote: true }];
}

/** Asks others to agree. `lines`: what changes. */
export function approvalCard(plan: Plan, lines: readonly Line[]): Reply {
  const { need, from, until = 0 } = plan.approval!;
  const agreed = (plan.votes ?? []).filter(({ isYes }) => isYes);
  const votes: Line = {
    label: say('approval.count', { given: agreed.length, need }),
    parts: [...agreed.map(({ by }) => say('approval.given', { person: { person: by } })), ...open(agreed.length, plan)],
  };
  const asked: Line = { label: say('label.asked-by'), parts: [say('who.person', { person: { person: plan.by } })] };
  return {
    header: head(plan, 'ask', say('approval.ask', { change: changeWord(plan) })),
    place: place(plan.target),
    parts: [
      { kind: 'lines', lines: [...whenLines(plan), ...lines, asked, ...reasonLines(plan)] },
      { kind: 'lines', lines: [votes] },
    ],
    actions: [approve(plan), button(plan, 'decline'), cancelButton(plan), ...callsButton(plan)],
    foot: [say('approval.rule', { need, from: from.map(whoPhrase), until: { time: until, style: 'time' } })],
  };
}

function open(given: number, { approval }: Plan): Phrase[] {
  return given >= approval!.need ? [] : [say('approval.open', { from: approval!.from.map(whoPhrase) })];
}

/** Two taps on a phone: the button, and the yes of its dialog. */
function approve(plan: Plan): Action {
  return {
    ...button(plan, 'approve'),
    style: 'primary',
    confirm: {
      title: say('approval.title'),
      text: approvalText(plan),
      yes: say('button.approve'),
      no: say('button.not-yet'),
    },
  };
}

/** What an approver says yes to, and when it will happen. */
export function approvalText(plan: Plan): Phrase {
  const about = { target: plan.target.name, change: changeWord(plan), person: { person: plan.by } };
  if (plan.startAt === undefined) return say('approval.text', about);
  return say('approval.text-later', { ...about, at: { time: plan.startAt, style: 'day' } });
}

function button(plan: Plan, verb: 'approve' | 'decline'): Extract<Action, { kind: 'button' }> {
  return {
    kind: 'button',
    label: say(`button.${verb}`),
    click: { plan: plan.id, verb },
    hint: say(`approval.${verb}-hint`, { target: plan.target.name, change: changeWord(plan) }),
  };
}

function cancelButton(plan: Plan): Action {
  return { kind: 'button', label: say('button.cancel'), click: { plan: plan.id, verb: 'cancel' } };
}

/** When it starts and how long it stays, where that was said. */
function whenLines({ startAt, lasts }: Plan): Line[] {
  const parts = [
    ...(startAt === undefined ? [] : [say('at', { at: { time: startAt, style: 'day' } })]),
    ...(lasts === undefined ? [] : [say('schedule.for', { duration: { duration: lasts } })]),
  ];
  return parts.length > 0 ? [{ label: say('label.when'), parts }] : [];
}

/** Agreed, and waiting for its time. */
export function scheduledCard(plan: Plan, lines: readonly Line[]): Reply {
  return {
    header: head(plan, 'waiting', say('schedule.set', { change: changeWord(plan) })),
    place: place(plan.target),
    parts: [
      {
        kind: 'lines',
        lines: [...whenLines(plan), ...lines],
      },
    ],
    actions: [cancelButton(plan)],
    foot: [say('by', { person: { person: plan.by } }), ...agreedBy(plan)],
  };
}

/** Who agreed to a plan, for the foot of its cards. */
export function agreedBy({ votes = [] }: Plan): Phrase[] {
  const people = votes.filter(({ isYes }) => isYes).map(({ by }) => say('who.person', { person: { person: by } }));
  return people.length > 0 ? [say('approval.by', { people })] : [];
}
