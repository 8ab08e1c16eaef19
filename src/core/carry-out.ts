// A command that is complete: allowed, handled, and answered or proposed.
import { catalog, type Intent, type Locale } from '../../intents/catalog.ts';
import type { Answering } from './answering.ts';
import type { Handler } from './call.ts';
import { sentence } from './cards.ts';
import type { Resolved } from './dialog.ts';
import { propose } from './plan.ts';
import type { Posted } from './ports.ts';
import { say, type Phrase, type Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Tongue } from './tongue.ts';
import type { World } from './world.ts';

export type CarryOut = (request: Request, resolved: Resolved, locale: Locale, onlyAsker?: boolean) => Promise<void>;

/** What carries commands out with these handlers. */
export function carrier(parts: {
  world: World;
  handlers: Readonly<Record<Intent, Handler>>;
  tongues: Tongue;
  tell: Answering['tell'];
  failure: Answering['failure'];
}): CarryOut {
  const { world, handlers, tongues, tell, failure } = parts;

  async function carryOut(request: Request, resolved: Resolved, locale: Locale, onlyAsker = false): Promise<void> {
    if (!world.policy.speaks(request.place)) return tell(request, sentence(say('refuse.shared')), true);
    if ('reply' in resolved) return tell(request, resolved.reply, onlyAsker, locale);
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
      if ('reply' in result && refreshes(request))
        return await world.chat.update(request.message, noted(result.reply, notes), locale);
      if ('reply' in result)
        return await tell(
          request,
          noted(result.reply, notes),
          onlyAsker || (result.reply.private ?? false),
          result.locale ?? locale,
        );
      await propose(
        world,
        { ...result.draft, warnings: [...result.draft.warnings, ...notes] },
        { command, request, locale, ...(lead?.overrides ? { overrides: command.slots.reason ?? '' } : {}) },
      );
    } catch (error) {
      // Up to here nothing but looks and our own records was touched.
      const isChange = catalog[command.intent].risk === 'change';
      const reply = failure(error, request, isChange);
      await tell(request, reply, reply.private ?? false, locale);
    }
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
