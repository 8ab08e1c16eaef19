// How text is cut: runs of letters and digits stay together, scripts without spaces go by character.

const piece =
  /\{\w[\w-]*\}|[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]|[\p{L}\p{M}\p{N}]+(?:[.:/_'+-][\p{L}\p{N}]+)*/gu;
const alone = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]$/u;

/** `text` is lower case and without compatibility forms; `start` and `end` are where it stands in the original. */
export type Token = { text: string; start: number; end: number; alone: boolean };

/** The tokens of a text or of an utterance, where `{Slot}` is one token. */
export function tokens(source: string): Token[] {
  return cut(source).flatMap((token) => {
    const narrow = /^([a-z0-9].*?)([\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]+)$/u;
    const split = token.text.startsWith('{') ? undefined : narrow.exec(token.text);
    if (!split) return [token];
    const at = token.start + (split[1] ?? '').length;
    return [{ ...token, text: split[1] ?? '', end: at }, ...cut(source.slice(at, token.end), at)];
  });
}

function cut(source: string, from = 0): Token[] {
  return [...source.matchAll(piece)].map((found) => {
    const start = from + found.index;
    const text = found[0].startsWith('{') ? found[0] : found[0].normalize('NFKC').toLowerCase();
    return { text, start, end: start + found[0].length, alone: alone.test(found[0]) };
  });
}

/** Name of the slot a token of an utterance stands for. */
export function slotOf({ text }: Token): string | undefined {
  return text.startsWith('{') ? text.slice(1, -1) : undefined;
}

/** Words, pairs of words and letter groups of a text, each with a kind in front. A slot is a word without letters. */
export function grams(from: readonly Token[]): string[] {
  const words = from.map((it) => it.text);
  const pairs = words.slice(1).map((it, at) => `p:${words[at]} ${it}`);
  const letters = from
    .filter((it) => slotOf(it) === undefined)
    .flatMap(({ text }) => {
      const padded = ` ${text} `;
      return [...Array(padded.length - 2).keys()].map((at) => `c:${padded.slice(at, at + 3)}`);
    });
  return [...words.map((it) => `w:${it}`), ...pairs, ...letters];
}
