// Shortening text with dignity: never inside an emoji, an escape or one of Slack's tokens.

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** `text` in at most `max` UTF-16 units, ending in … where something was left out. */
export function cutPlain(text: string, max: number): string {
  return cut(text, max, (whole) => Array.from(graphemes.segment(whole), (part) => part.segment));
}

/** The same for mrkdwn, where `&lt;`, `<@U1>`, `:sign:` and a code span are one piece each. */
export function cutMrkdwn(text: string, max: number): string {
  return cut(text, max, pieces);
}

function cut(text: string, max: number, split: (text: string) => readonly string[]): string {
  if (text.length <= max) return text;
  let kept = '';
  for (const piece of split(text)) {
    if (kept.length + piece.length > max - 1) break;
    kept += piece;
  }
  return `${kept.trimEnd()}…`;
}

function pieces(text: string): string[] {
  const found: string[] = [];
  for (const [part] of text.matchAll(/<[^<>]*>|&(?:amp|lt|gt);|`[^`]*`|:[a-z_]+:|[^<&`:]+|./gsu)) {
    if (part.length > 1 && /^[<&`:]/u.test(part)) found.push(part);
    else for (const { segment } of graphemes.segment(part)) found.push(segment);
  }
  return found;
}
