// Values of slots as one word each, so that a sentence is as near to an utterance whatever its values are.
import { slotOf, tokens, type Token } from './lex-tokens.ts';
import type { LexIntent, LexLocale } from './lex-types.ts';

/** The tokens with `{Type}` in place of what is a value of a type. */
export type Mask = (said: readonly Token[]) => Token[];

const numeric = '{#}';

/** A mask for texts of a locale: values and synonyms of its slot types, and numbers. */
export function maskValues({ slotTypes }: LexLocale): Mask {
  const byFirst = new Map<string, { words: string[]; type: string }[]>();
  for (const { name, values } of slotTypes) {
    for (const said of values.flatMap(({ value, synonyms }) => [value, ...synonyms])) {
      const words = tokens(said).map((it) => it.text);
      const known = byFirst.get(words[0] ?? '') ?? [];
      byFirst.set(words[0] ?? '', [...known, { words, type: `{${name}}` }]);
    }
  }
  for (const known of byFirst.values()) known.sort((a, b) => b.words.length - a.words.length);
  return (said) => {
    const out: Token[] = [];
    for (let at = 0; at < said.length; at += 1) {
      const token = said[at];
      if (!token) break;
      const value = byFirst.get(token.text)?.find(({ words }) => words.every((it, n) => said[at + n]?.text === it));
      out.push({ ...token, text: value?.type ?? (/^\d+$/u.test(token.text) ? numeric : token.text) });
      at += (value?.words.length ?? 1) - 1;
    }
    return out;
  };
}

/** The mask for utterances of an intent: each slot as its type. */
export function maskSlots({ slots }: LexIntent): Mask {
  return (utterance) =>
    utterance.map((token) => {
      const type = slots.find((it) => it.name === slotOf(token))?.type;
      if (type === undefined) return token;
      return { ...token, text: type.startsWith('AMAZON.') ? numeric : `{${type}}` };
    });
}
