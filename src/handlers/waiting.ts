// What waits: changes set for later, temporary sizes, and changes that others must agree to.
import { plain, run, sentence, sizesPhrase } from '../core/cards.ts';
import type { Call, Handler } from '../core/call.ts';
import { approvalText } from '../core/approval-cards.ts';
import { isApprover } from '../core/approve.ts';
import { changeWord } from '../core/plan-words.ts';
import { keys, type Claim, type Plan, type Revert, type Scheduled } from '../core/records.ts';
import { say, type Action, type Line } from '../core/reply.ts';
import { revertButtons } from '../core/reverts.ts';

const most = 10;

export const schedule: Handler = async (call) => {
  const [plans, reverts] = await Promise.all([scheduled(call), temporary(call)]);
  if (plans.length + reverts.length === 0)
    return { reply: sentence(say('schedule.none'), { actions: [run('button.running', 'Running', {})] }) };
  const lines: Line[] = [
    ...plans.slice(0, most).map((plan) => whatAndWhen(plan, say('at', { at: { time: plan.startAt!, style: 'day' } }))),
    ...reverts.slice(0, most).map(({ plan, revert }): Line => {
      const sizes = sizesPhrase(plan.before.sizes);
      const at = { time: revert.at, style: 'day' as const };
      return { sign: 'back', label: plain(plan.target.name), parts: [say('revert.reminder', { sizes, at })] };
    }),
  ];
  const [only] = reverts;
  const actions: Action[] = [
    ...plans.slice(0, 5).map((plan) => cancelButton(plan)),
    ...(reverts.length === 1 && only ? revertButtons(only.revert.id, only.revert.lasts) : []),
  ];
  return { reply: { parts: [{ kind: 'lines', lines }], actions } };
};

export const approvals: Handler = async ({ world, request, target }) => {
  const claims = await world.store.list<Claim>(keys.claim(target?.key ?? ''));
  const found = await Promise.all(claims.map(({ value }) => world.store.get<Plan>(keys.plan(value.plan))));
  const plans = found.flatMap((record) => (record?.value.state === 'approving' ? [record.value] : []));
  if (plans.length === 0) return { reply: sentence(say('approvals.none')) };
  const mine = await Promise.all(
    plans.slice(0, most).map(async (plan) => plan.by !== request.by && isApprover(world, plan.approval!, request.by)),
  );
  const lines = plans.slice(0, most).map((plan): Line => {
    const until = say('approvals.until', { until: { time: plan.approval!.until!, style: 'time' } });
    return { ...whatAndWhen(plan, until), sign: 'ask' };
  });
  const actions = plans.slice(0, most).flatMap((plan, index): Action[] => (mine[index] ? [approveButton(plan)] : []));
  return { reply: { parts: [{ kind: 'lines', lines }], actions, private: true } };
};

function whatAndWhen(plan: Plan, when: Line['parts'][number]): Line {
  const by = say('by', { person: { person: plan.by } });
  return { sign: 'waiting', label: plain(plan.target.name), parts: [changeWord(plan), by, when] };
}

function approveButton(plan: Plan): Action {
  return {
    kind: 'button',
    label: say('button.approve-of', { target: plan.target.name }),
    click: { plan: plan.id, verb: 'approve' },
    confirm: {
      title: say('approval.title'),
      text: approvalText(plan),
      yes: say('button.approve'),
      no: say('button.not-yet'),
    },
  };
}

function cancelButton(plan: Plan): Action {
  return {
    kind: 'button',
    label: say('button.cancel-of', { target: plan.target.name }),
    click: { plan: plan.id, verb: 'cancel' },
  };
}

async function scheduled({ world, target }: Call): Promise<Plan[]> {
  const index = await world.store.list<Scheduled>(keys.scheduled(''));
  const found = await Promise.all(index.map(({ value }) => world.store.get<Plan>(keys.plan(value.plan))));
  return found
    .flatMap((record) => (record?.value.state === 'scheduled' ? [record.value] : []))
    .filter((plan) => target === undefined || plan.target.key === target.key)
    .toSorted((a, b) => a.startAt! - b.startAt!);
}

async function temporary({ world, target }: Call): Promise<{ plan: Plan; revert: Revert }[]> {
  const found = (await world.store.list<Revert>(keys.revert('')))
    .map(({ value }) => value)
    .filter(({ state, target: { key } }) => state === 'waiting' && (target === undefined || key === target.key))
    .toSorted((a, b) => a.at - b.at);
  const plans = await Promise.all(found.map(({ plan }) => world.store.get<Plan>(keys.plan(plan))));
  return found.flatMap((revert, index) => {
    const plan = plans[index]?.value;
    return plan ? [{ plan, revert }] : [];
  });
}
