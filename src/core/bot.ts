import type { Request } from './request.ts';

export type Bot = {
  /**
   * Takes a request before the edge acknowledges it: what was decided is recorded and its wake-up queued when this
   * resolves. Returns the rest of the work, to be run after the acknowledgement; nothing for a duplicate.
   * Throws when it could not be recorded: then the edge must not acknowledge.
   */
  accept(request: Request): Promise<(() => Promise<void>) | undefined>;
};
