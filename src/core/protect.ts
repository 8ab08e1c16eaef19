// What no translation may change: names, numbers, commands to type, and what AWS calls its own things.
import type { Segment } from './ports.ts';

/** Names of products, as their owners write them; a translator would turn some into plants. */
const products =
  /\b(?:Amazon Translate|Application Auto Scaling|Elastic Beanstalk|CloudWatch|CodeDeploy|OpsJack|AWS|ECS|ECR|IAM|Slack)\b/u;
/** A word with a digit in it, with its sign and unit: `+1`, `4–12`, `99.9%`, `p99`, `123/s`. */
const numbered = /[+\u2212]?(?:[\p{L}_]{1,20}(?=\p{Nd}))?\p{Nd}(?:(?:[^\s“”"'()*,;!?]|,(?=\p{Nd}))*[\p{L}\p{N}%])?%?/u;
/** Words to be typed as they stand. */
const typed = /“[a-z0-9+ .-]+”/u;
/** Names and ids as AWS writes them: joined by signs, or with capitals inside. */
const identifier = /[\p{L}\p{N}]+(?:[_/:@.-]+[\p{L}\p{N}]+)+|\p{L}*\p{Ll}\p{Lu}\p{L}*/u;
/** What AWS puts in brackets and quotation marks is a name; longer ones are sentences. */
const enclosed =
  /\((?:[^\s()]+ ){0,2}[^\s()]+\)|\[[^[\]]{1,100}\]|(?<![\p{L}\p{N}])(?:'[^']{1,100}'|"[^"]{1,100}")(?![\p{L}\p{N}])/u;

const ofWords = any(typed, products, numbered);
const ofAws = any(enclosed, products, identifier, numbered);

/** Our own words, with numbers, product names and commands kept. */
export function protectWords(text: string): Segment[] {
  return apart(text, ofWords);
}

/** A sentence of AWS's, with names, ids, numbers and what stands in brackets or quotation marks kept. */
export function protect(text: string): Segment[] {
  return apart(text, ofAws);
}

function any(...patterns: readonly RegExp[]): RegExp {
  return new RegExp(patterns.map((it) => `(?:${it.source})`).join('|'), 'gu');
}

function apart(text: string, fixed: RegExp): Segment[] {
  const segments: Segment[] = [];
  let from = 0;
  for (const match of text.matchAll(fixed)) {
    if (match.index > from) segments.push(text.slice(from, match.index));
    segments.push({ keep: match[0], id: segments.length });
    from = match.index + match[0].length;
  }
  if (from < text.length) segments.push(text.slice(from));
  return segments;
}
