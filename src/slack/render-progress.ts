// The steps of an operation: Slack's plan block, or its classic twin in lines.
import type { Part, Sign } from '../core/reply.ts';
import { moreBlock, shortText, type Block } from './blocks.ts';
import { cutPlain } from './cut.ts';
import { limits } from './limits.ts';
import { lineBlocks } from './render-lines.ts';
import { blank, type Spell } from './spell.ts';
import { plain, richText } from './write.ts';

type Progress = Extract<Part, { kind: 'progress' }>;
type State = Progress['steps'][number]['state'];

const statuses = { waiting: 'pending', running: 'in_progress', done: 'complete', failed: 'error' } as const;
const stepSigns = { waiting: 'waiting', running: 'changing', done: 'done', failed: 'failed' } as const satisfies Record<
  State,
  Sign
>;

/** Steps with their state. https://docs.slack.dev/reference/block-kit/blocks/plan-block */
export function progressBlocks(part: Progress, spell: Spell, asPlan: boolean): Block[] {
  const note = moreBlock(part.steps.length - limits.planTasks, spell);
  const shown = { ...part, steps: part.steps.slice(0, limits.planTasks) };
  if (!asPlan || shown.steps.length === 0) return [...classic(shown, spell), ...note];
  const title = shortText(part.title, spell, limits.planTitle);
  return [{ type: 'plan', title, tasks: shown.steps.map((step, index) => task(step, index, spell)) }, ...note];
}

function task(step: Progress['steps'][number], index: number, spell: Spell): Block {
  const detail = step.detail ? spell(step.detail) : [];
  return {
    type: 'task_card',
    task_id: `step-${index + 1}`,
    title: shortText(step.title, spell, limits.taskText),
    status: statuses[step.state],
    ...(blank(detail) ? {} : { details: rich(detail) }),
  };
}

function rich(pieces: ReturnType<Spell>): Block {
  const text = plain(pieces);
  const elements =
    text.length > limits.taskText ? [{ type: 'text', text: cutPlain(text, limits.taskText) }] : richText(pieces);
  return { type: 'rich_text', elements: [{ type: 'rich_text_section', elements }] };
}

function classic(part: Progress, spell: Spell): Block[] {
  return lineBlocks(
    [
      { parts: [part.title], strong: true },
      ...part.steps.map((step) => ({
        sign: stepSigns[step.state],
        ...(step.state === 'running' ? { label: step.title } : {}),
        parts: [...(step.state === 'running' ? [] : [step.title]), ...(step.detail ? [step.detail] : [])],
      })),
    ],
    spell,
  );
}
