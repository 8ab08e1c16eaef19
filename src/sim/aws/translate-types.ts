// What the simulated Amazon Translate remembers, and the languages it knows.

export type Count = { requests: number; characters: number };
/** By pair, as `th-en`; `total` is what would be paid. A text in its own language is not. */
export type Translations = { total: Count; pairs: Record<string, Count> };

export function noTranslations(): Translations {
  return { total: { requests: 0, characters: 0 }, pairs: {} };
}

/** https://docs.aws.amazon.com/translate/latest/dg/what-is-languages.html */
export const languages: readonly string[] =
  'af sq am ar hy az bn bs bg ca zh zh-TW hr cs da fa-AF nl en et fa tl fi fr fr-CA ka de el gu ht ha he hi hu is id ga it ja kn kk ko lv lt mk ms ml mt mr mn no ps pl pt pt-PT pa ro ru sr si sk sl so es es-MX sw sv ta te th tr uk ur uz vi cy'.split(
    ' ',
  );

/** https://docs.aws.amazon.com/translate/latest/dg/customizing-translations-formality.html */
export const formal: readonly string[] = 'nl fr fr-CA de hi it ja ko pt-PT es es-MX'.split(' ');
