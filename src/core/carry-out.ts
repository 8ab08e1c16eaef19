// A command that is complete: allowed, handled, and answered or proposed.
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import type { Answering } from './answering.ts';
import { noteRefusal } from './audit-plan.ts';
import type { Handler } from './call.ts';
import { sentence } from './cards.ts';
import type { Resolved } from './dialog.ts';
import { Refusal } from './errors.ts';
import { propose } from './plan.ts';
import type { Posted } from './ports.ts';
import type { Plan } from './records.ts';
import { say, type Phrase, type Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Tongue } from './tongue.ts';
import type { World } from './world.ts';

export type CarryOut = (
  request: Request,
  resolved: Resolved,
  locale: Locale,
  onlyAsker?: boolean,
) => Promise<Plan | undefined>;

/** What carries commands out with these handlers; it answers, and gives the plan it has proposed. */
export function carrier(parts: {
  world: World;
  handlers: Readonly<Record<Intent, Handler>>;
  tongues: Tongue;
  tell: Answering['tell'];
  failure: Answering['failure'];
}): CarryOut {
  const { world, handlers, tongues, tell, failure } = parts;

  async function carryOut(request: Request, resolved: Resolved, locale: Locale, onlyAsker = false) {
    if (!world.policy.speaks(request.place)) await tell(request, sentence(say('refuse.shared')), true);
    else if ('reply' in resolved)
      await tell(request, resolved.reply, onlyAsker || (resolved.reply.private ?? false), locale);
    else return handle(request, resolved, locale, onlyAsker);
    return undefined;
  }

  async function handle(
    request: Request,
    resolved: Exclude<Resolved, { reply: Reply }>,
    locale: Locale,
    onlyAsker: boolean,
  ): Promise<Plan | undefined> {
    const { command, target, notes, undoes, lead } = resolved;
    try {
      await world.policy.allow(request.by, catalog[command.intent].right, target);
      const call = {
        command,
        request,
        locale,
        world,
        ...(target ? { target } : {}),
        ...(undoes ? { undoes } : {}),
        ...(lead?.steals ? { steals: lead.steals } : {}),
        ...(lead?.register ? { register: lead.register } : {}),
      };
      const result = await handlers[command.intent](call);
      if (command.intent === 'Language') tongues.forget(request.by);
      if ('draft' in result) {
        const draft = { ...result.draft, warnings: [...result.draft.warnings, ...notes] };
        const overrides = lead?.overrides ? { overrides: command.slots.reason ?? '' } : {};
        return await propose(world, draft, { command, request, locale, ...overrides });
      }
      const reply = noted(result.reply, notes);
      if (refreshes(request)) await world.chat.update(request.message, reply, locale);
      else await tell(request, reply, onlyAsker || (reply.private ?? false), result.locale ?? locale);
    } catch (error) {
      // Up to here nothing but looks and our own records was touched.
      const isChange = catalog[command.intent].risk === 'change';
      if (error instanceof Refusal && (isChange || error.isPrivate)) {
        await noteRefusal(world, request, error, { command, ...(target ? { target: target.key } : {}) });
      }
      const reply = failure(error, request, isChange);
      await tell(request, reply, reply.private ?? false, locale);
    }
    return undefined;
  }

  return carryOut;
}

function refreshes(request: Request): request is Request & { message: Posted } {
  const { click, message } = request;
  return message !== undefined && click !== undefined && 'refresh' in click;
}

function noted(reply: Reply, notes: readonly Phrase[]): Reply {
  return notes.length === 0 ? reply : { ...reply, foot: [...(reply.foot ?? []), ...notes] };
}
