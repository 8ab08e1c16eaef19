// How a handler is called, and what it gives back.
import type { Command, Locale } from '../../intents/catalog.ts';
import type { Target } from './facts.ts';
import type { Plan } from './records.ts';
import type { Reply } from './reply.ts';
import type { Request } from './request.ts';
import type { World } from './world.ts';

export type Call = {
  command: Command;
  target?: Target;
  request: Request;
  locale: Locale;
  world: World;
  /** The operation whose own button asked to take it back. */
  undoes?: string;
  /** The lock that is to be taken over. */
  steals?: string;
  /** The target is to be made scalable. */
  register?: true;
};
/** A change as a handler resolved it: everything of a Plan that only it can know. */
export type Draft = Pick<
  Plan,
  'intent' | 'target' | 'change' | 'before' | 'warnings' | 'strategy' | 'danger' | 'startAt' | 'lasts' | 'exempt'
>;
/** `locale`: the answer is in another language than the question. */
export type Handler = (call: Call) => Promise<{ reply: Reply; locale?: Locale } | { draft: Draft }>;
