// Who may do what. Asked at every entry, at every click, and again when an operation starts.
import { catalog, type Intent } from '../../intents/catalog.ts';
import { Refusal } from './errors.ts';
import { say } from './reply.ts';
import type { Place } from './request.ts';

export type Policy = {
  /** Refuses with the missing right and who can give it. */
  allow(by: string, intent: Intent): void;
  /** May this place be spoken to in public? Channels shared outside the organisation may not, unless listed. */
  speaks(place: Place): boolean;
  may(by: string, intent: Intent): boolean;
};

/** `changes`: Slack user ids that may change anything, or `everyone` (the simulated workspace). Nobody else may. */
export function policy(settings: {
  changes: readonly string[] | 'everyone';
  sharedChannels: readonly string[];
}): Policy {
  function may(by: string, intent: Intent) {
    return catalog[intent].risk === 'read' || settings.changes === 'everyone' || settings.changes.includes(by);
  }
  return {
    may,
    allow(by, intent) {
      if (!may(by, intent))
        throw new Refusal(say('refuse.right', { right: { code: 'changes' }, file: { code: 'opsjack.yaml' } }));
    },
    speaks: (place) => !place.shared || settings.sharedChannels.includes(place.channel),
  };
}
