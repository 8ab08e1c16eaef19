// Tokens of Latin letters, digits and signs: which are numbers, clocks, dates, versions, regions or shaped like a name.
import type { Lexicon, Vocabulary } from './lexicon.ts';
import { put, type Mark } from './marks.ts';

// Runs of what a name, version or number may contain; scripts written without spaces end a token.
const token =
  /\d{1,3}(?:,\d{3})+(?![\d,])|[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}._+:/@#%~$*=&-]+/gu;

export type Known = (token: string) => Mark | undefined;

/** The text with every telling token marked. `known` names targets; it is asked first. */
export function markTokens(text: string, marks: Mark[], lexicon: Lexicon, words: Vocabulary, known: Known): string {
  return text.replaceAll(token, (raw: string) => {
    const [, before, core, after] = /^([.:#~=*&$]*)(.*?)([.:,/+~=*&$#@-]*)$/u.exec(raw)!;
    if (!core) return raw;
    return before + readToken(core, marks, lexicon, words, known) + (after === '' ? '' : after);
  });
}

function readToken(core: string, marks: Mark[], lexicon: Lexicon, words: Vocabulary, known: Known): string {
  const target = known(core);
  if (target) return put(marks, target);
  const simple = readMoment(core, marks) ?? readNumber(core, marks, lexicon);
  if (simple !== undefined) return simple;
  if (isLink(core)) return 'link';
  if (isVersion(core)) return put(marks, { kind: 'version', value: core, raw: core });
  if (/^(?:us|eu|ap|sa|ca|me|af|il|mx|cn)(?:-gov|-iso)?-[a-z]{4,9}-\d$/.test(core)) {
    return put(marks, { kind: 'stage', value: core, raw: core });
  }
  if (isShaped(core, words) && !isInverted(core, lexicon, words))
    return put(marks, { kind: 'name', raw: core, shaped: true });
  return core.includes('/') ? core.replaceAll('/', ' / ') : core;
}

function readMoment(core: string, marks: Mark[]): string | undefined {
  const clock = /^([01]?\d|2[0-4]):([0-5]\d)(am|pm|h)?$/i.exec(core);
  if (clock)
    return (
      put(marks, { kind: 'clock', value: `${clock[1]}:${clock[2]}`, raw: core }) +
      (/m/i.test(clock[3] ?? '') ? ` ${clock[3]}` : '')
    );
  const date = /^(20\d\d-[01]\d-[0-3]\d)(?:T([0-2]\d:[0-5]\d))?$/.exec(core);
  if (!date) return undefined;
  return put(marks, date[2] ? { kind: 'time', value: core, raw: core } : { kind: 'day', value: date[1]!, raw: core });
}

function readNumber(core: string, marks: Mark[], lexicon: Lexicon): string | undefined {
  const number = (raw: string) => put(marks, { kind: 'number', value: toNumber(raw), raw, digits: true });
  const grouped = /^\d{1,3}(?:\.\d{3})+$/.test(core) && lexicon.groups === '.';
  if (grouped) return put(marks, { kind: 'number', value: Number(core.replaceAll('.', '')), raw: core, digits: true });
  const plain = /^([+-]?)(\d{1,30}(?:,\d{3})*|\d{1,6}e\+?\d{1,3}|\d{1,6}k)$/i.exec(core);
  if (plain) return plain[1]! + number(plain[2]!);
  const times = /^(?:x(\d{1,6}(?:\.\d{1,3})?)|(\d{1,6}(?:\.\d{1,3})?)x)$/i.exec(core);
  if (times) return times[1] === undefined ? `${number(times[2]!)}x` : `x${number(times[1])}`;
  const percent = /^([+-]?)(\d{1,6})%$/.exec(core);
  if (percent) return `${percent[1]}${number(percent[2]!)}%`;
  const range = /^(\d{1,9})(-|~|\.\.|\/|->)(\d{1,9})$/.exec(core);
  if (range) return `${number(range[1]!)} ${range[2] === '/' ? '/' : '~'} ${number(range[3]!)}`;
  const named = /^(min|max|minimum|maximum|desired|count|size)([=:]?)([+-]?)(\d{1,9})$/i.exec(core);
  if (named) return `${named[1]} ${named[3]}${number(named[4]!)}`;
  const unit = /^(\d{1,9})([a-z]{1,7})(?:(\d{1,3})([a-z]{1,7})?)?$/i.exec(core);
  if (!unit || !lexicon.units.has(unit[2]!.toLowerCase())) return undefined;
  if (unit[4] !== undefined && !lexicon.units.has(unit[4].toLowerCase())) return undefined;
  return `${number(unit[1]!)}${unit[2]}${unit[3] === undefined ? '' : `${number(unit[3])}${unit[4] ?? ''}`}`;
}

function toNumber(raw: string): number {
  const digits = raw.replaceAll(',', '');
  return /k$/i.test(digits) ? Number(digits.slice(0, -1)) * 1000 : Number(digits);
}

function isLink(core: string): boolean {
  return core.includes('://') || /^[^@/:]+@[^@/:]+\.[a-z]{2,}$/i.test(core) || /^www\./i.test(core);
}

/** Labels, tags, digests, image references and revisions that can be nothing else. */
function isVersion(core: string): boolean {
  if (!/^[\x21-\x7E]{1,300}$/.test(core) || /[#%~$*=&]/.test(core)) return false;
  if (/^(?:[\w./:-]+@)?sha256:[0-9a-f]{6,64}$/i.test(core)) return true;
  if (/^v?\d+(?:\.\d+){1,4}(?:[-_.+][\w.+-]*)?$/i.test(core) || /^v\d+$/i.test(core)) return true;
  if (/^[0-9a-f]{7,40}$/i.test(core) && /\d/.test(core) && /[a-f]/i.test(core)) return true;
  if (/^(?:release|rel|build|hotfix|rc|tag|ver|version|rev|revision|snapshot|sha|git)[-_./]?v?\d[\w.+-]*$/i.test(core))
    return true;
  if (/^(?:main|master|develop|sha|git)-[0-9a-f]{6,40}(?:-\w+)?$/i.test(core) && /\d/.test(core)) return true;
  if (/^20\d{2}[-.]?\d{2}[-.]?\d{2}[-_.T]?[\w.-]*$/.test(core)) return true;
  if (/^[\w./-]+(?::\d{2,5}\/[\w./-]+)?:[\w][\w.+-]{0,127}$/.test(core) && /\d|:latest$|\//.test(core))
    return !/^\d+:/.test(core);
  return false;
}

/** Shaped like the name of something: letters with digits or joined by signs, and not merely words of the language. */
function isShaped(core: string, words: Vocabulary): boolean {
  if (!/^[a-z0-9][\w./:-]{1,252}$/i.test(core) || !/[a-z]/i.test(core)) return false;
  if (!/[\d_./:-]/.test(core)) return false;
  const parts = core.split(/[_./:-]/).filter((part) => part !== '');
  if (core.includes('/') && !/[\d_.:-]/.test(core) && parts.every((part) => words.has(part))) return false;
  return !words.has(core);
}

/** A verb with a pronoun behind it: "peux-tu". */
function isInverted(core: string, lexicon: Lexicon, words: Vocabulary): boolean {
  const [verb, ...pronouns] = core.split('-');
  return pronouns.length > 0 && words.has(verb!) && pronouns.every((it) => lexicon.sentences.particles.includes(it));
}
