// The small blocks and objects that every part of a card is made of.
import { say, signs, type Phrase, type Sign } from '../core/reply.ts';
import { cutMrkdwn, cutPlain } from './cut.ts';
import { limits } from './limits.ts';
import type { Spell } from './spell.ts';
import { mrkdwn, plain } from './write.ts';

/** A Block Kit block or object. Own type: the published ones miss blocks that Slack has. */
export type Block = { type: string } & Record<string, unknown>;

/** Markup of our own making. `verbatim`: Slack adds no links or mentions of its own. */
export function marked(text: string): Block {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** A phrase as a plain text object of at most `max` characters, never empty. */
export function plainText(phrase: Phrase, spell: Spell, max: number): Block {
  return { type: 'plain_text', text: shortText(phrase, spell, max), emoji: true };
}

/** A phrase as plain text of at most `max` characters, never empty. */
export function shortText(phrase: Phrase, spell: Spell, max: number): string {
  return cutPlain(plain(spell(phrase)).replace(/\s+/gu, ' ').trim() || '…', max);
}

/** A grey line of ready markup; nothing when it is empty. */
export function contextBlock(text: string, sign?: Sign): Block[] {
  if (text === '') return [];
  const signed = sign ? `:${signs[sign]}: ${text}` : text;
  return [{ type: 'context', elements: [marked(cutMrkdwn(signed, limits.context))] }];
}

/** "and 3 more" where something had to be left out. */
export function moreBlock(count: number, spell: Spell): Block[] {
  return count > 0 ? contextBlock(mrkdwn(spell(say('more.items', { count })))) : [];
}
