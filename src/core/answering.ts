// How somebody is answered: in public or alone, and what they see of a failure.
import type { Locale } from '../../intents/catalog.ts';
import { toReply } from './errors.ts';
import { newId } from './ids.ts';
import { destination } from './plan.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { Tongue } from './tongue.ts';
import type { World } from './world.ts';

export type Answering = {
  /** Posts an answer; in a place that is not spoken to, to the asker alone. */
  tell: (request: Request, reply: Reply, onlyAsker: boolean, locale?: Locale) => Promise<void>;
  /** What a failure looks like; it is in the log under the reference shown. */
  failure: (error: unknown, request: Request, isUnchanged?: boolean) => Reply;
  /** Runs the work; what it throws is answered. */
  guarded: (request: Request, work: () => Promise<void>) => Promise<void>;
};

/** Answers over a world. */
export function answering(world: World, tongues: Tongue): Answering {
  function failure(error: unknown, request: Request, isUnchanged = false): Reply {
    const reference = newId('ref').slice(0, 12);
    const kind = error instanceof Error ? error.name : 'unknown';
    if (kind === 'Refusal') world.log.info({ request: request.id, refused: String(error) }, 'refused');
    else if (kind === 'PlatformError')
      world.log.warn({ request: request.id, reference, err: error }, 'platform failed');
    else world.log.error({ request: request.id, reference, err: error }, 'request failed');
    return toReply(error, reference, isUnchanged);
  }

  async function guarded(request: Request, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const reply = failure(error, request);
      await tell(request, reply, reply.private ?? false).catch((second: unknown) => {
        world.log.error({ request: request.id, err: second }, 'no answer could be posted');
      });
    }
  }

  async function tell(request: Request, reply: Reply, onlyAsker: boolean, locale?: Locale): Promise<void> {
    const hidden = onlyAsker || !world.policy.speaks(request.place);
    await world.chat.post(destination(request, hidden), reply, locale ?? (await tongues.of(request)));
  }

  return { tell, failure, guarded };
}
