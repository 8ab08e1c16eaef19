// What only a real account can say about Lex V2, as requests: one run of these records the answers.

export type LexProbe = {
  /** Names its fixture. */
  id: string;
  /** The open point it is about. */
  point: keyof typeof openPoints;
  locale: string;
  /** Probes of one session follow each other; each other probe is a session of its own. */
  session?: string;
  text: string;
  /** Sent along as RecognizeText's sessionState. */
  state?: {
    dialogAction: { type: 'ElicitSlot'; slotToElicit: string } | { type: 'ConfirmIntent' };
    intent: { name: string; state?: 'InProgress'; slots?: Record<string, LexSpoken> };
  };
};
type LexSpoken = { value: { originalValue: string; interpretedValue: string; resolvedValues: string[] } };

/** What is asked, and what the bot supposes until an answer is recorded. */
export const openPoints = {
  scores: 'Does nluConfidence come in this locale? Supposed: in en_US; elsewhere a missing score is unknown.',
  neutral: 'Do neutral words give the intent and the role of each? Supposed: the intent.',
  names:
    'What becomes of hyphens, dots and versions in a text slot? Supposed: they are lost, so names never come from Lex.',
  numbers: 'Two numbers in one sentence: which slot takes which? Supposed: not to be relied on.',
  times: 'Dates, times and durations as built-in types give them.',
  fallback: 'Is the fallback first below the threshold, and is it listed otherwise? Supposed: first; otherwise second.',
  change: 'While a slot is elicited: is another intent seen? Supposed: yes.',
  answer: 'While a slot is elicited: is a bare word taken for it? Supposed: yes.',
  denied: 'How does an intent end that is answered with no? Supposed: Denied, Failed, Close.',
  particles: 'Is a slot read when a particle stands right behind it? Supposed: yes.',
  size: 'Texts of 1 and of 1024 characters. Supposed: both are taken.',
  latency: 'The time each answer takes; here the same request again, on an open connection.',
} as const;

const target: LexSpoken = {
  value: { originalValue: 'target', interpretedValue: 'target', resolvedValues: ['target'] },
};

const greetings: readonly (readonly [locale: string, status: string, scale: string, chatter: string])[] = [
  ['en_US', 'how is target doing', 'scale target to min 4 max 12', 'the weather is nice today'],
  ['ko_KR', 'target 상태 어때', 'target를 최소 4 최대 12로 늘려줘', '오늘 날씨 좋네요'],
  ['ja_JP', 'targetの状態を教えて', 'targetを最小4最大12にして', '今日はいい天気ですね'],
  ['zh_CN', 'target状态怎么样', '把target扩容到最小4最大12', '今天天气真好'],
  ['de_DE', 'wie geht es target', 'skaliere target auf min 4 max 12', 'heute ist schönes Wetter'],
  ['fr_FR', 'comment va target', 'passe target à min 4 max 12', "il fait beau aujourd'hui"],
  ['es_ES', 'cómo está target', 'escala target a min 4 max 12', 'hoy hace buen tiempo'],
];

/** The requests for a bot with these locales, in the order in which they are to be sent. */
export function lexProbes(locales: readonly string[]): LexProbe[] {
  const everywhere = greetings.flatMap(([locale, status, scale, chatter]): LexProbe[] => [
    { id: `${locale}-status`, point: 'scores', locale, text: status },
    { id: `${locale}-scale`, point: 'neutral', locale, text: scale },
    { id: `${locale}-chatter`, point: 'fallback', locale, text: chatter },
  ]);
  return [...everywhere, ...inEnglish, ...inDialogs, ...inKorean].filter((it) => locales.includes(it.locale));
}

const inEnglish: LexProbe[] = [
  { id: 'name-hyphens', point: 'names', locale: 'en_US', text: 'how is api-prod-2 doing' },
  { id: 'name-semver', point: 'names', locale: 'en_US', text: 'deploy v1.42.0-rc.1 to api-prod' },
  { id: 'name-image', point: 'names', locale: 'en_US', text: 'deploy shop/api:2026.11.03_1 to checkout-web' },
  { id: 'number-words', point: 'numbers', locale: 'en_US', text: 'scale target from two to six' },
  { id: 'number-more', point: 'numbers', locale: 'en_US', text: 'add 3 more instances to target' },
  { id: 'time-day', point: 'times', locale: 'en_US', text: 'deploy version to target tomorrow at 9 am' },
  { id: 'time-duration', point: 'times', locale: 'en_US', text: 'what happened to target in the last 2 hours' },
  { id: 'unsure', point: 'fallback', locale: 'en_US', text: 'maybe something with target' },
  { id: 'size-one', point: 'size', locale: 'en_US', text: '?' },
  {
    id: 'size-most',
    point: 'size',
    locale: 'en_US',
    text: `how is target doing ${'please '.repeat(200)}`.slice(0, 1024),
  },
  { id: 'again', point: 'latency', locale: 'en_US', text: 'how is target doing' },
];

const awaitsVersion: LexProbe['state'] = {
  dialogAction: { type: 'ElicitSlot', slotToElicit: 'version' },
  intent: { name: 'Deploy', state: 'InProgress', slots: { target } },
};
const awaitsYes: LexProbe['state'] = {
  dialogAction: { type: 'ConfirmIntent' },
  intent: { name: 'Undo', state: 'InProgress', slots: {} },
};

const inDialogs: LexProbe[] = [
  { id: 'elicit-answer', point: 'answer', locale: 'en_US', text: 'version', state: awaitsVersion },
  { id: 'elicit-semver', point: 'names', locale: 'en_US', text: 'v1.42.0-rc.1', state: awaitsVersion },
  { id: 'elicit-change', point: 'change', locale: 'en_US', text: 'how is target doing', state: awaitsVersion },
  { id: 'elicit-cancel', point: 'change', locale: 'en_US', text: 'never mind', state: awaitsVersion },
  { id: 'elicit-noise', point: 'answer', locale: 'en_US', text: 'the weather is nice today', state: awaitsVersion },
  { id: 'confirm-no', point: 'denied', locale: 'en_US', session: 'denied', text: 'no', state: awaitsYes },
  { id: 'confirm-after', point: 'denied', locale: 'en_US', session: 'denied', text: 'how is target doing' },
  { id: 'confirm-yes', point: 'denied', locale: 'en_US', text: 'yes', state: awaitsYes },
];

const inKorean: LexProbe[] = [
  { id: 'ko-particle', point: 'particles', locale: 'ko_KR', text: 'target에 version으로 배포해줘' },
  { id: 'ko-name', point: 'names', locale: 'ko_KR', text: 'api-prod를 v1.42.0으로 배포해줘' },
  { id: 'ko-numbers', point: 'numbers', locale: 'ko_KR', text: 'target를 두 대에서 여섯 대로 늘려줘' },
  { id: 'ko-joined', point: 'particles', locale: 'ko_KR', text: 'target상태어때' },
  { id: 'ko-elicit-answer', point: 'answer', locale: 'ko_KR', text: 'version', state: awaitsVersion },
  { id: 'ko-elicit-change', point: 'change', locale: 'ko_KR', text: 'target 상태 어때', state: awaitsVersion },
];
