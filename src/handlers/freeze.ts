// A stage that nobody changes for a while, declared and ended by who has the right.
import { plain, sentence } from '../core/cards.ts';
import type { Call, Handler } from '../core/call.ts';
import { everything, freezeCard, stagePhrase } from '../core/freeze-cards.ts';
import { freeze as declare, stagesOf, thaw } from '../core/freezes.ts';
import { Refusal } from '../core/errors.ts';
import { spanNear } from '../core/freeze-windows.ts';
import { say, type Action } from '../core/reply.ts';
import type { World } from '../core/world.ts';
import { untilOf } from '../core/until.ts';

export const freeze: Handler = async (call) => {
  const { command, request, locale, world } = call;
  const { reason } = command.slots;
  if (reason === undefined) throw new Error('a freeze needs a reason');
  const { by, place } = request;
  const until = await untilOf(world, by, command.slots);
  const stage = await stageOf(call);
  return { reply: freezeCard(await declare(world, { stage, by, why: reason, until, place, locale })) };
};

export const unfreeze: Handler = async (call) => {
  const { request, world } = call;
  const stage = await stageOf(call);
  const ended = await thaw(world, stage, request.by, request.place);
  const planned = plannedNow(world, stage);
  const about = { stage: stagePhrase(stage), person: { person: request.by } };
  const said = say(ended ? 'freeze.thawed' : 'freeze.none', about);
  return { reply: sentence(said, { more: planned }) };
};

/** Planned freezes that go on whatever is said in the chat. */
function plannedNow(world: World, stage: string) {
  const now = world.clock.now();
  return (world.freezes?.() ?? []).flatMap((window) => {
    const span = spanNear(window, now);
    const concerns = stage === everything || window.stages.includes(stage) || window.stages.includes(everything);
    const until = span && { time: span.to, style: 'day' as const };
    return until && concerns ? [say('freeze.planned', { name: window.name, until })] : [];
  });
}

/** The stage meant. Refuses what is none, with those there are. */
async function stageOf({ command, world }: Call): Promise<string> {
  const said = (command.slots.filter ?? '').trim();
  if (/^(?:all|everything|\*)?$/iu.test(said)) return everything;
  const stages = await stagesOf(world);
  const found = stages.find((stage) => stage.toLowerCase() === said.toLowerCase());
  if (found !== undefined) return found;
  const { intent, slots } = command;
  const offers = stages.slice(0, 4).map((stage): Action => ({
    kind: 'button',
    label: plain(stage),
    click: { command: { intent, slots: { ...slots, filter: stage } } },
  }));
  throw new Refusal(say('freeze.no-stage', { stage: { code: said } }), offers);
}
