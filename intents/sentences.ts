// One locale's sentences.yaml: what people say, and the words that numbers, times, stages and guards are read with.
import { catalog, type Intent } from './catalog.ts';
import { parseTemplate, slotsOf, type Template } from './template.ts';

/** Why a change that was named is not a request for it. */
export const holds = ['negated', 'question', 'conditional', 'reported', 'past'] as const;

/** Where a reason stands. */
export const reasonPlaces = ['after', 'before', 'loose'] as const;
const reasonKeys = [...reasonPlaces, 'ends'] as const;

/** Groups of templates: what each says is in `template` form, the key says what it means. */
export type Phrases = Record<string, string[]>;

export type Sentences = {
  /** Words may be written without spaces between them: a space in a template is then optional. */
  joined: boolean;
  /** What `<name>` stands for in templates. */
  rules: Record<string, string>;
  intents: Record<Intent, string[]>;
  /** What is said near a bot and asks nothing of it. */
  negatives: string[];
  guards: Record<(typeof holds)[number], string[]>;
  /** Questions in form that are requests: "can you ...". */
  polite: string[];
  /**
   * How `{reason}` is said along with a change: `after` it, `before` it, or, of a lock or freeze alone, `loose`: behind a
   * colon or a word that needs no reason behind it. `ends`: verbs at the very end, which are no part of a reason.
   */
  reasons: Record<(typeof reasonKeys)[number], string[]>;
  /** What stands between several names. */
  joiners: string[];
  /** What makes a number a percentage: `%`, `percent`. */
  percents: string[];
  /** `until {time}`: the end of something, not its beginning. */
  until: string[];
  /**
   * Words for numbers; several in a row add up, a larger one multiplies what is before it. With `counters`, one must stand
   * behind a number but for those that can stand `alone`; `weak` words need one of `firm`.
   * `behind`: what may stand right behind a number that needs no counter. `after`: what may stand right before a number. `particles`: number words that are particles right behind a name.
   */
  numbers: {
    words: Record<string, number>;
    counters: string[];
    after: string[];
    alone: string[];
    behind: string[];
    weak: string[];
    firm: string[];
    particles: string[];
  };
  /** `min {a} max {b}`, `count +{a}`: slot and value, from the templates below it. */
  amounts: Phrases;
  /** `PT{a}H`. */
  durations: Phrases;
  /** `latest`, `@{stage}`. */
  versions: Phrases;
  /** `{a}`, `{a}:{b}`, `pm {a}`; `in {l}`: a duration from now. */
  times: Phrases;
  /** `+1` (tomorrow), `1` to `7` (next Monday to Sunday); `+00`: part of today, where no time of day has it. */
  days: Phrases;
  /** Canonical stage to the words for it. */
  stages: Phrases;
  /** Canonical filter word to the words for it. */
  filters: Phrases;
  /** Language code, or `auto`, to words for it besides its names, which are known. */
  languages: Phrases;
  /** How names are said in this language's own script, as they are written. */
  names: Record<string, string[]>;
  /** Words that may follow a value and mean nothing by themselves. */
  particles: string[];
  /** Words that carry no meaning for a request. */
  fillers: string[];
  /** What stands between two requests in one message. */
  connectors: string[];
  /** Everyday words that are never names. */
  common: string[];
  yes: string[];
  no: string[];
  /** Keys of replies.yaml this locale has no words for yet. */
  lacks: string[];
};

export type Fault = { file: string; key: string; reason: string };

const phraseSlots: Record<string, readonly string[]> = {
  amounts: ['a', 'b', 'target'],
  durations: ['a', 'b'],
  versions: ['stage', 'target', 'a'],
  times: ['a', 'b', 't', 'l', 'day'],
  days: [],
  stages: [],
  filters: [],
  languages: [],
};
const lists = [
  'negatives',
  'polite',
  'joiners',
  'percents',
  'until',
  'particles',
  'fillers',
  'connectors',
  'common',
  'yes',
  'no',
  'lacks',
] as const;

