// Pieces to text, by element type. The only place where text from outside is escaped.
import { signs } from '../core/reply.ts';
import type { Piece } from './spell.ts';

const lookalikes: Record<string, string> = { '*': '∗', _: 'ˍ', '~': '∼', '`': 'ˋ' };
const ourSigns = new RegExp(`:(?=(?:${Object.values(signs).join('|')}):)`, 'gu');

/**
 * As mrkdwn: `&`, `<` and `>` escaped, so that only our own tokens are live; people and times as Slack's tokens.
 * Use with `verbatim: true`, else Slack turns addresses and channel names into links.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function mrkdwn(pieces: readonly Piece[], options: { tight?: boolean } = {}): string {
  const space = options.tight ? '\u00A0' : ' ';
  return pieces
    .map((piece) => {
      if (piece.kind === 'person') return `<@${piece.id}>`;
      if (piece.kind === 'group') return `<!subteam^${piece.id}>`;
      if (piece.kind === 'time') return dateToken(piece.at, piece.style);
      if (piece.kind === 'code') return `\`${escape(piece.text).replaceAll('`', 'ˋ')}\``;
      const text = escape(piece.kind === 'words' ? piece.text : calm(piece.text));
      return options.tight ? text.replaceAll(' ', space) : text;
    })
    .join('');
}

/** As plain text (headers, buttons, charts, cells): no markup and no tokens, so people and times are written out. */
export function plain(pieces: readonly Piece[]): string {
  const text = pieces
    .map((piece) => {
      if (piece.kind === 'person' || piece.kind === 'group') return `@${piece.id}`;
      if (piece.kind === 'time') return clock(piece.at, piece.style);
      return piece.kind === 'words' ? piece.text : piece.text.replace(ourSigns, '∶');
    })
    .join('');
  // Plain text shows `<!channel>` as it is; some old clients did not, so it never looks like a token at all.
  return text.replace(/<(?=[!@#])/gu, '‹');
}

/** As elements of a `rich_text_section`. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
export function richText(pieces: readonly Piece[], style?: { bold: true }): Record<string, unknown>[] {
  return pieces.map((piece) => {
    if (piece.kind === 'person') return { type: 'user', user_id: piece.id };
    if (piece.kind === 'group') return { type: 'usergroup', usergroup_id: piece.id };
    if (piece.kind === 'time') {
      const format = piece.style === 'time' ? '{time}' : '{date_short_pretty} {time}';
      return { type: 'date', timestamp: seconds(piece.at), format, fallback: clock(piece.at, piece.style) };
    }
    const look = piece.kind === 'code' ? { code: true } : style;
    return { type: 'text', text: plain([piece]), ...(look ? { style: look } : {}) };
  });
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Marks that would start or end bold, italics, strike or code become look-alikes; `my_service` stays as it is. */
function calm(text: string): string {
  return text
    .replace(/`|(?<![\p{L}\p{N}])[*_~]|[*_~](?![\p{L}\p{N}])/gu, (mark) => lookalikes[mark] ?? mark)
    .replace(ourSigns, '∶');
}

function dateToken(at: number, style: 'time' | 'day'): string {
  const format = style === 'time' ? '{time}' : '{date_short_pretty} {time}';
  return `<!date^${seconds(at)}^${format}|${clock(at, style)}>`;
}

function seconds(at: number): number {
  return Math.floor(valid(at) / 1000);
}

/** A moment where Slack cannot write it in the reader's zone: UTC, and it says so. */
export function clock(at: number, style: 'time' | 'day'): string {
  const iso = new Date(valid(at)).toISOString();
  return `${style === 'time' ? iso.slice(11, 16) : `${iso.slice(0, 10)} ${iso.slice(11, 16)}`} UTC`;
}

function valid(at: number): number {
  return Number.isFinite(at) ? Math.min(Math.max(at, 0), 4_102_444_800_000) : 0;
}
