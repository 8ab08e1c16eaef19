// Which of our locales Lex V2 has, and how well. https://docs.aws.amazon.com/lexv2/latest/dg/how-languages.html
import type { Locale } from '../../intents/catalog.ts';
import type { AssistedNlu } from './lex-model.ts';

/** With Lex's own model. */
const full =
  'ar_AE ca_ES de_AT de_DE en_AU en_GB en_IN en_US en_ZA es_419 es_ES es_US fi_FI fr_CA fr_FR hi_IN it_IT ja_JP ko_KR nl_NL no_NO ' +
  'pl_PL pt_BR pt_PT sv_SE zh_CN zh_HK';
/** Only through a language model: Assisted NLU in primary mode. */
const assistedOnly =
  'af_ZA ar_SA bg_BG cs_CZ cy_GB da_DK de_CH en_AB en_IE en_NZ en_WL es_MX et_EE fa_IR fr_BE he_IL hr_HR hu_HU id_ID is_IS km_KH ' +
  'lt_LT lv_LV ms_MY nl_BE ro_RO ru_RU sk_SK sl_SI so_SO sr_RS su_ID th_TH tl_PH tr_TR uk_UA vi_VN zu_ZA';
/** Languages with a model of Lex's own that Assisted NLU knows too. https://docs.aws.amazon.com/lexv2/latest/dg/assisted-nlu.html */
const assisted = 'en es pt ca fr it de zh ja ko';

/** The locale as Lex names it; nothing where Lex has none, or has one only in a mode that is not asked for. */
export function lexLocaleOf(locale: Locale, mode: AssistedNlu = 'off'): string | undefined {
  const id = locale.replace('-', '_');
  if (full.split(' ').includes(id)) return id;
  return mode === 'primary' && assistedOnly.split(' ').includes(id) ? id : undefined;
}

/** The folder of `intents/` for a locale of Lex. */
export function folderOf(lexLocale: string): Locale {
  return lexLocale.replace('_', '-');
}

/** The mode where the locale has it, otherwise off. */
export function assistedNluIn(lexLocale: string, mode: AssistedNlu): AssistedNlu {
  if (assistedOnly.split(' ').includes(lexLocale)) return mode;
  return assisted.split(' ').includes(lexLocale.split('_')[0]!) ? mode : 'off';
}