/** The sentences of one file, or every fault found in it. */
export function checkSentences(file: string, data: unknown): { sentences?: Sentences; faults: Fault[] } {
  const faults: Fault[] = [];
  const fault = (key: string, reason: string): void => void faults.push({ file, key, reason });
  if (!isMap(data)) return { faults: [{ file, key: '', reason: 'is not a map' }] };
  const known = [
    'joined',
    'rules',
    'intents',
    'guards',
    'reasons',
    'numbers',
    ...Object.keys(phraseSlots),
    ...lists,
    'names',
  ];
  for (const key of Object.keys(data)) if (!known.includes(key)) fault(key, 'is not a section');
  if (typeof data['joined'] !== 'boolean') fault('joined', 'must be true or false');
  if (!isMapOf(data['rules'], (it) => typeof it === 'string')) fault('rules', 'must map names to templates');
  const rules = (isMap(data['rules']) ? data['rules'] : {}) as Record<string, string>;
  const template = (key: string, allowed: readonly string[]) => (text: string) => {
    const reason = templateFault(text, rules, allowed);
    if (reason) fault(key, reason);
  };
  for (const [name, text] of Object.entries(rules)) template(`rules.${name}`, Object.keys(allSlots))(text);
  checkIntents(data['intents'], fault, template);
  checkGroups('guards', data['guards'], holds, fault, template, ['target', 'version', 'stage', 'a', 'l', 'day']);
  checkGroups('reasons', data['reasons'], reasonKeys, fault, template, ['reason']);
  for (const [section, slots] of Object.entries(phraseSlots)) {
    checkGroups(section, data[section], undefined, fault, template, slots);
  }
  for (const section of lists) if (!isListOfText(data[section])) fault(section, 'must be a list of text');
  for (const section of ['negatives', 'polite', 'joiners', 'percents', 'until', 'connectors'] as const) {
    if (isListOfText(data[section])) data[section].forEach(template(section, Object.keys(allSlots)));
  }
  if (!isMapOf(data['names'], isListOfText)) fault('names', 'must map words to lists');
  checkNumbers(data['numbers'], fault);
  return faults.length > 0 ? { faults } : { sentences: data as Sentences, faults };
}

const allSlots = {
  target: 1,
  version: 1,
  min: 1,
  max: 1,
  count: 1,
  duration: 1,
  time: 1,
  filter: 1,
  language: 1,
  other: 1,
  reason: 1,
};
type Report = (key: string, reason: string) => void;
type CheckTemplate = (key: string, allowed: readonly string[]) => (text: string) => void;

function checkIntents(data: unknown, fault: Report, template: CheckTemplate): void {
  if (!isMap(data)) return fault('intents', 'must map intents to lists of sentences');
  for (const intent of Object.keys(data)) if (!(intent in catalog)) fault(`intents.${intent}`, 'is not in the catalog');
  for (const intent of Object.keys(catalog) as Intent[]) {
    const sentences = data[intent];
    if (!isListOfText(sentences) || sentences.length === 0) fault(`intents.${intent}`, 'has no sentences');
    else sentences.forEach(template(`intents.${intent}`, Object.keys(allSlots)));
  }
}

function checkGroups(
  section: string,
  data: unknown,
  keys: readonly string[] | undefined,
  fault: Report,
  template: CheckTemplate,
  slots: readonly string[],
): void {
  if (!isMap(data)) return fault(section, 'must map keys to lists of templates');
  for (const key of keys ?? []) if (!(key in data)) fault(`${section}.${key}`, 'is missing');
  for (const [key, texts] of Object.entries(data)) {
    if (keys && !keys.includes(key)) fault(`${section}.${key}`, `must be one of ${keys.join(', ')}`);
    if (isListOfText(texts)) texts.forEach(template(`${section}.${key}`, slots));
    else fault(`${section}.${key}`, 'must be a list of templates');
  }
}

function checkNumbers(data: unknown, fault: Report): void {
  if (!isMap(data)) return fault('numbers', 'must have words and lists');
  if (!isMapOf(data['words'], (it) => typeof it === 'number')) fault('numbers.words', 'must map words to numbers');
  for (const key of ['counters', 'after', 'alone', 'behind', 'weak', 'firm', 'particles'])
    if (!isListOfText(data[key])) fault(`numbers.${key}`, 'must be a list of text');
}

/** A slot that one sentence would fill twice. */
function twice(template: Template): string | undefined {
  if (template.kind === 'text' || template.kind === 'slot') return undefined;
  if (template.kind === 'one') return template.options.map(twice).find((it) => it !== undefined);
  const slots = template.parts.flatMap((part) => [...new Set(slotsOf(part))]);
  return slots.find((slot, at) => slots.indexOf(slot) < at) ?? template.parts.map(twice).find((it) => it !== undefined);
}

function templateFault(text: string, rules: Record<string, string>, allowed: readonly string[]): string | undefined {
  let template: Template;
  try {
    template = parseTemplate(text, rules);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  const wrong = slotsOf(template).find((slot) => !allowed.includes(slot));
  if (wrong !== undefined) return `{${wrong}} is not a slot here, in "${text}"`;
  const doubled = twice(template);
  return doubled === undefined ? undefined : `{${doubled}} is there twice, in "${text}"`;
}

function isMap(data: unknown): data is Record<string, unknown> {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}
function isMapOf(data: unknown, fits: (value: unknown) => boolean): boolean {
  return isMap(data) && Object.values(data).every(fits);
}
function isListOfText(data: unknown): data is string[] {
  return Array.isArray(data) && data.every((it) => typeof it === 'string');
}
