// Sentence templates as in hassil: `[optional]`, `(a|b)`, `{slot}`, `<rule>`. Expandable to plain sentences and to patterns.

export type Template =
  | { kind: 'text'; text: string }
  | { kind: 'slot'; name: string }
  | { kind: 'all'; parts: Template[] }
  | { kind: 'one'; options: Template[] };

type Cursor = { text: string; at: number; rules: Readonly<Record<string, string>>; open: readonly string[] };

/** The parsed template. Throws a SyntaxError that says what is wrong; `rules` are what `<name>` stands for. */
export function parseTemplate(text: string, rules: Readonly<Record<string, string>> = {}): Template {
  return parseNested(text, rules, []);
}

function parseNested(text: string, rules: Cursor['rules'], open: readonly string[]): Template {
  const cursor: Cursor = { text, at: 0, rules, open };
  const template = parseOptions(cursor);
  if (cursor.at < text.length) throw new SyntaxError(`unexpected "${text[cursor.at]}" in "${text}"`);
  return template;
}

function parseOptions(cursor: Cursor): Template {
  const options = [parseParts(cursor)];
  while (cursor.text[cursor.at] === '|') {
    cursor.at += 1;
    options.push(parseParts(cursor));
  }
  return options.length === 1 ? options[0]! : { kind: 'one', options };
}

function parseParts(cursor: Cursor): Template {
  const parts: Template[] = [];
  while (cursor.at < cursor.text.length && !'|)]'.includes(cursor.text[cursor.at]!)) parts.push(parsePart(cursor));
  return parts.length === 1 ? parts[0]! : { kind: 'all', parts };
}

function parsePart(cursor: Cursor): Template {
  const first = cursor.text[cursor.at]!;
  if (first === '(') return enclosed(cursor, ')');
  if (first === '[') return { kind: 'one', options: [enclosed(cursor, ']'), { kind: 'all', parts: [] }] };
  if (first === '{') return { kind: 'slot', name: upTo(cursor, '}') };
  if (first === '<') return rule(cursor);
  if ('}>'.includes(first)) throw new SyntaxError(`unexpected "${first}" in "${cursor.text}"`);
  const [text] = /^[^()[\]{}<>|]+/.exec(cursor.text.slice(cursor.at))!;
  cursor.at += text.length;
  return { kind: 'text', text };
}

function enclosed(cursor: Cursor, end: string): Template {
  cursor.at += 1;
  const inner = parseOptions(cursor);
  if (cursor.text[cursor.at] !== end) throw new SyntaxError(`missing "${end}" in "${cursor.text}"`);
  cursor.at += 1;
  return inner;
}

function upTo(cursor: Cursor, end: string): string {
  const close = cursor.text.indexOf(end, cursor.at);
  if (close < 0) throw new SyntaxError(`missing "${end}" in "${cursor.text}"`);
  const name = cursor.text.slice(cursor.at + 1, close);
  cursor.at = close + 1;
  return name;
}

function rule(cursor: Cursor): Template {
  const name = upTo(cursor, '>');
  const text = cursor.rules[name];
  if (text === undefined) throw new SyntaxError(`no rule <${name}>, used in "${cursor.text}"`);
  if (cursor.open.includes(name)) throw new SyntaxError(`rule <${name}> contains itself`);
  return parseNested(text, cursor.rules, [...cursor.open, name]);
}

/** Names of the slots a template can fill. */
export function slotsOf(template: Template): string[] {
  if (template.kind === 'text') return [];
  if (template.kind === 'slot') return [template.name];
  return (template.kind === 'all' ? template.parts : template.options).flatMap(slotsOf);
}

/** Plain sentences of a template, in a fixed order, at most `limit`. `fill` says what stands for a slot. */
export function expand(template: Template, fill: (slot: string) => string, limit = 400): string[] {
  return [...new Set(expansions(template, fill, limit).map(singleSpaced))];
}

function singleSpaced(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function expansions(template: Template, fill: (slot: string) => string, limit: number): string[] {
  if (template.kind === 'text') return [template.text];
  if (template.kind === 'slot') return [fill(template.name)];
  if (template.kind === 'one') return template.options.flatMap((it) => expansions(it, fill, limit)).slice(0, limit);
  let all = [''];
  for (const part of template.parts) {
    const tails = expansions(part, fill, limit);
    all = all.flatMap((head) => tails.map((tail) => head + tail)).slice(0, limit);
  }
  return all;
}

/** Up to `most` sentences of a template, drawn with `random` so that every option has its turn. */
export function draw(template: Template, fill: (slot: string) => string, most: number, random: () => number): string[] {
  const found = new Set<string>();
  for (let turn = 0; turn < most * 2 && found.size < most; turn += 1) {
    found.add(singleSpaced(drawn(template, fill, random)));
  }
  return [...found];
}

function drawn(template: Template, fill: (slot: string) => string, random: () => number): string {
  if (template.kind === 'text') return template.text;
  if (template.kind === 'slot') return fill(template.name);
  if (template.kind === 'all') return template.parts.map((it) => drawn(it, fill, random)).join('');
  return drawn(template.options[Math.floor(random() * template.options.length)]!, fill, random);
}

/**
 * The source of a regular expression that finds the template in text with single spaces. It has no unbounded
 * repetition of its own, so it is linear. An accent may be left out, but where `^` follows it: `escalé^` is not escale. `gap` is what a space may be: nothing at all in languages written together.
 */
export function toPattern(template: Template, slot: (name: string) => string, gap: ' ' | ' ?'): string {
  if (template.kind === 'slot') return slot(template.name);
  if (template.kind === 'one') return `(?:${template.options.map((it) => toPattern(it, slot, gap)).join('|')})`;
  if (template.kind === 'all') return template.parts.map((it) => toPattern(it, slot, gap)).join('');
  return template.text
    .replaceAll(/[.*+?^$\\]/g, String.raw`\$&`)
    .replaceAll(String.raw`\*`, '.{0,40}')
    .replaceAll(/([\u00C0-\u024F])(\\\^)?/g, (_, letter: string, exact?: string) =>
      exact ? letter : `(?:${[letter, ...withoutAccent(letter)].join('|')})`,
    )
    .replaceAll(/ +/g, gap);
}

/** How a letter is typed where its key is missing: `é` as e, `ü` as ue or u. */
function withoutAccent(letter: string): string[] {
  const bare = foldAccents(letter);
  if (bare === letter) return [];
  return /[äöü]/i.test(letter) ? [`${bare}e`, bare] : [bare];
}

/** Latin letters without accents, ligatures as two letters; other scripts stay as they are. */
export function foldAccents(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/(?<=[a-z])\p{M}+/giu, '')
    .normalize('NFC')
    .replaceAll('ß', 'ss')
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae');
}
