// *Show the calls*: what AWS will be asked for a plan, for whoever wants to see it.
import { plain, sentence } from './cards.ts';
import type { PlannedCall } from './facts.ts';
import { changeWord } from './plan-words.ts';
import { keys, over, type Plan } from './records.ts';
import { say, type Action, type Line, type Reply } from './reply.ts';
import type { World } from './world.ts';

/** The button, while the plan is not over. */
export function callsButton(plan: Plan): Action[] {
  if (!plan.hasCalls) return [];
  return [{ kind: 'button', label: say('button.calls'), click: { plan: plan.id, verb: 'calls' } }];
}

/** The calls as lines of code; for those who may see the target. Throws what the platform threw. */
export async function callsReply(world: World, id: string, by: string): Promise<Reply> {
  const plan = (await world.store.get<Plan>(keys.plan(id)))?.value;
  if (!plan || over(plan)) return sentence(say(plan ? 'late.ended' : 'late.gone'));
  const { target, change } = plan;
  await world.policy.allow(by, 'status', target);
  const calls = (await world.inventory.platform(target).calls?.(target, change)) ?? [];
  if (calls.length === 0) return sentence(say('calls.none', { target: target.name }));
  const title: Line = {
    parts: [say('calls.title', { target: target.name, change: changeWord(plan) })],
    strong: true,
  };
  const hides = JSON.stringify(calls).includes('…');
  return {
    parts: [{ kind: 'lines', lines: [title] }, ...calls.map(callPart)],
    ...(hides ? { foot: [say('calls.hidden')] } : {}),
  };
}

/** The operation, then its input. */
function callPart({ service, operation, input }: PlannedCall): Reply['parts'][number] {
  const members = Object.entries(input).flatMap(([name, value]) => rows(name, value));
  return { kind: 'lines', lines: [{ ...code(`${service} ${operation}`), strong: true }, ...members.map(code)] };
}

/** Chats cut code beyond this. */
const widest = 180;

/** A member on one line, or each of its parts on one, where it is long. */
function rows(name: string, value: unknown): string[] {
  const whole = `${name}: ${JSON.stringify(value)}`;
  if (whole.length <= widest || typeof value !== 'object' || value === null) return [whole];
  if (Array.isArray(value)) return value.flatMap((one, index) => rows(`${name}[${index}]`, one));
  return Object.entries(value).flatMap(([member, one]) => rows(`${name}.${member}`, one));
}

const code = (text: string): Line => ({ parts: [plain({ code: text })] });
