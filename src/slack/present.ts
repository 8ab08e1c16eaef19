// Sending a Reply so that it arrives: newer blocks first, simpler ones where this workspace refuses them.
import type { Locale } from '../../intents/catalog.ts';
import type { Phrase, Reply } from '../core/reply.ts';
import type { Translation } from '../core/translation.ts';
import type { Words } from '../core/words.ts';
import type { Block } from './blocks.ts';
import type { Outcome } from './calls.ts';
import type { Log } from './log.ts';
import { everything, render, type Can, type Card } from './render.ts';
import type { Spell } from './spell.ts';
import { prepared } from './translated.ts';

export type Present = (reply: Reply, locale: Locale, send: (card: Card) => Promise<Outcome>) => Promise<Outcome>;

const refusesBlocks = new Set([
  'invalid_blocks',
  'invalid_blocks_format',
  'invalid_attachments',
  'msg_blocks_too_long',
]);
const order = ['plan', 'chart', 'table'] as const satisfies readonly (keyof Can)[];
const kinds: Record<string, keyof Can> = { plan: 'plan', data_visualization: 'chart', table: 'table' };

/** Renders and sends; each fallback is tried once and remembered for the workspace. Plain text is the last one. */
export function presenter(given: {
  words: Words;
  translation?: Translation | undefined;
  banner?: Phrase | undefined;
  log: Log;
}): Present {
  const can = { ...everything };
  const { words, banner } = given;
  return async (original, locale, send) => {
    const now = { ...can };
    const draw = (spell: Spell) => render(original, { spell, can: now, banner });
    const { reply, spell } = await prepared(original, locale, { words, translation: given.translation, draw });
    for (;;) {
      const card = render(reply, { spell, can: now, banner });
      const outcome = await send(card);
      if (outcome.kind !== 'refused' || !refusesBlocks.has(outcome.refused.code)) {
        if (outcome.kind === 'ok') for (const kind of order) can[kind] &&= now[kind];
        return outcome;
      }
      const without = suspect(card.blocks, outcome.refused.pointers);
      given.log.warn({ code: outcome.refused.code, at: outcome.refused.pointers, without }, 'Slack refused blocks');
      if (!without) return send({ text: card.text, blocks: [] });
      now[without] = false;
    }
  };
}

/** The kind Slack points at, else the newest one on the card; nothing when only plain blocks are left. */
function suspect(blocks: readonly Block[], pointers: readonly string[]): keyof Can | undefined {
  const present = new Set(blocks.map((block) => kinds[block.type]));
  for (const pointer of pointers) {
    const kind = kinds[blocks[Number(/^\/blocks\/(\d+)/u.exec(pointer)?.[1] ?? -1)]?.type ?? ''];
    if (kind) return kind;
  }
  return order.find((kind) => present.has(kind));
}
