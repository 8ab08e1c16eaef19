// Words for numbers, days, hours and yes and no, in the languages the simulated Lex reads.

export type Words = {
  numbers: Record<string, number>;
  today: RegExp;
  tomorrow: RegExp;
  yesterday: RegExp;
  /** Words of the afternoon and the evening, and those of the morning. */
  pm: RegExp;
  am: RegExp;
  units: { day: RegExp; hour: RegExp; minute: RegExp; second: RegExp; week: RegExp };
  yes: RegExp;
  no: RegExp;
};

const count = (words: string): Record<string, number> =>
  Object.fromEntries(words.split(' ').flatMap((it, at) => it.split('|').map((word) => [word, at + 1])));

const en: Words = {
  numbers: count('one two three four five six seven eight nine ten'),
  today: /^today$/iu,
  tomorrow: /tomorrow/iu,
  yesterday: /yesterday/iu,
  pm: /pm|p\.m\.|evening|afternoon|night/iu,
  am: /am|a\.m\.|morning/iu,
  units: {
    week: /weeks?/iu,
    day: /days?/iu,
    hour: /hours?|hrs?|h/iu,
    minute: /min(ute)?s?|m/iu,
    second: /sec(ond)?s?|s/iu,
  },
  yes: /^(yes|yeah|yep|y|sure|ok|okay|correct|right|confirm|go ahead|do it)$/iu,
  no: /^(no|nope|nah|n|don't|do not|cancel|stop|wrong)$/iu,
};
const ko: Words = {
  numbers: count('하나|한|일 둘|두|이 셋|세|삼 넷|네|사 다섯|오 여섯|육 일곱|칠 여덟|팔 아홉|구 열|십'),
  today: /오늘/u,
  tomorrow: /내일/u,
  yesterday: /어제/u,
  pm: /오후|저녁|밤/u,
  am: /오전|아침|새벽/u,
  units: { week: /주(일)?/u, day: /일/u, hour: /시간/u, minute: /분/u, second: /초/u },
  yes: /^(네|예|응|어|그래|맞아요?|좋아요?|확인|진행해?(줘|주세요)?)$/u,
  no: /^(아니요?|아니오|안\s?돼요?|취소|하지\s?마|싫어요?)$/u,
};
const ja: Words = {
  numbers: count('一|ひとつ|１ 二|ふたつ 三|みっつ 四 五 六 七 八 九 十'),
  today: /今日/u,
  tomorrow: /明日/u,
  yesterday: /昨日/u,
  pm: /午後|夕方|夜/u,
  am: /午前|朝/u,
  units: { week: /週間/u, day: /日間?/u, hour: /時間/u, minute: /分間?/u, second: /秒間?/u },
  yes: /^(はい|ええ|うん|お願いします|そうです|大丈夫です|確認)$/u,
  no: /^(いいえ|いや|違います|やめて|キャンセル|だめ)$/u,
};
const zh: Words = {
  numbers: count('一 二|两 三 四 五 六 七 八 九 十'),
  today: /今天/u,
  tomorrow: /明天/u,
  yesterday: /昨天/u,
  pm: /下午|晚上|傍晚/u,
  am: /上午|早上|凌晨/u,
  units: { week: /周|星期/u, day: /天/u, hour: /(个)?小时/u, minute: /分钟?/u, second: /秒钟?/u },
  yes: /^(是|是的|对|好|好的|可以|确认|行)$/u,
  no: /^(不|不是|不要|不行|取消|否)$/u,
};
const de: Words = {
  numbers: count('ein|eins|eine|einen zwei drei vier fünf sechs sieben acht neun zehn'),
  today: /heute/iu,
  tomorrow: /^morgen$/iu,
  yesterday: /gestern/iu,
  pm: /abends?|nachmittags?|nachts?/iu,
  am: /morgens|vormittags?|früh/iu,
  units: {
    week: /wochen?/iu,
    day: /tage?n?/iu,
    hour: /stunden?|std/iu,
    minute: /minuten?|min/iu,
    second: /sekunden?|sek/iu,
  },
  yes: /^(ja|jawohl|klar|ok|okay|richtig|genau|bestätigen|mach das)$/iu,
  no: /^(nein|nee|nicht|abbrechen|stopp|falsch)$/iu,
};
const fr: Words = {
  numbers: count('un|une deux trois quatre cinq six sept huit neuf dix'),
  today: /aujourd['’]hui/iu,
  tomorrow: /demain/iu,
  yesterday: /hier/iu,
  pm: /soir|après-midi/iu,
  am: /matin/iu,
  units: {
    week: /semaines?/iu,
    day: /jours?/iu,
    hour: /heures?|h/iu,
    minute: /minutes?|min/iu,
    second: /secondes?|s/iu,
  },
  yes: /^(oui|ouais|d'accord|ok|c'est bon|confirmer?|vas-y|allez-y)$/iu,
  no: /^(non|pas|annuler?|stop|arrête)$/iu,
};
const es: Words = {
  numbers: count('uno|un|una dos tres cuatro cinco seis siete ocho nueve diez'),
  today: /hoy/iu,
  tomorrow: /^mañana$/iu,
  yesterday: /ayer/iu,
  pm: /tarde|noche/iu,
  am: /(de la|por la) mañana/iu,
  units: { week: /semanas?/iu, day: /días?/iu, hour: /horas?|h/iu, minute: /minutos?|min/iu, second: /segundos?|s/iu },
  yes: /^(sí|si|claro|vale|ok|correcto|de acuerdo|confirmar?|adelante)$/iu,
  no: /^(no|nada|cancelar?|para|incorrecto)$/iu,
};

const byLanguage: Record<string, Words> = { en, ko, ja, zh, de, fr, es };

/** The words of a locale such as `ko_KR`; English for languages without. */
export function wordsOf(locale: string): Words {
  return byLanguage[locale.slice(0, 2)] ?? en;
}
