// How a lock looks: to who took it, to who is kept away, to its owner when it is forgotten.
import { plain, run } from './cards.ts';
import type { Lock } from './records.ts';
import { say, type Action, type Line, type Phrase, type Reply } from './reply.ts';

/** The owner's own words as a quote, and why it was locked by itself. */
function reasons({ why, reason }: Lock): Line[] {
  return [
    ...(reason ? [{ parts: [reason] }] : []),
    ...(why === undefined ? [] : [{ quote: true as const, parts: [plain(why)] }]),
  ];
}

/** Since when, by whom, until when. */
function about({ by, since, until }: Lock): Phrase[] {
  return [
    say('at', { at: { time: since, style: 'day' } }),
    say('by', { person: { person: by } }),
    until === undefined ? say('until.unlocked') : say('until', { at: { time: until, style: 'day' } }),
  ];
}

/** Whom it keeps away. */
function meaning({ automatic, by }: Lock): Phrase {
  return automatic === undefined ? say('lock.means', { person: { person: by } }) : say('lock.means-all');
}

const unlockButton = ({ id }: Lock): Action => ({
  kind: 'button',
  label: say('button.unlock'),
  click: { lock: id, verb: 'unlock' },
});

/** For who is kept away: who, since when, why, until when; what they can do about it. */
export function lockedCard(lock: Lock, may: { mayUnlock: boolean; isOwner: boolean }, more: Action[] = []): Reply {
  const { id, name } = lock;
  const notify: Action = {
    kind: 'button',
    label: say('button.notify'),
    click: { lock: id, verb: 'notify' },
    style: 'primary',
    hint: say('lock.notify-hint', { target: name }),
  };
  const steal: Action = {
    kind: 'button',
    label: say('button.steal'),
    click: { lock: id, verb: 'steal' },
    hint: say('lock.steal-hint', { target: name }),
  };
  return {
    parts: [
      {
        kind: 'lines',
        lines: [
          { sign: 'lock', parts: [say('hold.locked', { target: name })], strong: true },
          { parts: [say('nothing.changed')] },
          ...reasons(lock),
        ],
      },
      { kind: 'note', parts: about(lock) },
    ],
    actions: [...(may.isOwner ? [] : [notify, steal]), ...(may.mayUnlock ? [unlockButton(lock)] : []), ...more],
  };
}

/** For who has just locked it. */
export function lockCard(lock: Lock): Reply {
  return {
    header: { sign: 'lock', text: say('header', { target: lock.name, state: say('lock.state') }) },
    parts: [
      { kind: 'lines', lines: [...reasons(lock), { parts: [meaning(lock)] }] },
      { kind: 'note', parts: about(lock) },
    ],
    actions: [unlockButton(lock), run('button.status', 'Status', { target: lock.target })],
    ...(lock.until === undefined ? { foot: [say('lock.will-ask')] } : {}),
  };
}

/** For an owner who may have forgotten it. */
export function nagCard(lock: Lock): Reply {
  const keep: Action = { kind: 'button', label: say('button.keep'), click: { lock: lock.id, verb: 'keep' } };
  return {
    parts: [
      {
        kind: 'lines',
        lines: [
          {
            sign: 'lock',
            parts: [say('lock.nag', { person: { person: lock.by }, target: lock.name })],
            strong: true,
          },
          ...reasons(lock),
        ],
      },
      { kind: 'note', parts: about(lock) },
    ],
    actions: [unlockButton(lock), keep],
  };
}
