// How a freeze looks.
import { plain } from './cards.ts';
import type { Freeze } from './records.ts';
import { say, type Action, type Phrase, type Reply } from './reply.ts';

/** Every stage. */
export const everything = '*';

/** A stage as people read it. */
export function stagePhrase(stage: string): Phrase {
  return stage === everything ? say('freeze.everything') : plain(stage);
}

/** That a stage is frozen, by whom and why. */
export function frozenPhrase({ stage, by, why }: Freeze): Phrase {
  return say('hold.freeze', { stage: stagePhrase(stage), person: { person: by }, why });
}

/** Ends a freeze. */
export function thawButton(stage: string): Action {
  const filter = stage === everything ? 'all' : stage;
  return {
    kind: 'button',
    label: say('button.unfreeze'),
    click: { command: { intent: 'Unfreeze', slots: { filter } } },
  };
}

/** Since when, by whom, until when. */
export function freezeAbout({ by, since, until }: Freeze): Phrase[] {
  return [
    say('at', { at: { time: since, style: 'day' } }),
    say('by', { person: { person: by } }),
    until === undefined ? say('until.thawed') : say('until', { at: { time: until, style: 'day' } }),
  ];
}

/** For who has just frozen something. */
export function freezeCard(freeze: Freeze): Reply {
  const stage = stagePhrase(freeze.stage);
  return {
    header: { sign: 'lock', text: say('header', { target: stage, state: say('freeze.state') }) },
    parts: [
      {
        kind: 'lines',
        lines: [{ quote: true, parts: [plain(freeze.why)] }, { parts: [say('freeze.means', { stage })] }],
      },
      { kind: 'note', parts: freezeAbout(freeze) },
    ],
    actions: [thawButton(freeze.stage)],
  };
}

/** For who may have forgotten it. */
export function nagFreezeCard(freeze: Freeze): Reply {
  const about = { person: { person: freeze.by }, stage: stagePhrase(freeze.stage) };
  return {
    parts: [
      {
        kind: 'lines',
        lines: [
          { sign: 'lock', parts: [say('freeze.nag', about)], strong: true },
          { quote: true, parts: [plain(freeze.why)] },
        ],
      },
      { kind: 'note', parts: freezeAbout(freeze) },
    ],
    actions: [thawButton(freeze.stage)],
  };
}
