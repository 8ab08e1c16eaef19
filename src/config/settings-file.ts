// opsjack.yaml: what it may hold, and where in it something is wrong.
import { isMap, isScalar, LineCounter, parseDocument, type Document } from 'yaml';
import { z } from 'zod';
import { freezeMembers } from './freezes-file.ts';
import { ruleMembers } from './rules-file.ts';
import { region, strict, text, wrong } from './shape.ts';

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_identifiers.html#identifiers-arns */
const roleArn = /^arn:aws(?:-[a-z]+)*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

const regions = z
  .array(text('an AWS region, like ap-northeast-2', region), wrong('a list of AWS regions, like [ap-northeast-2]'))
  .check(({ value, issues }) => {
    for (const [index, name] of value.entries()) {
      if (value.indexOf(name) < index)
        issues.push({ code: 'custom', input: name, path: [index], message: 'is listed twice' });
    }
  });

const aliases = z
  .record(z.string(), text("a target's name or key, like api-prod"), wrong('aliases, like `pay: payments-api-prod`'))
  .check(({ value, issues }) => {
    for (const [alias, target] of Object.entries(value)) {
      if (!Object.hasOwn(value, target) || alias === target) continue;
      const message = `points to another alias; write the target's own name, not \`${target}\``;
      issues.push({ code: 'custom', input: target, path: [alias], message });
    }
  });

const channel = strict({
  shared: z
    .boolean(wrong('true or false'))
    .optional()
    .describe('this channel is shared with another organisation and the bot may speak in it'),
  language: text('a language, like ko-KR', /^[a-z]{2,3}-[A-Z]{2}$/).optional(),
});

const file = strict({
  regions: regions.nullish().describe('AWS regions to look at: `[ap-northeast-2, us-east-1]`'),
  ...ruleMembers,
  ...freezeMembers,
  aliases: aliases.nullish().describe('Other names of targets: `pay: payments-api-prod`'),
  stages: z
    .record(
      z.string(),
      z.array(text('a name or pattern, like "*-prod"'), wrong('a list of names or patterns, like ["*-prod"]')),
      wrong('stages with their name patterns, like `prod: ["*-prod"]`'),
    )
    .nullish()
    .describe('Which names belong to a stage: `prod: ["*-prod"]`'),
  channels: z
    .record(
      z.string().regex(/^[CGD][A-Z0-9]{5,}$/, 'must be a Slack channel id, like C012ABCDE3F'),
      channel,
      wrong('channel ids with their settings, like `C012ABCDE3F: { language: ko-KR }`'),
    )
    .nullish()
    .describe(
      '`C012ABCDE3F: { language: ko-KR, shared: true }`: language of a channel; leave to speak in a shared one',
    ),
  lex: strict({
    region: text('an AWS region, like ap-northeast-2', region).optional(),
    assistedNlu: z.enum(['off', 'fallback', 'primary'], wrong('off, fallback or primary')).optional(),
  })
    .nullish()
    .describe(
      '`{ region: us-east-1, assistedNlu: fallback }`: where the Lex bot is, and whether AWS runs a language model in it',
    ),
  roles: strict({
    write: text('the ARN of an IAM role, like arn:aws:iam::123456789012:role/opsjack-write', roleArn),
    externalId: text('the external id the role asks for', /^[\w+=,.@:/-]{2,1224}$/).optional(),
  })
    .nullish()
    .describe(
      '`{ write: arn:aws:iam::123456789012:role/opsjack-write, externalId: ... }`: the role changes are made with, each in a session of its own that names who asked for it',
    ),
  images: z
    .record(
      z.string(),
      z.array(
        text(
          'an image repository without tag, like 123456789012.dkr.ecr.ap-northeast-2.amazonaws.com/api',
          /^[^\s@]+(?<!:[^/]*)$/,
        ),
        wrong('a list of image repositories'),
      ),
      wrong('targets with the repositories their images may come from, like `api-prod: [...]`'),
    )
    .nullish()
    .describe('Image repositories a target may be deployed from, beside the one it runs: `api-prod: [...]`'),
});
export type SettingsFile = z.output<typeof file>;

/** Name and meaning of each member, in the order to show them. */
export const members = Object.entries(file.shape).map(([name, schema]) => ({
  name,
  meaning: schema.description ?? '',
}));

/** The settings in `source`, or nothing; problems read `opsjack.yaml:3:11 regions.0: ...`, `name` being the file's. */
export function readSettings(name: string, source: string): { values?: SettingsFile; problems: string[] } {
  const lines = new LineCounter();
  // prettyErrors would quote lines of the file, and a line may hold a secret.
  const document = parseDocument(source, { lineCounter: lines, prettyErrors: false });
  const at = (position: number): string => {
    const { line, col } = lines.linePos(position);
    return `${name}:${line}:${col}`;
  };
  const faults = [...document.errors, ...document.warnings];
  if (faults.length > 0) return { problems: faults.map(({ pos, message }) => `${at(pos[0])} ${message}`) };

  const { data, error } = file.safeParse(toJs(document) ?? {});
  const problems = (error?.issues ?? []).flatMap(flatten).map(({ path, message, key }) => {
    return `${at(offset(document, path, key))} ${path.join('.') || name}: ${message}`;
  });
  return { values: data, problems };
}

type Fault = { path: PropertyKey[]; message: string; key?: boolean };

/** `key`: what is wrong is the key itself, not what stands behind it. */
function flatten(issue: z.core.$ZodIssue): Fault[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...path, key], message, key: true }));
  if (issue.code === 'invalid_key') return [{ path, message: issue.issues[0]?.message ?? message, key: true }];
  return [{ path, message }];
}

/** Where in the text a path is; of something absent, where its nearest parent is. */
function offset(document: Document.Parsed, path: PropertyKey[], key = false): number {
  const parent = document.getIn(path.slice(0, -1), true);
  if (key && isMap(parent)) {
    const pair = parent.items.find((item) => isScalar(item.key) && String(item.key.value) === path.at(-1));
    if (isScalar(pair?.key)) return pair.key.range?.[0] ?? 0;
  }
  const node = path.length === 0 ? document.contents : document.getIn(path, true);
  if (typeof node === 'object' && node !== null && 'range' in node && Array.isArray(node.range))
    return Number(node.range[0]);
  return path.length === 0 ? 0 : offset(document, path.slice(0, -1));
}

/** Nothing for an empty file, and the reason as text, which no schema accepts, where `*names` lead nowhere. */
function toJs(document: Document.Parsed): unknown {
  try {
    return document.toJS();
  } catch (error) {
    return String(error);
  }
}
